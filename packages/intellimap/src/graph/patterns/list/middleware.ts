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
import { argumentsOf, calleeName, isCall } from '../facts/names.ts';
import { bindingOf, initOf } from '../facts/bindings.ts';
import { nodesIn } from '../facts/places.ts';
import { condition, node } from '../match.ts';
import { pattern } from '../pattern.ts';
import type { Source } from '../source.ts';

const NEXT = /^_?(?:next|nextHandler|nextFn)$/;
/** What passes through. */
const PASSED = /^_?(?:req|request|ctx|context|c|err|error|event|action|message|msg|args|params|job|info|options|input|socket|packet|envelope|command|payload|operation|to)$/i; // prettier-ignore

const paramNames = (tree: Tree, fn: number): string[] =>
  childrenOf(tree, fn, Field.params).map((param) => textOf(tree, param));

const takesNext = condition('takes what passes through, and next', (file, fn) => {
  const names = paramNames(file.tree, fn);
  const at = names.findLastIndex((name) => NEXT.test(name));
  // `(req, res, next)`, `(ctx, next)`, `(error, req, res, next)`; Vue's guards have `(to, from, next)`.
  if (at >= 1) return at === names.length - 1 && names.length <= 4 && PASSED.test(names[0]);
  return isCurried(file.tree, fn, names);
});

/** `(store) => (next) => (action) => …` */
function isCurried(tree: Tree, fn: number, names: string[]): boolean {
  if (names.length !== 1 || !NEXT.test(names[0])) return false;
  const body = bareNode(tree, childAt(tree, fn, Field.body));
  return body !== NONE && isFunction(tree, body) && PASSED.test(paramNames(tree, body)[0] ?? '');
}

const callsNext = condition(
  'which it calls to go on, not only where something failed',
  (file, fn) => nextCall(file, fn) !== NONE,
);

function nextCall(file: Source, fn: number): number {
  const { tree, scopes } = file;
  const params = childrenOf(tree, fn, Field.params);
  const param = params.findLast((each) => NEXT.test(textOf(tree, each)))!;
  const binding = scopes.bindingOf[param];
  const calls = nodesIn(tree, childAt(tree, fn, Field.body), Kind.CallExpression, true).filter(
    (each) => bindingOf(file, childAt(tree, each, Field.callee)) === binding,
  );
  // What takes errors hands errors on.
  const takesErrors = params.length === 4;
  return (
    calls.find((call) => argumentsOf(tree, call).length <= 2 && (takesErrors || goesOn(file, call))) ?? NONE
  );
}

/** `next()`, `next('route')`, `next(action)`; `next(new Error())` and `if (error) next(error)` end it. */
function goesOn(file: Source, call: number): boolean {
  const { tree } = file;
  const [first] = argumentsOf(tree, call);
  if (first === undefined) return true;
  if (isMade(tree, first)) return false;
  const isError =
    tree.kind[first] === Kind.Identifier && /^_?(?:e|err|error|ex|exception)$/i.test(textOf(tree, first));
  if (!isError) return true;
  const binding = bindingOf(file, first);
  return !(binding >= 0 && isMade(tree, initOf(file, binding))) && !isWhereItFailed(tree, call);
}

/** `new Error()`, `error(404)` */
const isMade = isCall;

/** In a branch, a catch clause, or a callback of `.catch`. */
function isWhereItFailed(tree: Tree, call: number): boolean {
  for (let at = call; !isFunction(tree, at) || calleeOf(tree, at) === 'catch'; at = tree.parent[at])
    if (BRANCHES.has(tree.kind[at]) || isFunction(tree, at)) return true;
  return false;
}

const calleeOf = (tree: Tree, fn: number): string =>
  isCall(tree, tree.parent[fn]) ? calleeName(tree, tree.parent[fn]) : '';

const BRANCHES: ReadonlySet<number> = new Set([Kind.IfStatement, Kind.CatchClause, Kind.ConditionalExpression, Kind.LogicalExpression]); // prettier-ignore

export const middleware = pattern({
  name: 'middleware',
  kind: 'design',
  what: 'A function does a part of the work on what passes through, and calls the next one',
  why: 'What all requests need stands in one place; their order decides, and is written elsewhere',
  todo: 'call next exactly once on each way out, and give it what failed',
  severity: 1,
  confidence: 'likely',
  match: node('FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression')
    .where(takesNext, callsNext)
    .with('the function and the call', (file, fn) => ({ middleware: fn, next: nextCall(file, fn) })),
  proof: { fact: 'ran', of: ['middleware'] },
  told: () => 'passes on to the next',
});
