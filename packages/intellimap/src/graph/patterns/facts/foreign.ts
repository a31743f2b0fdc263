/** Data of others. */
import { textOf } from '../../tree/tree.ts';
import { isGlobal } from './names.ts';
import type { Source } from '../source.ts';

/** No constant, no enum, no member of the language: `order.total`, not `Color.RED` or `list.length`. */
export function isPlainData(file: Source, member: number, object: number): boolean {
  const { tree } = file;
  if (isGlobal(file, object)) return false;
  const name = textOf(tree, tree.after[member] - 1);
  return !/^[A-Z]/.test(textOf(tree, object)) && !/^[A-Z]/.test(name) && name !== 'length' && name !== 'size';
}
