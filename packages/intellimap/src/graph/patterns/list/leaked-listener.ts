import { bareNode, childAt, Field, Flag, has, isFunction, Kind, NONE, textOf } from '../../tree/tree.ts';
import { BindingKind } from '../../scopes/scopes.ts';
import { argumentsOf, baseOf, calleeName, calleeText, isGlobal, receiverText } from '../facts/names.ts';
import { bindingOf, initOf, isModuleState } from '../facts/bindings.ts';
import { isStartUp } from '../facts/handlers.ts';
import { functionAround, nodesIn } from '../facts/places.ts';
import { condition, node } from '../match.ts';
import { pattern } from '../pattern.ts';
import type { Source } from '../source.ts';

const ADDS = new Set([
  'on',
  'addListener',
  'addEventListener',
  'prependListener',
  'subscribe',
  'setInterval',
]);
const REMOVES = /^(?:off|removeListener|removeEventListener|removeAllListeners|unsubscribe|clearInterval)$/;
/** Whatever is made of these lives as long as it lives itself, which is as long as the page or the process. */
const GLOBALS = new Set([
  'process',
  'window',
  'document',
  'globalThis',
  'self',
  'visualViewport',
  'screen',
  'navigator',
]);
/** What routes are is told once; what calls `on` of these is no listener. */
const NO_EMITTER = /(?:^|\.)(?:app|router|server|program|yargs|cli|hono|fastify)$/i;

const addsListener = condition('adds a listener', ({ tree }, at) => {
  const name = calleeName(tree, at);
  if (!ADDS.has(name)) return false;
  if (name === 'setInterval') return !calleeText(tree, at).includes('.');
  const all = argumentsOf(tree, at);
  return (
    (name === 'subscribe' ? all.length >= 1 : all.length >= 2 && isName(tree.kind[all[0]])) &&
    !NO_EMITTER.test(receiverText(tree, at))
  );
});

const isName = (kind: number): boolean => kind === Kind.Literal || kind === Kind.TemplateLiteral || kind === Kind.MemberExpression || kind === Kind.Identifier; // prettier-ignore

const outlives = condition(
  'to what outlives the call: a global, an import, a variable of the module',
  (file, at) => {
    const { tree, scopes } = file;
    if (calleeName(tree, at) === 'setInterval') return true;
    const base = baseOf(tree, at);
    if (base === NONE || tree.kind[base] !== Kind.Identifier) return false;
    // `make().on(…)`: a new one each time, most likely.
    if (receiverText(tree, at).includes('()')) return false;
    if (isGlobal(file, base)) return GLOBALS.has(textOf(tree, base));
    const binding = bindingOf(file, base);
    if (binding < 0) return false;
    const kind = scopes.bindings.kind[binding];
    if (kind === BindingKind.IMPORT) return receiverText(tree, at) === textOf(tree, base);
    if (!isModuleState(file, binding)) return false;
    // What is assigned anew is a new one each time.
    return kind === BindingKind.CONST && initOf(file, binding) !== NONE;
  },
);

const runsAgain = condition('in a function that may run more than once', (file, at) => {
  const { tree, owner } = file;
  const around = functionAround(file, at);
  if (around === 0) return false;
  for (let fn = around; fn !== 0; fn = owner[fn]!) if (isStartUp(file, fn)) return false;
  return !isGuarded(file, at) && isFunction(tree, around) && !isCalledAtOnce(file, around);
});

/** `if (!added) { added = true; … }`: somebody minds. */
function isGuarded({ tree }: Source, at: number): boolean {
  for (let node = at; node > 0 && !isFunction(tree, node); node = tree.parent[node]!) {
    const above = tree.parent[node];
    if (tree.kind[above] === Kind.IfStatement && tree.field[node] === Field.consequent) return true;
  }
  return false;
}

/** `(() => { … })()` of the module. */
function isCalledAtOnce({ tree, owner }: Source, fn: number): boolean {
  let above = tree.parent[fn];
  while (tree.kind[above] === Kind.ParenthesizedExpression) above = tree.parent[above]!;
  return tree.kind[above] === Kind.CallExpression && owner[above] === 0 && bareNode(tree, childAt(tree, above, Field.callee)) === fn; // prettier-ignore
}

const isNeverRemoved = condition('and nothing in the file takes it away again', (file, at) => {
  const { tree } = file;
  const all = argumentsOf(tree, at);
  const options = all[2];
  if (
    options !== undefined &&
    /\b(?:once|signal)\b/.test(file.text.slice(tree.start[options], tree.end[options]))
  )
    return false;
  if (isKept(file, at)) return false;
  const event = calleeName(tree, at) === 'setInterval' || all[0] === undefined ? null : textOf(tree, all[0]);
  return !nodesIn(tree, 0, Kind.CallExpression, true).some((call) => {
    if (!REMOVES.test(calleeName(tree, call))) return false;
    const [first] = argumentsOf(tree, call);
    return event === null || event === '' || first === undefined || textOf(tree, first) === event;
  });
});

/** Its value, which takes it away, is kept: `const stop = subscribe(f)`, `setInterval(f).unref()`. */
function isKept({ tree }: Source, at: number): boolean {
  const name = calleeName(tree, at);
  if (name !== 'subscribe' && name !== 'setInterval') return false;
  const above = tree.parent[at];
  return tree.kind[above] !== Kind.ExpressionStatement && !has(tree, above, Flag.OPTIONAL);
}

export const leakedListener = pattern({
  name: 'leaked-listener',
  kind: 'anti',
  what: 'A function adds a listener to what outlives it, and nobody takes it away',
  why: 'Each call adds one more: all of them run at each event, and hold what they close over',
  todo: 'add it once, use once or a signal, or remove it where what needs it ends',
  severity: 2,
  confidence: 'possible',
  match: node('CallExpression')
    .where(addsListener, outlives, runsAgain, isNeverRemoved)
    .with('the call', (_, at) => ({ call: at })),
  proof: { fact: 'ran again' },
  told({ file: { tree }, node: at }) {
    const [event] = argumentsOf(tree, at);
    const name = event !== undefined && tree.kind[event] === Kind.Literal ? `'${textOf(tree, event)}'` : '…';
    return calleeName(tree, at) === 'setInterval' ? 'starts an interval that nothing stops' : `adds a listener each time it runs: ${calleeText(tree, at)}(${name})`; // prettier-ignore
  },
});
