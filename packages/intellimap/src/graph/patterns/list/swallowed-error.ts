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
import { argumentsOf, calleeName, calleeText } from '../facts/names.ts';
import { bindingOf, placesOf } from '../facts/bindings.ts';
import { isWithin, nodesIn, statementOf } from '../facts/places.ts';
import { condition, node } from '../match.ts';
import { pattern } from '../pattern.ts';
import type { Source } from '../source.ts';

/** Ends something: that it is gone already is as good. */
const CLEANUP = /^(?:unlink|rm|rmdir|remove|close|kill|destroy|abort|end|dispose|release|cancel|terminate|stop|disconnect|unsubscribe|unref|clear|revoke|delete)(?:Sync|$|[A-Z])/; // prettier-ignore
/** Asks whether something is there, or can be made of what is given: no is an answer. */
const ASKS = /^(?:require|resolve|accessSync|access|statSync|stat|lstat|lstatSync|parse|decodeURIComponent|decodeURI|atob|URL|RegExp|import|setItem|getItem|removeItem|exists(?:Sync)?|probe|detect|supports?|(?:is|has|can|supports|probe|detect)[A-Z]\w*)$/; // prettier-ignore

const isErrorHandler = condition('catches an error', ({ tree }, at) =>
  tree.kind[at] === Kind.CatchClause
    ? true
    : calleeName(tree, at) === 'catch' && argumentsOf(tree, at).length === 1,
);

const doesNothing = condition('does nothing with it, and no comment says why', (file, at) => {
  const { tree } = file;
  const isClause = tree.kind[at] === Kind.CatchClause;
  const body = isClause ? childAt(tree, at, Field.body) : handlerBody(file, at);
  if (body === NONE) return false;
  return isNothing(tree, body) && !isExplained(file, at) && !givesAnswer(file, at);
});

/** A comment within it, behind it on the same line, or on the line before. */
function isExplained({ tree, text }: Source, at: number): boolean {
  const statement = tree.kind[at] === Kind.CatchClause ? at : statementOf(tree, at);
  const line = text.lastIndexOf('\n', tree.start[statement] - 1);
  const before = text.lastIndexOf('\n', line - 1) + 1;
  const end = text.indexOf('\n', tree.end[at]);
  const from = tree.kind[at] === Kind.CatchClause ? tree.start[at] : before;
  return /(?:^|[\s{(])\/[/*]/.test(text.slice(Math.max(0, from), end < 0 ? undefined : end));
}

/** `try { return f(); } catch {}`: who asked gets nothing, or what stands behind it. */
function givesAnswer({ tree }: Source, at: number): boolean {
  if (tree.kind[at] !== Kind.CatchClause) return false;
  const last = childrenOf(tree, childAt(tree, tree.parent[at], Field.block)).at(-1);
  return (
    last !== undefined &&
    tree.kind[last] === Kind.ReturnStatement &&
    childAt(tree, last, Field.argument) !== NONE
  );
}

/** `() => {}`, `() => null`, `noop` */
function handlerBody({ tree }: Source, call: number): number {
  const handler = bareNode(tree, argumentsOf(tree, call)[0]);
  if (isFunction(tree, handler)) return childAt(tree, handler, Field.body);
  return tree.kind[handler] === Kind.Identifier && /^_?no_?op$/i.test(textOf(tree, handler)) ? handler : NONE;
}

function isNothing(tree: Tree, body: number): boolean {
  const kind = tree.kind[body];
  if (kind === Kind.Identifier) return /^(?:undefined|_?no_?op)$/i.test(textOf(tree, body));
  if (kind !== Kind.BlockStatement) return kind === Kind.Literal && textOf(tree, body) === 'null';
  return childrenOf(tree, body).every(
    (each) =>
      tree.kind[each] === Kind.EmptyStatement ||
      tree.kind[each] === Kind.ContinueStatement ||
      (tree.kind[each] === Kind.ReturnStatement && childAt(tree, each, Field.argument) === NONE),
  );
}

const matters = condition(
  'of more than clearing up, or asking whether something is there',
  ({ tree }, at) => {
    const tried =
      tree.kind[at] === Kind.CatchClause ? childAt(tree, tree.parent[at], Field.block) : promiseOf(tree, at);
    // What a variable holds came from somewhere.
    if (tree.kind[tried] === Kind.Identifier) return true;
    const calls = [Kind.CallExpression, Kind.NewExpression, Kind.ImportExpression].flatMap((kind) =>
      nodesIn(tree, tried, kind),
    );
    // Of `a.b().c()` the last one is what it is about.
    const last = calls.filter((call) => !calls.some((other) => other !== call && isWithin(tree, call, childAt(tree, other, Field.callee)))); // prettier-ignore
    const names = last.map((call) =>
      tree.kind[call] === Kind.ImportExpression ? 'import' : calleeName(tree, call),
    );
    return names.some((name) => !CLEANUP.test(name) && !ASKS.test(name));
  },
);

const isOnlyHandler = condition('nobody else hears of it', (file, at) => {
  const { tree } = file;
  if (tree.kind[at] === Kind.CatchClause) return true;
  // `p.catch(() => {})` beside `await p` only says that p is not forgotten.
  const binding = bindingOf(file, promiseOf(tree, at));
  return binding < 0 || placesOf(file, binding).length <= 2;
});

const promiseOf = (tree: Tree, call: number): number =>
  bareNode(tree, childAt(tree, bareNode(tree, childAt(tree, call, Field.callee)), Field.object));

export const swallowedError = pattern({
  name: 'swallowed-error',
  kind: 'anti',
  what: 'An error is caught, and nothing is done about it',
  why: 'What failed is told to nobody: the program goes on with what it does not have, and the reason is gone',
  todo: 'catch only what you expect and let the rest pass, tell it to a log, or say in a comment why it does not matter',
  severity: 3,
  confidence: 'likely',
  match: node('CatchClause', 'CallExpression')
    .where(isErrorHandler, doesNothing, matters, isOnlyHandler)
    .with('the handler', (_, at) => ({ handler: at })),
  proof: { fact: 'caught', call: 'handler' },
  told: ({ file: { tree }, node: at }) =>
    tree.kind[at] === Kind.CatchClause ? 'catches whatever fails, and says nothing' : `swallows what ${shortened(calleeText(tree, at))} rejects with`, // prettier-ignore
});

const shortened = (text: string): string => text.replace(/\.catch$/, '');
