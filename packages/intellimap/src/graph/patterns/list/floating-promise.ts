import { bareNode, childAt, Field, isFunction, Kind, NONE, textOf } from '../../tree/tree.ts';
import { argumentsOf, calleeName, calleeText, isCall } from '../facts/names.ts';
import { isStartUp } from '../facts/handlers.ts';
import { isAsync } from '../facts/places.ts';
import { givesPromise, neverFails } from '../facts/promises.ts';
import { condition, node } from '../match.ts';
import { pattern } from '../pattern.ts';
import type { Project } from '../project.ts';
import type { Source } from '../source.ts';

const isDropped = condition('whose value nobody takes', ({ tree }, at) => {
  let above = at;
  do above = tree.parent[above]!;
  while (tree.kind[above] === Kind.ChainExpression || tree.kind[above] === Kind.ParenthesizedExpression);
  return tree.kind[above] === Kind.ExpressionStatement;
});

const canFail = condition('gives a promise that may fail', (file, at, project) => {
  const { tree } = file;
  const [first] = argumentsOf(tree, at);
  const callback = first === undefined ? NONE : bareNode(tree, first);
  // forEach waits for nobody.
  if (calleeName(tree, at) === 'forEach' && callback !== NONE && isFunction(tree, callback))
    return isAsync(tree, callback) && !neverFails({ file, node: callback });
  // `p.then(f)` fails when p does; `p.then(f, g)` and `.catch` are told.
  if (calleeName(tree, at) === 'then' && argumentsOf(tree, at).length === 1)
    return isPending(
      file,
      childAt(tree, bareNode(tree, childAt(tree, at, Field.callee)), Field.object),
      project,
    );
  if (['then', 'catch', 'finally'].includes(calleeName(tree, at))) return false;
  if (!givesPromise(file, at, project) || isToldBack(file, at)) return false;
  const callee = project.calledFunction(file, at);
  return callee === null || !neverFails(callee);
});

/** `Promise.resolve().then(f)` is how some write queueMicrotask(f). */
function isPending(file: Source, promise: number, project: Project): boolean {
  const node = bareNode(file.tree, promise);
  if (!isCall(file.tree, node) || calleeText(file.tree, node) === 'Promise.resolve' || allAreSafe(file, node))
    return false;
  const callee = project.calledFunction(file, node);
  return givesPromise(file, node, project) && (callee === null || !neverFails(callee));
}

/** `load(path, (error) => …)`: a callback hears of it. */
const isToldBack = ({ tree }: Source, call: number): boolean =>
  argumentsOf(tree, call).some((each) => {
    const param = isFunction(tree, each) ? childAt(tree, each, Field.params) : NONE;
    return param !== NONE && /^_?e(?:rr(?:or)?)?$/i.test(textOf(tree, param));
  });

/** `Promise.all(xs.map(async (x) => { try { … } catch { … } }))` */
function allAreSafe(file: Source, call: number): boolean {
  const { tree } = file;
  const [list] = argumentsOf(tree, call);
  const [work] = list !== undefined && calleeName(tree, list) === 'map' ? argumentsOf(tree, list) : [];
  return work !== undefined && isFunction(tree, work) && neverFails({ file, node: work });
}

const isNoStart = condition(
  'not where the module itself begins, as a failure ends the program there',
  (file, at) => {
    const around = file.owner[at];
    return (
      around !== 0 &&
      !(isStartUp(file, around) && file.owner[around] === 0 && /^main$/.test(calleeText(file.tree, at)))
    );
  },
);

export const floatingPromise = pattern({
  name: 'floating-promise',
  kind: 'anti',
  what: 'A promise is made, and nobody waits for it or hears when it fails',
  why: 'A rejection ends the process, or is lost; and what comes next runs before it is done',
  todo: 'await it, give it back, or write void in front and catch what fails',
  severity: 3,
  confidence: 'likely',
  match: node('CallExpression')
    .where(isDropped, isNoStart, canFail)
    .with('the call', (_, at) => ({ call: at })),
  proof: { fact: 'failed', call: 'call' },
  told({ file: { tree }, node: at }) {
    const name = calleeText(tree, at);
    return `does not wait for ${name === '…' ? 'the async function that it calls there' : `${name}()`}`;
  },
});
