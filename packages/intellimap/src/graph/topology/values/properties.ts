/** What a property of something may be: of an object as it is written, of an instance by its class, of a module. */
import { addTo } from '../../../base/groups.ts';
import { bareNode, childAt, childrenOf, Field, isFunction, Kind, NONE, textOf } from '../../tree/tree.ts';
import { type Member, membersOf, ownField } from '../../patterns/facts/members.ts';
import { propertyName } from '../../patterns/facts/names.ts';
import { returnedBy } from '../../patterns/facts/places.ts';
import { holderAround, type Ref } from '../../patterns/project.ts';
import type { Source } from '../../patterns/source.ts';
import { isClass } from './callers.ts';
import { isCounted } from './counted.ts';
import type { Frame, Made } from './made.ts';
import type { Values } from './values.ts';

export function valuesOfProperty(values: Values, of: Made, name: string): Made[] {
  const { file, node, frame } = of;
  const { tree } = file;
  if (node === 0) return values.exported(file, name);
  switch (tree.kind[node]) {
    case Kind.ObjectExpression:
      return values.once(`.${name}`, of, () => ofObject(values, of, name));
    case Kind.ClassDeclaration:
    case Kind.ClassExpression:
      return ofClass(values, of, name, null);
    case Kind.NewExpression:
    case Kind.ThisExpression: {
      const holder = classOf(values, of);
      if (holder === null) return [];
      if (!isClass(holder)) return valuesOfProperty(values, { ...holder, frame }, name);
      return ofClass(values, holder, name, tree.kind[node] === Kind.NewExpression ? of : null);
    }
    default:
      return [];
  }
}

/** The class of the workspace that an instance, or `this`, is of; of `this` in an object's method the object. */
export function classOf(values: Values, { file, node, frame }: Made): Ref | null {
  const { tree } = file;
  if (tree.kind[node] === Kind.ThisExpression) return holderAround(file, node);
  if (tree.kind[node] !== Kind.NewExpression) return null;
  return values.from(file, childAt(tree, node, Field.callee), frame).find(isClass) ?? null;
}

function ofObject(values: Values, { file, node, frame }: Made, name: string): Made[] {
  const { tree } = file;
  return childrenOf(tree, node).flatMap((each) => {
    if (tree.kind[each] === Kind.SpreadElement)
      return values
        .from(file, childAt(tree, each, Field.argument), frame)
        .flatMap((spread) => valuesOfProperty(values, spread, name));
    if (propertyName(tree, each) !== name) return [];
    const value = childAt(tree, each, Field.value);
    return textOf(tree, each) === 'get' ? values.all(file, returnedBy(tree, value), frame) : values.from(file, value, frame); // prettier-ignore
  });
}

/** @param made the `new` that made the instance, whose arguments its constructor has; null: any */
function ofClass(values: Values, holder: Ref, name: string, made: Made | null, steps = 4): Made[] {
  const { file } = holder;
  const { tree } = file;
  if (isCounted(tree, placesOfField(file, holder.node, name))) return [];
  const own = membersNamed(file, holder.node, name);
  const found = own.flatMap(({ node, fn, kind }) => {
    if (kind === 'get') return values.all(file, returnedBy(tree, fn), null);
    if (fn !== NONE && isFunction(tree, fn)) return [{ file, node: fn, frame: null }];
    return values.from(file, childAt(tree, node, Field.value), null);
  });
  const maker = values.callers.constructorOf(holder);
  const frame = made === null || maker === null ? null : values.inside(maker, made.file, made.node, made.frame); // prettier-ignore
  for (const { value, fn } of assigned(file, holder.node, name))
    found.push(...values.from(file, value, frame !== null && frame.of === file && frame.fn === fn ? frame : null)); // prettier-ignore
  if (maker !== null) found.push(...ofParameterField(values, maker, name, frame));
  const base = values.callers.baseOf(holder);
  // A base is made by `super(…)`, with what that hands over: any caller's arguments, as only the innermost frame is known.
  if (found.length === 0 && base !== null && steps > 0) return ofClass(values, base, name, null, steps - 1);
  return found;
}

/** In front of a parameter that is a field, too. The parser's JavaScript leaves the word out. */
const FIELD_WORD = /\b(?:private|protected|public|readonly|override)\s+$/;

/** `constructor(private a)` */
function ofParameterField(values: Values, { file, node }: Ref, name: string, frame: Frame | null): Made[] {
  const { tree, text } = file;
  return childrenOf(tree, node, Field.params).flatMap((param) => {
    const isProperty = tree.kind[param] === Kind.TSParameterProperty;
    const inner = isProperty ? childAt(tree, param, Field.parameter) : param;
    const id = tree.kind[inner] === Kind.AssignmentPattern ? childAt(tree, inner, Field.left) : inner;
    if (tree.kind[id] !== Kind.Identifier || textOf(tree, id) !== name) return [];
    const isField =
      isProperty || FIELD_WORD.test(text.slice(Math.max(0, tree.start[id] - 40), tree.start[id]));
    return isField ? values.from(file, id, frame) : [];
  });
}

/** Remembers what a class has of each name, in the order of the text. */
function byName<T>(
  found: (file: Source, holder: number) => Iterable<readonly [name: string, T]>,
): (file: Source, holder: number, name: string) => readonly T[] {
  const known = new WeakMap<Source, Map<number, Map<string, T[]>>>();
  return (file, holder, name) => {
    let classes = known.get(file);
    if (classes === undefined) known.set(file, (classes = new Map()));
    let names = classes.get(holder);
    if (names === undefined) {
      classes.set(holder, (names = new Map()));
      for (const [each, value] of found(file, holder)) addTo(names, each, value);
    }
    return names.get(name) ?? [];
  };
}

/** Members of a class by a name: a getter and a setter may have the same. */
const membersNamed = byName<Member>(({ tree }, holder) =>
  membersOf(tree, holder).map((each) => [each.name, each] as const),
);

/** Where a class names its own field: declared, and as `this.a`. */
const placesOfField = byName<number>(function* ({ tree }, holder) {
  for (let at = holder; at < tree.after[holder]; at++) {
    const isName = tree.field[at] === Field.key && tree.kind[tree.parent[at]] === Kind.PropertyDefinition;
    const field = isName ? propertyName(tree, tree.parent[at]) : ownField(tree, at);
    if (field !== null) yield [field, at];
  }
});

/** Values that a class puts into its own field. */
const assigned = byName<{ value: number; fn: number }>(function* ({ tree, owner }, holder) {
  for (let at = holder; at < tree.after[holder]; at++) {
    if (tree.kind[at] !== Kind.AssignmentExpression) continue;
    const field = ownField(tree, bareNode(tree, childAt(tree, at, Field.left)));
    if (field !== null) yield [field, { value: at, fn: owner[at] }];
  }
});
