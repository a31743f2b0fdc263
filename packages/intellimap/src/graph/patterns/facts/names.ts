/** What things are called. */
import {
  bareNode,
  childAt,
  childrenOf,
  Field,
  Flag,
  has,
  Kind,
  NONE,
  textOf,
  type Tree,
} from '../../tree/tree.ts';
import { BindingKind, GLOBAL } from '../../scopes/scopes.ts';
import type { Source } from '../source.ts';

/** Of a member, property or method; null: it is computed. */
export function propertyName(tree: Tree, node: number): string | null {
  const key = childAt(tree, node, tree.kind[node] === Kind.MemberExpression ? Field.property : Field.key);
  if (key === NONE) return null;
  const kind = tree.kind[key];
  if (kind === Kind.PrivateIdentifier) return `#${textOf(tree, key)}`;
  if (kind === Kind.Literal) return textOf(tree, key);
  return has(tree, node, Flag.COMPUTED) ? null : textOf(tree, key);
}

/** `a.b().c` → `a.b().c`; what has no name is `…`. */
export function dotted(tree: Tree, expression: number): string {
  const node = bareNode(tree, expression);
  if (node === NONE) return '';
  switch (tree.kind[node]) {
    case Kind.Identifier:
      return textOf(tree, node);
    case Kind.ThisExpression:
      return 'this';
    case Kind.Super:
      return 'super';
    case Kind.MemberExpression:
      return `${dotted(tree, childAt(tree, node, Field.object))}.${propertyName(tree, node) ?? '…'}`;
    case Kind.CallExpression:
      return `${dotted(tree, childAt(tree, node, Field.callee))}()`;
    case Kind.NewExpression:
      return `new ${dotted(tree, childAt(tree, node, Field.callee))}`;
    case Kind.AwaitExpression:
      return dotted(tree, childAt(tree, node, Field.argument));
    default:
      return '…';
  }
}

export const calleeText = (tree: Tree, call: number): string =>
  dotted(tree, childAt(tree, call, Field.callee));

/** Last name of who is called: of `this.db.find()` `find`. */
export const calleeName = (tree: Tree, call: number): string => lastName(calleeText(tree, call));

export const lastName = (text: string): string => text.slice(text.lastIndexOf('.') + 1);

/** Of `this.db.find()` `this.db`; empty: it is a plain name. */
export function receiverText(tree: Tree, call: number): string {
  const text = calleeText(tree, call);
  return text.slice(0, Math.max(0, text.lastIndexOf('.')));
}

export const argumentsOf = (tree: Tree, call: number): number[] => childrenOf(tree, call, Field.arguments);

export const isCall = (tree: Tree, node: number): boolean =>
  node !== NONE && (tree.kind[node] === Kind.CallExpression || tree.kind[node] === Kind.NewExpression);

/** Specifier of `require('a')`, `import('a')` and `await import('a')`. */
export function requiredBy(tree: Tree, expression: number): string | null {
  const node = bareNode(tree, expression);
  if (node === NONE) return null;
  if (tree.kind[node] === Kind.AwaitExpression) return requiredBy(tree, childAt(tree, node, Field.argument));
  const isRequire = tree.kind[node] === Kind.CallExpression && calleeText(tree, node) === 'require';
  const source =
    tree.kind[node] === Kind.ImportExpression
      ? childAt(tree, node, Field.source)
      : isRequire
        ? childAt(tree, node, Field.arguments)
        : NONE;
  return source !== NONE && has(tree, source, Flag.STRING) && tree.kind[source] === Kind.Literal
    ? textOf(tree, source)
    : null;
}

/** The identifier that an access begins with: of `a.b().c` `a`. */
export function baseOf(tree: Tree, expression: number): number {
  let node = bareNode(tree, expression);
  for (;;) {
    const kind = node === NONE ? -1 : tree.kind[node];
    if (kind === Kind.MemberExpression) node = bareNode(tree, childAt(tree, node, Field.object));
    else if (kind === Kind.CallExpression) node = bareNode(tree, childAt(tree, node, Field.callee));
    else return node;
  }
}

/** Where a name comes from: the specifier of its import or `require`, and what it is called there (`*`: all of it); null: it is no import. */
export function importOf(file: Source, identifier: number): { specifier: string; name: string } | null {
  const { tree, scopes } = file;
  if (identifier === NONE || tree.kind[identifier] !== Kind.Identifier) return null;
  const binding = scopes.bindingOf[identifier];
  if (binding < 0) return null;
  const declared = scopes.bindings.node[binding];
  let above = tree.parent[declared];
  if (scopes.bindings.kind[binding] === BindingKind.IMPORT) {
    const source = childAt(tree, tree.parent[above], Field.source);
    if (source === NONE) return null;
    const imported = childAt(tree, above, Field.imported);
    return { specifier: textOf(tree, source), name: imported === NONE ? '*' : textOf(tree, imported) };
  }
  let name = '*';
  if (tree.kind[above] === Kind.Property) {
    name = propertyName(tree, above) ?? '*';
    above = tree.parent[tree.parent[above]]!;
  }
  if (tree.kind[above] !== Kind.VariableDeclarator) return null;
  const init = bareNode(tree, childAt(tree, above, Field.init));
  const specifier = requiredBy(tree, init);
  if (specifier !== null) return { specifier, name };
  // `const fsp = require('fs').promises`
  const of =
    init !== NONE && tree.kind[init] === Kind.MemberExpression
      ? requiredBy(tree, childAt(tree, init, Field.object))
      : null;
  return of === null ? null : { specifier: `${of}/${propertyName(tree, init) ?? ''}`, name };
}

/** Nobody in the file declares it. */
export const isGlobal = ({ tree, scopes }: Source, node: number): boolean =>
  node !== NONE && tree.kind[node] === Kind.Identifier && scopes.bindingOf[node] === GLOBAL;

/** Name of a function: its own, of what it is assigned to, or of its key; empty: it has none. */
export function functionName(tree: Tree, fn: number): string {
  const id = childAt(tree, fn, Field.id);
  if (id !== NONE) return textOf(tree, id);
  const above = tree.parent[fn];
  switch (above === NONE ? -1 : tree.kind[above]) {
    case Kind.VariableDeclarator:
      return textOf(tree, childAt(tree, above, Field.id));
    case Kind.MethodDefinition:
    case Kind.Property:
    case Kind.PropertyDefinition:
      return propertyName(tree, above) ?? '';
    case Kind.AssignmentExpression:
      return lastName(dotted(tree, childAt(tree, above, Field.left)));
    default:
      return '';
  }
}
