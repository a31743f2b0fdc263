/** Where an arrow key leads: the nearest box in its direction. Pure. */
import type { BoxColumns } from '../../../scene/grid.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** What lies aside counts so many times what lies ahead. */
const ASIDE = 2.5;

/**
 * @param from place of a box; −1: the walk begins, at the upper left one
 * @returns place of the next box; `from` when there is none
 */
export function next(
  boxes: BoxColumns,
  from: number,
  direction: Direction,
  isThere: (at: number) => boolean = () => true,
): number {
  const there = Array.from({ length: boxes.x.length }, (_, at) => at).filter(isThere);
  if (from < 0) return least(there, (at) => boxes.x[at] + boxes.y[at]) ?? -1;
  const mine = middle(boxes, from);
  const isAcross = direction === 'left' || direction === 'right';
  const sign = direction === 'left' || direction === 'up' ? -1 : 1;
  const ahead = (at: number): number =>
    sign * (isAcross ? middle(boxes, at).x - mine.x : middle(boxes, at).y - mine.y);
  const aside = (at: number): number => (isAcross ? gap(boxes.y, boxes.h, from, at) : gap(boxes.x, boxes.w, from, at)); // prettier-ignore
  const candidates = there.filter((at) => at !== from && ahead(at) > 1);
  return least(candidates, (at) => ahead(at) + ASIDE * aside(at)) ?? from;
}

const middle = ({ x, y, w, h }: BoxColumns, at: number): { x: number; y: number } => ({
  x: x[at] + w[at] / 2,
  y: y[at] + h[at] / 2,
});

/** Between two stretches; where they overlap, a little for middles that differ. */
function gap(start: ArrayLike<number>, length: ArrayLike<number>, a: number, b: number): number {
  const between = Math.max(start[a], start[b]) - Math.min(start[a] + length[a], start[b] + length[b]);
  const middles = Math.abs(start[a] + length[a] / 2 - start[b] - length[b] / 2);
  return Math.max(0, between) + middles / 8;
}

function least(all: readonly number[], of: (at: number) => number): number | undefined {
  let best: number | undefined;
  let value = Infinity;
  for (const at of all) {
    const mine = of(at);
    if (mine < value) [best, value] = [at, mine];
  }
  return best;
}

/** Cells of a card: neighbours in its rows. −1: the walk leaves the card. */
export function nextCell(cell: number, count: number, perRow: number, direction: Direction): number {
  const column = cell % perRow;
  const to = { left: column === 0 ? -1 : cell - 1, right: column === perRow - 1 ? -1 : cell + 1, up: cell - perRow, down: cell + perRow }[direction]; // prettier-ignore
  return to < 0 || to >= count ? -1 : to;
}
