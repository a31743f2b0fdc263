import { BindingKind } from '../../scopes/scopes.ts';
import { bareNode, childAt, Field, Flag, has, isFunction, Kind, NONE, textOf } from '../../tree/tree.ts';
import { bindingOf, isModuleState, placesOf } from '../facts/bindings.ts';
import { dotted } from '../facts/names.ts';
import { returnedBy } from '../facts/places.ts';
import { condition, node } from '../match.ts';
import { pattern } from '../pattern.ts';
import type { Source } from '../source.ts';

/** `x ??= new A()`, `x = new A()` where x was not there */
const makesOnce = condition('makes an object, where there is none yet', (file, at) => {
  const { tree } = file;
  const right = bareNode(tree, childAt(tree, at, Field.right));
  const made =
    tree.kind[right] === Kind.LogicalExpression ? bareNode(tree, childAt(tree, right, Field.right)) : right;
  if (made === NONE || !isMade(file, made)) return false;
  const operator = textOf(tree, at);
  const name = dotted(tree, childAt(tree, at, Field.left));
  if (operator === '??=' || operator === '||=') return true;
  if (tree.kind[right] === Kind.LogicalExpression)
    return dotted(tree, childAt(tree, right, Field.left)) === name;
  return operator === '=' && isAsked(file, at, name);
});

/** A new object, or what a function called `create…` gives. */
function isMade({ tree }: Source, node: number): boolean {
  const value =
    tree.kind[node] === Kind.AwaitExpression ? bareNode(tree, childAt(tree, node, Field.argument)) : node;
  if (tree.kind[value] === Kind.NewExpression) return true;
  return tree.kind[value] === Kind.CallExpression && /(?:^|\.)(?:create|make|build|open|connect)\w*$/.test(dotted(tree, childAt(tree, value, Field.callee))); // prettier-ignore
}

/** In the branch of `if (!x)`, `if (x === null)`; or behind `if (x) return x`. */
function isAsked({ tree }: Source, at: number, name: string): boolean {
  for (let node = at; node > 0 && !isFunction(tree, node); node = tree.parent[node]!) {
    const above = tree.parent[node];
    if (tree.kind[above] === Kind.IfStatement && tree.field[node] === Field.consequent && mentions(above))
      return true;
  }
  const statement = tree.parent[at];
  for (let before = tree.parent[statement] + 1; before < statement; before = tree.after[before]!)
    if (tree.kind[before] === Kind.IfStatement && mentions(before)) return true;
  return false;
  function mentions(statement: number): boolean {
    const test = childAt(tree, statement, Field.test);
    for (let each = test; each < tree.after[test]; each++) if (dotted(tree, each) === name) return true;
    return false;
  }
}

const keepsIt = condition(
  'and keeps it for the whole program: in a static field, or a variable of the module',
  (file, at) => {
    const { tree, scopes } = file;
    const left = bareNode(tree, childAt(tree, at, Field.left));
    if (tree.kind[left] === Kind.Identifier) {
      const binding = bindingOf(file, left);
      return (
        isModuleState(file, binding) &&
        scopes.bindings.kind[binding] !== BindingKind.CONST &&
        isNotReset(file, binding)
      );
    }
    return (
      tree.kind[left] === Kind.MemberExpression &&
      (tree.flags[left] & Flag.COMPUTED) === 0 &&
      isStatic(file, left)
    );
  },
);

/** What is written twice to something that is made is renewed, not kept. */
const isNotReset = (file: Source, binding: number): boolean =>
  placesOf(file, binding).filter((place) => (file.scopes.use[place] & 2) !== 0 && file.owner[place] !== 0)
    .length <= 2;

/** `A.instance` of a class A of the file; `this.instance` in a static method. */
function isStatic(file: Source, member: number): boolean {
  const { tree, scopes } = file;
  const object = bareNode(tree, childAt(tree, member, Field.object));
  if (tree.kind[object] === Kind.Identifier) {
    const binding = scopes.bindingOf[object];
    return (
      binding >= 0 && [BindingKind.CLASS, BindingKind.SELF].includes(scopes.bindings.kind[binding] as never)
    );
  }
  if (tree.kind[object] !== Kind.ThisExpression) return false;
  const method = tree.parent[file.owner[member]];
  return method !== NONE && tree.kind[method] === Kind.MethodDefinition && has(tree, method, Flag.STATIC);
}

const givesIt = condition('and gives it back', (file, at) => {
  const { tree, owner } = file;
  const fn = owner[at];
  if (fn === 0 || !isFunction(tree, fn)) return false;
  const name = dotted(tree, childAt(tree, at, Field.left));
  return returnedBy(tree, fn).some((value) => value === at || dotted(tree, value) === name);
});

export const singleton = pattern({
  name: 'singleton',
  kind: 'design',
  what: 'One object for the whole program, made when it is first asked for',
  why: 'All share it; so do tests, and what it holds lives as long as the process',
  todo: 'give tests a way to begin with a new one; mind that two copies of a package have one each',
  severity: 1,
  confidence: 'likely',
  match: node('AssignmentExpression')
    .where(makesOnce, keepsIt, givesIt)
    .with('where it is made', (_, at) => ({ made: at })),
  proof: { fact: 'ran' },
  told: ({ file: { tree }, node: at }) =>
    `makes ${dotted(tree, childAt(tree, at, Field.left))} once, and gives it to all`,
});
