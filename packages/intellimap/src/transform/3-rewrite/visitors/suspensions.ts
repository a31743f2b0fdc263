/**
 * Where an activation gives up the stack and comes back: `await`, `yield`, `for await`.
 *
 *   await X        $imR(w,$imf,await $imS(w,$imf,X))        where V8 may spell it out in a message, see spelled.ts
 *   yield X        $imR(w,$imf,yield $imS(w,$imf,X))        a plain generator adds `,$imk=LEAVE` and `,$imk=THROW`: arguments are
 *                  evaluated in order and surplus ones are ignored, so `$imk` says LEAVE exactly while a return() would end it.
 *                  One that is a statement has a clause for throw(): see ../yields.ts
 *   yield* X       $imR(w,$imf,yield* $imD(w,$imf,X))       as yield; also says whether X is a generator's object
 *   for await      try{for await(a of $imD(w,$imf,Y)){$imM(RESUME,$imf);try{ BODY }finally{$imM(SUSPEND,$imf)}}}finally{$imM(8,$imf)}
 *
 * (and `try{$imM(SUSPEND,$imf);for await(a of y){…` when Y only reads variables: V8 spells it out in messages, see spelled.ts).
 * A for-await loop is suspended from the moment its iterable is known until its body begins, and from any exit of the body
 * until the next round or, through the outer finally, until the loop is left; so an iterator that runs code of its own before
 * its first await runs it while the loop already counts as suspended.
 */
import type { Node } from '../../1-parse.ts';
import { afterWord, lastPlace } from '../../2-analyze/expressions.ts';
import { headOf } from '../../2-analyze/names.ts';
import { RESUME, SUSPEND } from '../../words.ts';
import type { Walk } from '../walk.ts';
import { statementYield } from '../yields.ts';
import { readsOnly } from './spelled.ts';

/** Pushes "on the stack again, if it was suspended". */
export const RESUMED = `$imM(${RESUME},$imf);`;

export function awaitExpression(node: Node, walk: Walk): void {
  const operand: Node = node['argument'];
  const site = walk.site('await', node, headOf(operand));
  const probe = walk.tells;
  const later = resumedLater(node, site, walk);
  if (probe) {
    if (!later) walk.insert(node.start, `$imR(${walk.word(RESUME, site)},$imf,`);
    walk.insert(operand.start, `${space(operand, walk)}$imS(${walk.word(SUSPEND, site)},$imf,`);
  }
  walk.visit(operand);
  if (probe) walk.insert(node.end, later ? ')' : '))');
  walk.fn.suspensions++;
}

/** Somebody else (spelled.ts) says that the frame is back, with the word that is left here. */
function resumedLater(node: Node, site: number, walk: Walk): boolean {
  if (!walk.resumedLater.has(node)) return false;
  walk.resumedLater.set(node, `$imM(${walk.word(RESUME, site)},$imf)`);
  return true;
}

export function yieldExpression(node: Node, walk: Walk): void {
  const { fn } = walk;
  const operand: Node | null = node['argument'];
  const site = walk.site(node['delegate'] ? 'yield*' : 'yield', node, headOf(operand));
  if (node['delegate'] || walk.statementExpression !== node || fn.tries > 0) fn.answered = true;
  fn.suspensions++;
  if (!walk.tells) return walk.visit(operand);
  if (isStatement(node, walk))
    return statementYield(node, site, operand ? space(operand, walk) : '', walk, () => walk.visit(operand));
  const suspend = `${node['delegate'] ? '$imD' : '$imS'}(${walk.word(SUSPEND, site)},$imf,`;
  const later = resumedLater(node, site, walk);
  if (!later) walk.insert(node.start, `$imR(${walk.word(RESUME, site)},$imf,`);
  walk.insert(
    operand?.start ?? node.end,
    `${operand ? space(operand, walk) : ' '}${suspend}${operand ? '' : 'void 0'}`,
    node['delegate'] ? placeOfDelegate(node, operand!, walk) : undefined,
  );
  walk.visit(operand);
  const before = walk.insert(node.end, '');
  walk.insert(node.end, ')');
  const after = walk.insert(node.end, later ? '' : ')');
  fn.yields.push({ before, after });
}

