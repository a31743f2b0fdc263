import { bareNode, childAt, Field, isFunction, Kind, NONE, textOf, type Tree } from '../../tree/tree.ts';
import { membersOf, ownField, ownFieldsIn } from '../facts/members.ts';
import { isPlainData } from '../facts/foreign.ts';
import { condition, node } from '../match.ts';
import { pattern } from '../pattern.ts';
import type { Source } from '../source.ts';

/**
 * The detection strategy "God Class" of M. Lanza and R. Marinescu, Object-Oriented Metrics in Practice (Springer 2006): weighted methods (WMC) at least 47, tight
 * class cohesion (TCC) below a third, and data of more than a few other objects used directly (ATFD above 5).
 */
const WMC = 47;
const TCC = 1 / 3;
const ATFD = 5;

const DECIDES: ReadonlySet<number> = new Set([
  Kind.IfStatement,
  Kind.ConditionalExpression,
  Kind.LogicalExpression,
  Kind.ForStatement,
  Kind.ForInStatement,
  Kind.ForOfStatement,
  Kind.WhileStatement,
  Kind.DoWhileStatement,
  Kind.CatchClause,
]);

/** Sum of the cyclomatic complexity of its methods. */
export function weightOf(tree: Tree, holder: number): number {
  let weight = 0;
  for (const { fn } of membersOf(tree, holder)) {
    if (fn === NONE) continue;
    weight++;
    for (let at = fn; at < tree.after[fn]; at++)
      if (DECIDES.has(tree.kind[at]) || (tree.kind[at] === Kind.SwitchCase && childAt(tree, at, Field.test) !== NONE)) weight++; // prettier-ignore
  }
  return weight;
}

/** Share of pairs of its methods that use a field in common; a method that only calls others has none with them. */
export function cohesionOf(tree: Tree, holder: number): number {
  const members = membersOf(tree, holder);
  const methods = new Set(members.filter(({ fn }) => fn !== NONE).map(({ name }) => name));
  const used = members
    .filter(({ fn, kind }) => fn !== NONE && kind !== 'constructor')
    .map(({ fn }) => new Set([...ownFieldsIn(tree, fn)].filter((name) => !methods.has(name))));
  let pairs = 0;
  let joined = 0;
  for (let a = 0; a < used.length; a++)
    for (let b = a + 1; b < used.length; b++) {
      pairs++;
      if ([...used[a]].some((name) => used[b].has(name))) joined++;
    }
  return pairs === 0 ? 1 : joined / pairs;
}

/** Properties of others, as `other.name`, that its methods read or write, and do not call. */
export function foreignOf(file: Source, holder: number): number {
  const { tree } = file;
  const names = new Set<string>();
  for (let at = holder; at < tree.after[holder]; at++) {
    if (tree.kind[at] !== Kind.MemberExpression || ownField(tree, at) !== null) continue;
    const above = tree.parent[at];
    if (tree.field[at] === Field.callee || isFunction(tree, above)) continue;
    const object = bareNode(tree, childAt(tree, at, Field.object));
    const owner = tree.kind[object] === Kind.Identifier ? textOf(tree, object) : ownField(tree, object);
    if (owner !== null && isPlainData(file, at, object))
      names.add(`${owner}.${textOf(tree, childAt(tree, at, Field.property))}`);
  }
  return names.size;
}

/** Fewer methods are long ones, and no object that does everything. */
const METHODS = 7;

const isObject = condition(`an object of its own with ${METHODS} methods or more`, ({ tree }, at) => {
  const methods = membersOf(tree, at).filter(({ fn }) => fn !== NONE);
  // Of objects whose methods share variables around them instead of `this`, cohesion is not to be seen.
  const isOwn = tree.kind[at] !== Kind.ObjectExpression || methods.filter(({ fn }) => ownFieldsIn(tree, fn).size > 0).length * 2 > methods.length; // prettier-ignore
  return methods.length >= METHODS && isOwn && tree.field[at] !== Field.arguments;
});
const isHeavy = condition(`whose methods decide ${WMC} times or more (WMC)`, ({ tree }, at) => weightOf(tree, at) >= WMC); // prettier-ignore
const isScattered = condition(
  'most pairs of which have no field in common (TCC < 1/3)',
  ({ tree }, at) => cohesionOf(tree, at) < TCC,
);
const isMeddling = condition(
  `and which use more than ${ATFD} pieces of data of others (ATFD)`,
  (file, at) => foreignOf(file, at) > ATFD,
);

export const godObject = pattern({
  name: 'god-object',
  kind: 'anti',
  what: 'A class does too much of what has nothing to do with each other',
  why: 'Every change comes here, nobody knows all of it, and tests need everything at once',
  todo: 'take out groups of methods that use the same fields, and put what works on the data of another class there',
  severity: 1,
  confidence: 'likely',
  match: node('ClassDeclaration', 'ClassExpression', 'ObjectExpression').where(isObject, isHeavy, isScattered, isMeddling).with('the class and its methods', ({ tree }, at) => ({
    class: at,
    ...Object.fromEntries(membersOf(tree, at).filter(({ fn }) => fn !== NONE).map(({ fn }, nth) => [`method ${nth + 1}`, fn])),
  })), // prettier-ignore
  proof: { fact: 'ran', of: ['method'] },
  told({ file, node: at }) {
    const { tree } = file;
    const id = childAt(tree, at, Field.id);
    const methods = membersOf(tree, at).filter(({ fn }) => fn !== NONE).length;
    return `${id === NONE ? 'an object' : `class ${textOf(tree, id)}`} has ${methods} methods (WMC ${weightOf(tree, at)}, TCC ${cohesionOf(tree, at).toFixed(2)}, ATFD ${foreignOf(file, at)})`;
  },
});
