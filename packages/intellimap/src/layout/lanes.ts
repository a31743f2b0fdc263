/** Ways between cards: where an edge passes a stack that it only goes by. Pure. */
import type { Box } from './place.ts';

/** What is free of cards in the stretch from `x0` to `x1`, from top to bottom. */
export interface Lane {
  x0: number;
  x1: number;
  gaps: { from: number; to: number; passing: number }[];
}

/** Kept free beside cards. */
const MARGIN = 5;
/** Between edges that pass the same gap. */
const SPREAD = 3;
/** Above and below all. */
const OUTSIDE = 40;

/** Lanes of all stacks, from left to right. */
export function lanesOf(cards: readonly Box[], width: number): Lane[] {
  const starts = [...new Set(cards.map(({ x }) => x))].toSorted((a, b) => a - b);
  return starts.map((x0) => {
    const x1 = x0 + width;
    const within = cards.filter(({ x, w }) => x < x1 && x + w > x0).toSorted((a, b) => a.y - b.y);
    const gaps: Lane['gaps'] = [];
    let from = -OUTSIDE;
    for (const { y, h } of within) {
      if (y - MARGIN > from) gaps.push({ from, to: y - MARGIN, passing: 0 });
      from = Math.max(from, y + h + MARGIN);
    }
    gaps.push({ from, to: Infinity, passing: 0 });
    return { x0, x1, gaps };
  });
}

/** Where an edge that wants to be at `y` passes; edges in a narrow gap lie beside each other. */
export function pass({ gaps }: Lane, y: number): number {
  const distance = ({ from, to }: Lane['gaps'][number]): number => Math.max(0, from - y, y - to);
  const gap = gaps.reduce((best, each) => (distance(each) < distance(best) ? each : best));
  if (y >= gap.from && y <= gap.to && gap.to - gap.from > 4 * MARGIN) return y;
  const nth = gap.passing++;
  const shift = (nth % 2 === 0 ? 1 : -1) * Math.ceil(nth / 2) * SPREAD;
  const inner = y < gap.from ? gap.from : Math.min(y, gap.to);
  return Math.min(gap.to, Math.max(gap.from, inner === gap.from ? gap.from + Math.abs(shift) : inner - Math.abs(shift)));
} // prettier-ignore
