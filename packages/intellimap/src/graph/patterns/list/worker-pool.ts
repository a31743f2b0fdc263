import { bareNode, childAt, Field, isFunction, Kind, NONE, textOf, type Tree } from '../../tree/tree.ts';
import { argumentsOf, calleeName, calleeText, dotted } from '../facts/names.ts';
import { iteratedBy, loopAround, nodesIn } from '../facts/places.ts';
import { bindingOf } from '../facts/bindings.ts';
import { condition, node } from '../match.ts';
import { pattern } from '../pattern.ts';
import type { Source } from '../source.ts';

const STARTS = /^(?:fork|spawn|Worker)$/;
const CALLBACKS: ReadonlySet<string> = new Set(['from', 'map', 'forEach']);

const startsWorker = condition('starts a worker or a child process', ({ tree }, at) => {
  const text = calleeText(tree, at);
  return (
    STARTS.test(text.slice(text.lastIndexOf('.') + 1)) &&
    (tree.kind[at] === Kind.NewExpression) === text.endsWith('Worker')
  );
});

/** In a loop itself, or in a function that is called in one, and again when one of them ends. */
const manyOrAgain = condition('several of them, or again when one ends', (file, at) => {
  if (isRepeated(file, at)) return keeps(file, at);
  const fn = file.owner[at];
  if (fn === 0 || !isFunction(file.tree, fn)) return false;
  const calls = callsOf(file, fn);
  return (
    calls.some((call) => isInExit(file, call)) ||
    (calls.some((call) => isRepeated(file, call)) && keeps(file, at))
  );
});

const isRepeated = (file: Source, at: number): boolean =>
  loopAround(file, at) !== NONE || (file.owner[at] !== 0 && isCallback(file, file.owner[at]));

/** `Array.from({ length: 4 }, () => new Worker(…))` has its callback second. */
function isCallback({ tree }: Source, fn: number): boolean {
  if (iteratedBy(tree, fn, CALLBACKS) !== NONE) return true;
  const call = tree.parent[fn];
  return call > 0 && tree.kind[call] === Kind.CallExpression && calleeText(tree, call) === 'Array.from';
}

/** Calls of a function of the file, by its name: `spawn()`, `this.#spawn()`. */
function callsOf(file: Source, fn: number): number[] {
  const { tree } = file;
  const name = nameOf(tree, fn);
  if (name === '') return [];
  return nodesIn(tree, 0, Kind.CallExpression, true).filter((call) => {
    const callee = bareNode(tree, childAt(tree, call, Field.callee));
    if (tree.kind[callee] === Kind.Identifier)
      return textOf(tree, callee) === name && bindingOf(file, callee) >= 0;
    return dotted(tree, callee) === `this.${name}`;
  });
}

function nameOf(tree: Tree, fn: number): string {
  const id = childAt(tree, fn, Field.id);
  if (id !== NONE) return textOf(tree, id);
  const above = tree.parent[fn];
  const key = childAt(tree, above, tree.kind[above] === Kind.VariableDeclarator ? Field.id : Field.key);
  return key === NONE
    ? ''
    : tree.kind[key] === Kind.PrivateIdentifier
      ? `#${textOf(tree, key)}`
      : textOf(tree, key);
}

/** In what runs when a worker has ended: `worker.on('exit', () => spawn())`. */
function isInExit({ tree, owner }: Source, call: number): boolean {
  for (let fn = owner[call]; fn !== 0; fn = owner[fn]!) {
    const on = tree.parent[fn];
    if (tree.kind[on] !== Kind.CallExpression || !/^(?:on|once|addEventListener)$/.test(calleeName(tree, on)))
      continue;
    const [event] = argumentsOf(tree, on);
    if (/^(?:exit|error|close|disconnect)$/.test(textOf(tree, event))) return true;
  }
  return false;
}

/** They are kept in a list: commands that run one after the other are no pool. */
function keeps(file: Source, at: number): boolean {
  const { tree } = file;
  if (calleeText(tree, at) === 'cluster.fork' || isCallback(file, file.owner[at])) return true;
  const declared = childAt(tree, tree.parent[at], Field.id);
  const binding = declared === NONE ? NONE : bindingOf(file, declared);
  return nodesIn(tree, file.owner[at], Kind.CallExpression, true).some(
    (call) =>
      /^(?:push|add|set)$/.test(calleeName(tree, call)) &&
      argumentsOf(tree, call).some(
        (each) => each === at || (binding >= 0 && bindingOf(file, each) === binding),
      ),
  );
}

export const workerPool = pattern({
  name: 'worker-pool',
  kind: 'design',
  what: 'Several workers share the work, or somebody starts a worker again when it ends',
  why: 'More than one processor works, and what fails in one does not end the others',
  todo: 'wait a little longer before each new start, give back the task of who died, and end all of them at the end',
  severity: 1,
  confidence: 'likely',
  match: node('CallExpression', 'NewExpression')
    .where(startsWorker, manyOrAgain)
    .with('where they are started', (_, at) => ({ start: at })),
  proof: { fact: 'ran' },
  told({ file, node: at }) {
    const isRestarted = callsOf(file, file.owner[at]).some((call) => isInExit(file, call));
    const name = calleeText(file.tree, at);
    return isRestarted && !isRepeated(file, at)
      ? `starts ${name} again when it ends`
      : `keeps several workers, by ${name}`;
  },
});
