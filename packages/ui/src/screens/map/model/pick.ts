/** What is at a point of the map. Pure. */
import type { Shown } from '../draw/shown.ts';
import type { Item } from './items.ts';
import { cellAtPoint } from './model.ts';

/** Cells smaller than this on the screen cannot be aimed at: the card is meant. */
const AIMED_SCALE = 0.7;

/** @param k px of the screen per px of the map */
export function itemAt(
  { model, level, open, modules }: Shown,
  at: { x: number; y: number },
  k: number,
): Item | null {
  if (level === 'system') {
    const group = model.systemGrid.at(at);
    return group < 0 ? null : { kind: 'group', at: group };
  }
  if (level === 'function' && open !== null) {
    const node = open.nodes[open.grid.at(at)];
    if (node === undefined || node.kind === 'body') return null;
    return { kind: node.kind === 'function' ? 'function' : 'module', at: node.at };
  }
  const module = model.cards.at(at, 2 / k);
  if (module < 0 || (modules !== null && !modules.has(module))) return null;
  const cell = k < AIMED_SCALE ? -1 : cellAtPoint(model, module, at);
  return cell < 0 ? { kind: 'module', at: module } : { kind: 'function', at: cell };
}
