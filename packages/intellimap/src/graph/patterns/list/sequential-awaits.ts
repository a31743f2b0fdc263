import { BindingKind, Use } from '../../scopes/scopes.ts';
import { childAt, childrenOf, Field, Kind, NONE, type Tree } from '../../tree/tree.ts';
import { argumentsOf, baseOf, calleeName, calleeText, receiverText } from '../facts/names.ts';
import { bindingOf, uses } from '../facts/bindings.ts';
import { awaitedCall, reachesData } from '../facts/data.ts';
import { givesPromise } from '../facts/promises.ts';
import { condition, node } from '../match.ts';
import { pattern } from '../pattern.ts';
import type { Project } from '../project.ts';
import type { Source } from '../source.ts';

/** Asking for something leaves it as it is; what is called otherwise may have to come in order. */
const READS = /^(?:get|find|fetch|load|list|query|select|count|search|lookup|read(?!line|$)|resolve|exists?|has|is|stat|head|compute|calculate|download)/; // prettier-ignore
/** One connection, stream or prompt answers one question at a time. */
const IN_ORDER = /(?:^|\.)(?:tx|trx|transaction|reader|stream|iterator|iter|rl|prompt|prompts|page|browser|cursor|lock|mutex|session|queryRunner|t)$/i; // prettier-ignore

/** `const a = await f()`, of a kind that needs no order: the call. */
function readBy(file: Source, statement: number, project: Project): number {
  const { tree } = file;
  if (statement === NONE || tree.kind[statement] !== Kind.VariableDeclaration) return NONE;
  const declarators = childrenOf(tree, statement);
  const init = declarators.length === 1 ? childAt(tree, declarators[0], Field.init) : NONE;
  if (init === NONE || tree.kind[init] !== Kind.AwaitExpression) return NONE;
  const call = awaitedCall(file, init);
  if (call === NONE || !READS.test(calleeName(tree, call)) || IN_ORDER.test(receiverText(tree, call)))
    return NONE;
  // What is handed a transaction uses its connection.
  if (argumentsOf(tree, call).some((each) => IN_ORDER.test(tree.strings[tree.text[each]]))) return NONE;
  return givesPromise(file, call, project) || reachesData(file, call, project) ? call : NONE;
}

const nextOf = (tree: Tree, statement: number): number => {
  const next = tree.after[statement];
  return next < tree.size && tree.parent[next] === tree.parent[statement] ? next : NONE;
};

const awaitsInTurn = condition('awaits what only reads, and the next statement does, too', (file, at, project) =>
  readBy(file, at, project) !== NONE && readBy(file, nextOf(file.tree, at), project) !== NONE,
); // prettier-ignore

const isFirst = condition('the first of those that do', (file, at, project) => {
  const { tree } = file;
  const before = childrenOf(tree, tree.parent[at]).findLast((each) => each < at);
  return before === undefined || readBy(file, before, project) === NONE || depends(file, at, before);
});

const isIndependent = condition('which needs nothing of the first', (file, at, project) => {
  const next = nextOf(file.tree, at);
  return (
    !depends(file, next, at) && !isSameObject(file, readBy(file, at, project), readBy(file, next, project))
  );
});

/** An object that the function made itself may keep what the first call found. */
function isSameObject(file: Source, first: number, second: number): boolean {
  const { bindings } = file.scopes;
  const binding = bindingOf(file, baseOf(file.tree, first));
  if (binding < 0 || binding !== bindingOf(file, baseOf(file.tree, second))) return false;
  const isOwn = file.owner[bindings.node[binding]] === file.owner[first];
  return (
    isOwn &&
    bindings.kind[binding] !== BindingKind.PARAMETER &&
    bindings.kind[binding] !== BindingKind.FUNCTION
  );
}

/** Reads what the other one declares. */
function depends(file: Source, statement: number, other: number): boolean {
  const declared = uses(file, other, Use.DECLARE);
  return [...uses(file, statement, Use.READ)].some((binding) => declared.has(binding));
}

export const sequentialAwaits = pattern({
  name: 'sequential-awaits',
  kind: 'anti',
  what: 'Reads that do not need each other are awaited one after the other',
  why: 'Whoever waits, waits for the sum of them where the longest would do',
  todo: 'begin both and await them together: `const [a, b] = await Promise.all([f(), g()])`',
  severity: 1,
  confidence: 'possible',
  match: node('VariableDeclaration')
    .where(awaitsInTurn, isIndependent, isFirst)
    .with('both calls', (file, at, project) => ({
      first: readBy(file, at, project),
      second: readBy(file, nextOf(file.tree, at), project),
    })),
  proof: { fact: 'in turn', call: 'second' },
  told: ({ file: { tree }, roles }) =>
    `awaits ${calleeText(tree, roles['first'])}(), then ${calleeText(tree, roles['second'])}(), which does not need it`,
});
