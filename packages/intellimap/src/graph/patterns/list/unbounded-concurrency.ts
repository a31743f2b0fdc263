import {
  bareNode,
  childAt,
  childrenOf,
  Field,
  isFunction,
  Kind,
  NONE,
  textOf,
  type Tree,
} from '../../tree/tree.ts';
import { argumentsOf, calleeName, calleeText, dotted, lastName } from '../facts/names.ts';
import { bindingOf, initOf, placesOf } from '../facts/bindings.ts';
import { isAsync, loopAround, nodesIn, returnedBy } from '../facts/places.ts';
import { givesPromise, isPromising } from '../facts/promises.ts';
import { condition, node } from '../match.ts';
import { pattern } from '../pattern.ts';
import type { Project } from '../project.ts';
import type { Source } from '../source.ts';

const ALL = new Set(['Promise.all', 'Promise.allSettled', 'Promise.any']);
/** Somebody counts how many run at a time. */
/** Taking down what there is. */
const ENDS =
  /(?:^|\.)(?:terminate|close|stop|destroy|disconnect|kill|dispose|end|shutdown|unlisten|release)$/;
const LIMITED =
  /limit|throttle|queue|pool|semaphore|mutex|schedule|enqueue|acquire|batch|run(?:Exclusive|With)/i;
/** A part, or what is few by its nature. */
const FEW = /chunk|batch|slice|page|worker|shard|replica|plugin|hook|middleware|handler|listener|option|config|setting|column|field|flag|locale|provider|adapter|transport|server|connection|client|browser|pool|thread|dep(?:endenc|s$)|entries$|keys$|imports?$/i; // prettier-ignore

/** `xs.map(f)` of which all are awaited; also what was pushed in a loop; `NONE`: another thing. */
function mapped(file: Source, call: number): number {
  const { tree } = file;
  const [first] = argumentsOf(tree, call);
  const node = first === undefined ? NONE : bareNode(tree, first);
  if (node === NONE) return NONE;
  if (tree.kind[node] === Kind.CallExpression) return isMap(tree, node) ? node : NONE;
  const binding = bindingOf(file, node);
  if (binding < 0) return NONE;
  const init = initOf(file, binding);
  if (init !== NONE && tree.kind[init] === Kind.CallExpression) return isMap(tree, init) ? init : NONE;
  return pushedTo(file, binding);
}

const isMap = (tree: Tree, call: number): boolean => calleeName(tree, call) === 'map';

/** `all.push(f(x))` in a loop */
function pushedTo(file: Source, binding: number): number {
  const { tree } = file;
  for (const at of placesOf(file, binding)) {
    const member = tree.parent[at];
    const call = tree.parent[member];
    const isPush = tree.kind[member] === Kind.MemberExpression && tree.kind[call] === Kind.CallExpression && calleeName(tree, call) === 'push'; // prettier-ignore
    if (isPush && loopAround(file, call) !== NONE) return call;
  }
  return NONE;
}

/** The function called for each element, or the call that is pushed. */
function workOf(file: Source, call: number): number {
  const [first] = argumentsOf(file.tree, call);
  return first === undefined ? NONE : bareNode(file.tree, first);
}

/** What it goes over. */
function inputOf(file: Source, call: number): number {
  const { tree } = file;
  if (isMap(tree, call))
    return bareNode(tree, childAt(tree, bareNode(tree, childAt(tree, call, Field.callee)), Field.object));
  return bareNode(tree, childAt(tree, loopAround(file, call), Field.right));
}

const waitsForAll = condition('waits for all promises of a list', (file, at) => ALL.has(calleeText(file.tree, at)) && mapped(file, at) !== NONE); // prettier-ignore

const startsEach = condition('that are all begun at once, without a limit', (file, at, project) => {
  const { tree } = file;
  const call = mapped(file, at);
  const work = workOf(file, call);
  if (work === NONE || LIMITED.test(calledIn(file, work)) || calledIn(file, work).split(' ').every((name) => ENDS.test(name))) return false; // prettier-ignore
  if (!isMap(tree, call)) return givesPromise(file, work, project);
  return isFunction(tree, work) ? asks({ file, node: work }, project) : namesPromising(file, work, project);
});

