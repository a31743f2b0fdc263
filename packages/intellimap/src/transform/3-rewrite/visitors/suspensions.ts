/**
 * Where an activation gives up the stack and comes back: `await`, `yield`, `for await`.
 *
 *   await X        $imR(w,$imf,await $imS(w,$imf,X))
 *   yield X        $imR(w,$imf,yield $imS(w,$imf,X))        a plain generator adds `,$imk=LEAVE` and `,$imk=THROW`: arguments are
 *                  evaluated in order and surplus ones are ignored, so `$imk` says LEAVE exactly while a return() would end it
 *   for await      try{for await(a of $imS(w,$imf,Y)){$imM(RESUME,$imf);try{ BODY }finally{$imM(SUSPEND,$imf)}}}finally{$imM(8,$imf)}
 *
 * A for-await loop is suspended from the moment its iterable is known until its body begins, and from any exit of the body
 * until the next round or, through the outer finally, until the loop is left; so an iterator that runs code of its own before
 * its first await runs it while the loop already counts as suspended.
 */
import type { Node } from '../../1-parse.ts';
import { afterWord } from '../../2-analyze/expressions.ts';
import { headOf } from '../../2-analyze/names.ts';
import { RESUME, SUSPEND } from '../../words.ts';
import type { Walk } from '../walk.ts';

/** Pushes "on the stack again, if it was suspended". */
export const RESUMED = `$imM(${RESUME},$imf);`;

export function awaitExpression(node: Node, walk: Walk): void {
  const operand: Node = node['argument'];
  const site = walk.site('await', node, headOf(operand));
  const probe = walk.tier === 'performance';
  if (probe) {
    walk.insert(node.start, `$imR(${walk.word(RESUME, site)},$imf,`);
    walk.insert(operand.start, `${space(operand, walk)}$imS(${walk.word(SUSPEND, site)},$imf,`);
  }
  walk.visit(operand);
  if (probe) walk.insert(node.end, '))');
  walk.fn.suspensions++;
}

export function yieldExpression(node: Node, walk: Walk): void {
  const { fn } = walk;
  const operand: Node | null = node['argument'];
  const site = walk.site(node['delegate'] ? 'yield*' : 'yield', node, headOf(operand));
  if (node['delegate'] || walk.statementExpression !== node || fn.tries > 0) fn.answered = true;
  fn.suspensions++;
  if (walk.tier === 'minimal') return walk.visit(operand);
  const suspend = `$imS(${walk.word(SUSPEND, site)},$imf,`;
  walk.insert(node.start, `$imR(${walk.word(RESUME, site)},$imf,`);
  walk.insert(
    operand?.start ?? node.end,
    `${operand ? space(operand, walk) : ' '}${suspend}${operand ? '' : 'void 0'}`,
  );
  walk.visit(operand);
  const before = walk.insert(node.end, '');
  walk.insert(node.end, ')');
  const after = walk.insert(node.end, ')');
  fn.yields.push({ before, after });
}

const space = (operand: Node, walk: Walk): string => (afterWord(walk.text, operand.start) ? ' ' : '');

export function forOf(node: Node, walk: Walk): void {
  const { fn } = walk;
  const right: Node = node['right'];
  const body: Node = node['body'];
  const outermost = walk.labelledFrom ?? node.start;
  walk.labelledFrom = null;
  if (node['left'].kind === 'using' || node['left'].kind === 'await using') fn.leavesLate = true;
  if (!node['await']) {
    walk.visit(node['left']);
    walk.visit(right);
    fn.closing++;
    walk.visit(body);
    fn.closing--;
    return;
  }
  const site = walk.site('for-await', node, headOf(right));
  fn.suspensions++;
  const probe = walk.tier === 'performance';
  if (probe) walk.insert(outermost, 'try{');
  walk.visit(node['left']);
  const suspend = walk.word(SUSPEND, site);
  if (probe) walk.insert(right.start, `${space(right, walk)}$imS(${suspend},$imf,`);
  walk.visit(right);
  if (probe) {
    walk.insert(right.end, ')');
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
