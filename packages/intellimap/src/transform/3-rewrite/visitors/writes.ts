/** Writes to properties, and to variables that are somebody else's, in functions whose state is wanted. See `looks.ts`. */
import type { Node } from '../../1-parse.ts';
import { isAnonymousClass, afterWord, isSafe, unwrapped } from '../../2-analyze/expressions.ts';
import { headOf } from '../../2-analyze/names.ts';
import { DECREMENT, INCREMENT, Role, VALUE } from '../../words.ts';
import type { Written } from '../activation.ts';
import type { Walk } from '../walk.ts';
import { assignment } from './naming.ts';

/** Characters of a target that are told. */
const MAX_TARGET = 80;

export function assigned(node: Node, walk: Walk): void {
  const written = walk.fn.looked?.writes.get(node);
  if (written === undefined) return assignment(node, walk);
  if (!/^(?:\?\?|\|\||&&)=$/.test(node['operator']))
    return around(node, written, 0, walk, () => assignment(node, walk));
  const value: Node = node['right'];
  // It would lose the name that it gets here.
  if (isSafe(value) && unwrapped(value).type !== 'Literal') return assignment(node, walk);
  if (isAnonymousClass(value)) return assignment(node, walk);
  logical(node, written, walk);
}

/** Only when it comes to the operand is there a write. */
function logical(node: Node, written: Written, walk: Walk): void {
  const value: Node = node['right'];
  const probe = probeOf(node, written, 0, walk);
  const head = headOf(node['left']);
  if (head) walk.hint(value, head, head.replace(/\.prototype\./, '.'));
  walk.visit(node['left']);
  walk.insert(value.start, value.type === 'SequenceExpression' ? `${probe}(` : probe);
  walk.visit(value);
  walk.insert(value.end, value.type === 'SequenceExpression' ? '))' : ')');
}

export function updated(node: Node, walk: Walk): void {
  const written = walk.fn.looked?.writes.get(node);
  if (written === undefined) return walk.visit(node['argument']);
  const step = node['prefix'] ? 0 : node['operator'] === '++' ? INCREMENT : DECREMENT;
  around(node, written, step, walk, () => walk.visit(node['argument']));
}

function around(node: Node, written: Written, step: number, walk: Walk, visit: () => void): void {
  const space = afterWord(walk.text, node.start) ? ' ' : '';
  walk.insert(node.start, space + probeOf(node, written, step, walk));
  visit();
  walk.insert(node.end, ')');
}

function probeOf(node: Node, { isVariable, target }: Written, step: number, walk: Walk): string {
  const text = walk.text.slice(target.start, target.end).replace(/\s+/g, ' ');
  const name = text.length > MAX_TARGET ? `${text.slice(0, MAX_TARGET - 1)}…` : text;
  const site = walk.site('write', node, headOf(target) || 'write');
  const role = (isVariable ? Role.VARIABLE : Role.PROPERTY) + step;
  return `$imU(${walk.word(VALUE, site)},$imu,${role},${JSON.stringify(name)},`;
}