/** A statement of its own, with nothing in front: what is told of it is up to the shape of its generator. */
export const isStatement = (node: Node, { statementExpression, statementStart, fn, tells }: Walk): boolean =>
  tells &&
  node.type === 'YieldExpression' &&
  !node['delegate'] &&
  statementExpression === node &&
  statementStart === node.start &&
  fn.tries === 0 &&
  !fn.isAsync;

/** While another generator runs, V8 has the place that evaluating the operand ended with; with a probe around it, that is the probe's. */
const placeOfDelegate = (node: Node, operand: Node, walk: Walk): number | undefined =>
  operand.type === 'Identifier' ? placeBefore(node, walk) : lastPlace(operand, walk.text);

/** The place that V8 had before: of the statement, or of what a variable is given. */
function placeBefore(node: Node, { statementExpression: statement, text }: Walk): number | undefined {
  if (statement === node || (statement?.type === 'AssignmentExpression' && statement['right'] === node))
    return statement.start;
  const from = Math.max(0, node.start - 40);
  const head = /(?:\breturn|([^=]=))\s*$/.exec(text.slice(from, node.start));
  if (head === null) return undefined;
  return head[1] === undefined ? from + head.index : node.start;
}

const space = (operand: Node, walk: Walk): string => (afterWord(walk.text, operand.start) ? ' ' : '');

export function forOf(node: Node, walk: Walk): void {
  const outermost = walk.labelledFrom ?? node.start;
  walk.labelledFrom = null;
  if (node['left'].kind === 'using' || node['left'].kind === 'await using') walk.fn.leavesLate = true;
  if (node['await']) forAwait(node, outermost, walk);
  else forPlain(node, walk);
}

function forPlain(node: Node, walk: Walk): void {
  walk.visit(node['left']);
  walk.visit(node['right']);
  walk.fn.closing++;
  walk.visit(node['body']);
  walk.fn.closing--;
}

function forAwait(node: Node, outermost: number, walk: Walk): void {
  const { fn } = walk;
  const right: Node = node['right'];
  const body: Node = node['body'];
  const site = walk.site('for-await', node, headOf(right));
  fn.suspensions++;
  const probe = walk.tells;
  const suspend = walk.word(SUSPEND, site);
  const early = readsOnly(right);
  if (probe) walk.insert(outermost, early ? `try{$imM(${suspend},$imf);` : 'try{');
  walk.visit(node['left']);
  if (probe && !early) walk.insert(right.start, `${space(right, walk)}$imD(${suspend},$imf,`);
  walk.visit(right);
  if (probe) {
    if (!early) walk.insert(right.end, ')');
    walk.insert(
      body.start,
      `{$imM(${walk.word(RESUME, site)},$imf);try${body.type === 'BlockStatement' ? '' : '{'}`,
    );
  }
  fn.closing++;
  fn.tries++;
  const before = fn.suspensions;
  walk.visit(body);
  fn.tries--;
  fn.closing--;
  if (probe) {
    const resumed = fn.suspensions > before ? RESUMED : '';
    const inner = `${body.type === 'BlockStatement' ? '' : '}'}finally{${resumed}$imM(${suspend},$imf)}}`;
    walk.insert(body.end, `${inner}}finally{${RESUMED.slice(0, -1)}}`);
  }
}

/** Labels belong to the loop they stand before; a try around the loop must go around them. */
export function labeledStatement(node: Node, walk: Walk): void {
  walk.labelledFrom ??= node.start;
  if (node['body'].type !== 'LabeledStatement' && node['body'].type !== 'ForOfStatement')
    walk.labelledFrom = null;
  walk.visit(node['body']);
  walk.labelledFrom = null;
}