/** It awaits something, or gives a promise: what does not, ends at once. */
const asks = ({ file, node: fn }: { file: Source; node: number }, project: Project): boolean =>
  isAsync(file.tree, fn)
    ? nodesIn(file.tree, fn, Kind.AwaitExpression).length > 0
    : returnedBy(file.tree, fn).some((value) => givesPromise(file, value, project));

function namesPromising(file: Source, work: number, project: Project): boolean {
  const ref = project.valueOf(file, work);
  return ref !== null && isFunction(ref.file.tree, ref.node) && isPromising(ref, project);
}

/** Names of all that it calls. */
const calledIn = ({ tree }: Source, around: number): string =>
  tree.kind[around] === Kind.Identifier
    ? textOf(tree, around)
    : nodesIn(tree, around, Kind.CallExpression).map((call) => calleeText(tree, call)).join(' '); // prettier-ignore

const isUnbounded = condition('for each of as many elements as there are', (file, at) => {
  const input = inputOf(file, mapped(file, at));
  return input !== NONE && !isBounded(file, input, 4);
});

/** As many as somebody wrote, or a part of them. */
function isBounded(file: Source, input: number, steps: number): boolean {
  const { tree } = file;
  if (input === NONE || steps === 0) return false;
  const kind = tree.kind[input];
  if (kind === Kind.ArrayExpression)
    return childrenOf(tree, input).every((each) => tree.kind[each] !== Kind.SpreadElement);
  if (FEW.test(lastName(dotted(tree, input)).replace(/\(\)$/, ''))) return true;
  if (kind === Kind.CallExpression) {
    const name = calleeName(tree, input);
    if (/^(?:slice|splice|take)$/.test(name)) return true;
    const callee = bareNode(tree, childAt(tree, input, Field.callee));
    if (/^(?:filter|map|sort|toSorted|reverse|concat)$/.test(name)) return isBounded(file, bareNode(tree, childAt(tree, callee, Field.object)), steps - 1); // prettier-ignore
    if (/^Object\.(?:keys|values|entries)$/.test(calleeText(tree, input))) return isBounded(file, workOf(file, input), steps - 1) || isObject(file, workOf(file, input)); // prettier-ignore
    // `Array.from({ length: 4 }, …)`
    return calleeText(tree, input) === 'Array.from' && /length:\s*[\dA-Z]/.test(file.text.slice(tree.start[input], tree.end[input])); // prettier-ignore
  }
  const binding = bindingOf(file, input);
  return binding >= 0 && isBounded(file, initOf(file, binding), steps - 1);
}

/** Its keys are written down. */
function isObject(file: Source, node: number): boolean {
  const binding = node === NONE ? NONE : bindingOf(file, node);
  const init = binding >= 0 ? initOf(file, binding) : node;
  return init !== NONE && file.tree.kind[init] === Kind.ObjectExpression;
}

export const unboundedConcurrency = pattern({
  name: 'unbounded-concurrency',
  kind: 'anti',
  what: 'As many operations as there are elements are begun at once',
  why: 'With ten thousand elements it opens ten thousand connections or files: pools run dry, services refuse, memory grows',
  todo: 'limit how many run at a time: a pool of workers over one list, p-limit, or chunks',
  severity: 2,
  confidence: 'possible',
  match: node('CallExpression')
    .where(waitsForAll, isUnbounded, startsEach)
    .with('the list and the work', (file, at) => {
      const call = mapped(file, at);
      return { list: inputOf(file, call), work: workOf(file, call) };
    }),
  proof: { fact: 'at once', call: 'work' },
  told: ({ file: { tree }, node: at, roles }) =>
    `${calleeText(tree, at)} begins one operation for each of ${dotted(tree, roles['list'])} at once`,
});
