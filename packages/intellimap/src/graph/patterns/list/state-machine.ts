import { bareNode, childAt, childrenOf, Field, Kind, NONE, textOf, type Tree } from '../../tree/tree.ts';
import { dotted, propertyName } from '../facts/names.ts';
import { nodesIn } from '../facts/places.ts';
import { condition, node } from '../match.ts';
import { pattern } from '../pattern.ts';
import type { Source } from '../source.ts';

/** States that a switch must tell apart, and those that must lead to another one. */
const STATES = 3;
const MOVES = 2;

const isMachine = condition('asks in which state it is, or says which state follows which', (file, at) =>
  file.tree.kind[at] === Kind.SwitchStatement ? isSwitch(file, at) : isTable(file, at),
);

/** `switch (this.state) { case 'a': … this.state = 'b' … }` */
function isSwitch({ tree }: Source, at: number): boolean {
  const state = bareNode(tree, childAt(tree, at, Field.discriminant));
  const name = dotted(tree, state);
  if (!/^[\w$.#]+$/.test(name) || name === 'true') return false;
  const cases = childrenOf(tree, at, Field.cases).filter((each) => childAt(tree, each, Field.test) !== NONE);
  if (cases.length < STATES) return false;
  return cases.filter((each) => movesOn(tree, each, name)).length >= MOVES;
}

/** Assigns what is a constant to it, or gives it to `setState`, `transition`. */
function movesOn(tree: Tree, within: number, name: string): boolean {
  const isSet = nodesIn(tree, within, Kind.AssignmentExpression).some(
    (each) => textOf(tree, each) === '=' && dotted(tree, childAt(tree, each, Field.left)) === name && isConstant(tree, childAt(tree, each, Field.right)), // prettier-ignore
  );
  const field = name.slice(name.lastIndexOf('.') + 1);
  return (
    isSet ||
    (/^this\.[#_]?\w*(?:state|phase|status|mode)$/i.test(name) &&
      nodesIn(tree, within, Kind.CallExpression).some(
        (each) =>
        new RegExp(`^this\\.[#_]?(?:set${field}|transition\\w*|go\\w*|enter|moveTo|become)$`, 'i').test(dotted(tree, childAt(tree, each, Field.callee))), // prettier-ignore
      ))
  );
}

const isConstant = (tree: Tree, expression: number): boolean => {
  const value = bareNode(tree, expression);
  const kind = tree.kind[value];
  if (kind === Kind.ConditionalExpression) return [Field.consequent, Field.alternate].every((field) => isConstant(tree, childAt(tree, value, field))); // prettier-ignore
  return (
    kind === Kind.Literal ||
    /^[A-Z][\w$]*(?:\.[A-Z]\w*)?$/.test(dotted(tree, value)) ||
    /^[A-Z_]+$/.test(dotted(tree, value))
  );
};

/** `{ idle: { start: 'running' }, running: { stop: 'idle', fail: 'broken' }, broken: {} }`, also with `on:` between. */
function isTable({ tree }: Source, at: number): boolean {
  const states = namesOf(tree, at);
  if (states.size < STATES) return false;
  // A statechart says more of a state than where it leads.
  const isChart = [...states.values()].some((value) => value !== NONE && onOf(tree, value) !== NONE);
  let leading = 0;
  for (const [, value] of states) {
    const from = value === NONE || !isChart ? value : onOf(tree, value);
    const targets = from === NONE ? [] : targetsOf(tree, from);
    if (targets.some((target) => states.has(target))) leading++;
    // All that it says must be states: other tables of texts happen to share a word.
    if (targets.some((target) => !states.has(target))) return false;
  }
  return leading >= MOVES;
}

/** `on: { … }` of a state. */
function onOf(tree: Tree, state: number): number {
  const names = namesOf(tree, state);
  return names.get('on') ?? names.get('transitions') ?? NONE;
}

function namesOf(tree: Tree, object: number): Map<string, number> {
  const names = new Map<string, number>();
  if (tree.kind[object] !== Kind.ObjectExpression) return names;
  for (const each of childrenOf(tree, object)) {
    const name = propertyName(tree, each);
    if (name !== null) names.set(name, bareNode(tree, childAt(tree, each, Field.value)));
  }
  return names;
}

/** What a state leads to: texts of an object or list, and of `target` below. */
function targetsOf(tree: Tree, value: number): string[] {
  const kind = tree.kind[value];
  if (kind === Kind.ArrayExpression) return childrenOf(tree, value).filter((each) => tree.kind[each] === Kind.Literal).map((each) => textOf(tree, each)); // prettier-ignore
  if (kind !== Kind.ObjectExpression) return [];
  return [...namesOf(tree, value).values()].flatMap((each) => {
    if (each === NONE) return [];
    if (tree.kind[each] === Kind.Literal) return [textOf(tree, each)];
    const target = tree.kind[each] === Kind.ObjectExpression ? namesOf(tree, each).get('target') : undefined;
    return target !== undefined && target !== NONE ? [textOf(tree, target)] : [];
  });
}

export const stateMachine = pattern({
  name: 'state-machine',
  kind: 'design',
  what: 'What happens depends on the state that something is in, and leads to the next one',
  why: 'All states and ways between them stand in one place; a way that is missing can be seen',
  todo: 'refuse what a state does not expect, and let nobody else write the state',
  severity: 1,
  confidence: 'likely',
  match: node('SwitchStatement', 'ObjectExpression')
    .where(isMachine)
    .with('the states', (_, at) => ({ states: at })),
  proof: { fact: 'ran' },
  told: ({ file: { tree }, node: at }) =>
    tree.kind[at] === Kind.SwitchStatement
      ? `moves ${dotted(tree, childAt(tree, at, Field.discriminant))} from state to state`
      : `a table says which of ${namesOf(tree, at).size} states follows which`,
});
