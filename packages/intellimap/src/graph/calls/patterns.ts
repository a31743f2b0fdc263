/** Where a value goes that is declared, assigned, or taken apart. */
import { bareNode, childAt, childrenOf, Field, Flag, has, Kind, NONE, type Tree } from '../tree/tree.ts';
import type { Collector } from './collect.ts';
import { ANY, ELEMENT, NO_SLOT, type Slot } from './facts.ts';
import { keyName, propertyName } from './names.ts';

/**
 * @param own the value is a function that is written here
 */
export function assign(target: number, from: Slot, into: Collector, own = false): void {
  const { tree } = into;
  const node = bareNode(tree, target);
  switch (tree.kind[node]) {
    case Kind.Identifier:
      into.flow(from, into.variable(node));
      return;
    case Kind.MemberExpression:
      storeMember(node, from, into, own);
      return;
    case Kind.AssignmentPattern:
      assign(
        childAt(tree, node, Field.left),
        into.either([from, into.value(childAt(tree, node, Field.right))]),
        into,
      );
      return;
    case Kind.ObjectPattern:
      for (const part of childrenOf(tree, node)) property(part, from, into);
      return;
    case Kind.ArrayPattern:
      for (const part of childrenOf(tree, node))
        if (tree.kind[part] === Kind.RestElement) assign(childAt(tree, part, Field.argument), from, into);
        else if (tree.kind[part] !== Kind.Hole) assign(part, into.load(from, ELEMENT, part), into);
      return;
    case Kind.RestElement:
      assign(childAt(tree, node, Field.argument), from, into);
      return;
    case Kind.VariableDeclaration:
      for (const each of childrenOf(tree, node)) assign(childAt(tree, each, Field.id), from, into);
      return;
    default:
      if (node !== NONE) into.value(node);
  }
}

function storeMember(node: number, from: Slot, into: Collector, own: boolean): void {
  const object = objectOf(node, into);
  const name = memberIn(node, into);
  // A setter runs, whatever it is given.
  into.store(object, name, from, node, { own, evenNothing: true, key: keyOf(node, name, into) });
}

/** Name of the member that `a.b` or `a[b]` means: a variable that is counted up or down is a number. */
export function memberIn(node: number, into: Collector): string {
  const name = propertyName(into.tree, node);
  if (name !== ANY) return name;
  return into.isCounted(bareNode(into.tree, childAt(into.tree, node, Field.property))) ? ELEMENT : ANY;
}

/** Of `a[b]`: the parameter `b`. */
export const keyOf = (member: number, name: string, into: Collector): Slot =>
  name === ANY ? into.parameter(bareNode(into.tree, childAt(into.tree, member, Field.property))) : NO_SLOT;

function property(node: number, from: Slot, into: Collector): void {
  const { tree } = into;
  if (tree.kind[node] === Kind.RestElement) {
    assign(childAt(tree, node, Field.argument), from, into);
    return;
  }
  const key = childAt(tree, node, Field.key);
  if (tree.kind[key] !== Kind.Identifier) into.value(key);
  const value = childAt(tree, node, Field.value);
  assign(value, into.load(from, keyName(tree, node), node), into);
}

/** What `a` of `a.b` is; its parts, and those of a computed name, are looked at. */
export function objectOf(member: number, into: Collector): Slot {
  const { tree } = into;
  const name = childAt(tree, member, Field.property);
  if (tree.kind[name] !== Kind.Identifier && tree.kind[name] !== Kind.PrivateIdentifier) into.value(name);
  else if (has(tree, member, Flag.COMPUTED)) into.value(name);
  const object = childAt(tree, member, Field.object);
  if (tree.kind[bareNode(tree, object)] !== Kind.Super) return into.value(object);
  return superObject(into, member);
}

/** What has the members of `super`: the prototype of what is extended, in static code that itself. */
function superObject(into: Collector, node: number): Slot {
  const { cls } = into.place;
  if (cls === null) return NO_SLOT;
  return cls.isStatic ? cls.base : into.load(cls.base, 'prototype', node);
}

/** All names that a pattern declares. */
export function* namesIn(pattern: number, tree: Tree): Generator<number> {
  const node = bareNode(tree, pattern);
  if (tree.kind[node] === Kind.Identifier) yield node;
  else if (tree.kind[node] === Kind.AssignmentPattern) yield* namesIn(childAt(tree, node, Field.left), tree);
  else if (tree.kind[node] === Kind.Property) yield* namesIn(childAt(tree, node, Field.value), tree);
  else if (tree.kind[node] === Kind.RestElement) yield* namesIn(childAt(tree, node, Field.argument), tree);
  else if (tree.kind[node] === Kind.ObjectPattern || tree.kind[node] === Kind.ArrayPattern)
    for (const part of childrenOf(tree, node)) yield* namesIn(part, tree);
}
