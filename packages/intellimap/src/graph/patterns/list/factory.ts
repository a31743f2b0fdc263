import { bareNode, childAt, childrenOf, Field, isFunction, Kind, NONE, type Tree } from '../../tree/tree.ts';
import { dotted } from '../facts/names.ts';
import { nodesIn, returnedBy } from '../facts/places.ts';
import { bindingOf, initOf } from '../facts/bindings.ts';
import { Use } from '../../scopes/scopes.ts';
import { condition, node } from '../match.ts';
import { pattern } from '../pattern.ts';
import type { Source } from '../source.ts';

/** Classes of the language are values, not kinds of a thing. */
const PLAIN = /^(?:Map|Set|WeakMap|WeakSet|Date|URL|Array|Object|Promise|RegExp|Proxy|\w*Error|Error|Response|Request|Headers|\w+Array|Buffer|Function|String|Number)$/; // prettier-ignore

/** Names of the classes of which it gives back new ones. */
function madeBy({ tree }: Source, fn: number): Set<string> {
  return new Set(
    returnedBy(tree, fn)
      .flatMap((value) => sides(tree, value))
      .filter((value) => tree.kind[value] === Kind.NewExpression)
      .map((value) => dotted(tree, childAt(tree, value, Field.callee)))
      .filter((name) => /^[\w$.]+$/.test(name) && !PLAIN.test(name)),
  );
}

/** Of `a ? b : c`, b and c. */
function sides(tree: Tree, value: number): number[] {
  if (value === NONE) return [];
  if (tree.kind[value] !== Kind.ConditionalExpression) return [value];
  return [Field.consequent, Field.alternate].flatMap((field) =>
    sides(tree, bareNode(tree, childAt(tree, value, field))),
  );
}

/** `new (KINDS[name])()`, `new Kind()` of a table of classes: the table. */
function tableOf(file: Source, fn: number): number {
  const { tree } = file;
  for (const value of returnedBy(tree, fn)) {
    if (tree.kind[value] !== Kind.NewExpression && tree.kind[value] !== Kind.CallExpression) continue;
    let callee = bareNode(tree, childAt(tree, value, Field.callee));
    const binding = bindingOf(file, callee);
    if (binding >= 0) callee = initOf(file, binding);
    if (callee === NONE) continue;
    const isGet = tree.kind[callee] === Kind.CallExpression;
    const access = isGet ? bareNode(tree, childAt(tree, callee, Field.callee)) : callee;
    if (tree.kind[access] !== Kind.MemberExpression) continue;
    if (!isGet && (tree.flags[access] & 1) === 0) continue;
    const table = bindingOf(file, childAt(tree, access, Field.object));
    const init = table >= 0 ? initOf(file, table) : NONE;
    if (init !== NONE && isTable(file, init, tree.kind[value] === Kind.NewExpression)) return init;
  }
  return NONE;
}

/** An object or Map of two classes or more, or of functions that make something new. */
function isTable({ tree }: Source, table: number, ofClasses: boolean): boolean {
  if (tree.kind[table] === Kind.NewExpression)
    return ofClasses && nodesIn(tree, table, Kind.ArrayExpression).length > 2;
  if (tree.kind[table] !== Kind.ObjectExpression) return false;
  const values = childrenOf(tree, table).map((each) => bareNode(tree, childAt(tree, each, Field.value)));
  const makers = values.filter((value) => {
    if (value === NONE) return false;
    if (ofClasses)
      return tree.kind[value] === Kind.Identifier && /^[A-Z]/.test(tree.strings[tree.text[value]]);
    return (
      isFunction(tree, value) &&
      returnedBy(tree, value).some((made) => tree.kind[made] === Kind.NewExpression)
    );
  });
  return makers.length >= 2;
}

const choosesClass = condition('gives back a new one of two classes or more', (file, fn) => madeBy(file, fn).size >= 2 || tableOf(file, fn) !== NONE); // prettier-ignore

const byArgument = condition('by what it is given', ({ tree, scopes }, fn) => {
  const params = new Set<number>();
  for (const param of childrenOf(tree, fn, Field.params))
    for (let at = param; at < tree.after[param]; at++) if ((scopes.use[at] & Use.DECLARE) !== 0) params.add(scopes.bindingOf[at]); // prettier-ignore
  const body = childAt(tree, fn, Field.body);
  const tests = [Kind.IfStatement, Kind.SwitchStatement, Kind.ConditionalExpression, Kind.MemberExpression, Kind.CallExpression]
    .flatMap((kind) => (body === NONE ? [] : nodesIn(tree, body, kind)))
    .map((at) => childAt(tree, at, tree.kind[at] === Kind.IfStatement || tree.kind[at] === Kind.ConditionalExpression ? Field.test : tree.kind[at] === Kind.SwitchStatement ? Field.discriminant : tree.kind[at] === Kind.MemberExpression ? Field.property : Field.arguments)); // prettier-ignore
  return tests.some((test) => {
    if (test === NONE) return false;
    for (let at = test; at < tree.after[test]; at++) if (params.has(scopes.bindingOf[at])) return true;
    return false;
  });
});

export const factory = pattern({
  name: 'factory',
  kind: 'design',
  what: 'One function decides by what it is given of which class it makes a new object',
  why: 'Who needs one need not know the classes; a new one is a line here',
  todo: 'let all of them have the same shape, and say what happens with a kind that is not known',
  severity: 1,
  confidence: 'likely',
  match: node('FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression')
    .where(choosesClass, byArgument)
    .with('the function', (_, at) => ({ factory: at })),
  proof: { fact: 'ran', of: ['factory'] },
  told: ({ file, node: at }) =>
    `makes ${[...madeBy(file, at)].join(', ') || 'one of a table of classes'}, by what it is given`,
});
