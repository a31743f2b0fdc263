/** `return`: reserves the slots that the shape of the function fills in the end. */
import type { Node } from '../../1-parse.ts';
import { isAnonymousClass, isSafe } from '../../2-analyze/expressions.ts';
import { SUSPEND } from '../../words.ts';
import type { Return } from '../activation.ts';
import { looksAtResult, lookedOperand } from '../looks.ts';
import type { Walk } from '../walk.ts';

const KEYWORD = 'return'.length;

export function returnStatement(node: Node, walk: Walk): void {
  const { fn } = walk;
  const value: Node | null = node['argument'];
  if (!walk.tells || (fn.isGenerator && fn.isAsync)) return untouched(node, walk);
  if (fn.closing > 0) fn.leavesLate = true;
  const what = !value ? 'none' : isSafe(value) && !looksAtResult(fn) ? 'safe' : 'value';
  const statement = walk.insert(node.start, '');
  const keyword = walk.insert(node.start + KEYWORD, '');
  if (value) {
    walk.hint(value, 'return', resultOf(walk));
    walk.visit(value);
  }
  const after = value ? walk.insert(value.end, '') : -1;
  const end = walk.insert(node.end, '');
  fn.returns.push({ statement, keyword, operand: after, end, what, ...operand(value, walk) });
}

export const resultOf = (walk: Walk): string => `${walk.sites[walk.fn.site]?.name} result`;

/** What stands around the operand of a return on its way. */
export const operand = (value: Node | null, walk: Walk): Pick<Return, 'open' | 'close'> =>
  value && looksAtResult(walk.fn) ? lookedOperand(value, walk) : nameless(value);

/** What keeps an operand one expression that gets no name from the variable it passes through. */
export function nameless(value: Node | null): Pick<Return, 'open' | 'close'> {
  if (value && isAnonymousClass(value)) return { open: '(0,', close: ')' };
  if (value?.type === 'SequenceExpression') return { open: '(', close: ')' };
  return { open: '', close: '' };
}

/**
 * Functions that are not told, and async generators: there `return X` awaits X by itself, so it only says that the frame is suspended (another
 * await would delay it by a tick).
 */
function untouched(node: Node, walk: Walk): void {
  const value: Node | null = node['argument'];
  const suspends = walk.fn.isGenerator && walk.fn.isAsync && value;
  if (value) walk.hint(value, 'return', resultOf(walk));
  if (!suspends) return walk.visit(value);
  const site = walk.site('await', node, '', 'return');
  const probe = walk.tells;
  const { open, close } = nameless(value);
  if (probe) walk.insert(node.start + KEYWORD, ` $imS(${walk.word(SUSPEND, site)},$imf,${open}`);
  walk.visit(value);
  if (probe) walk.insert(value.end, `${close})`);
  walk.fn.suspensions++;
}
