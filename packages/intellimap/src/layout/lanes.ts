/** Ways between cards: where an edge passes a stack that it only goes by. Pure. */
import type { Box } from './place.ts';
import { GAP_X } from './sizes.ts';

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

/** Ways of a map. */
export interface Ways {
  /** Of all stacks, from left to right. */
  lanes: Lane[];
  /** Cards that stand over more than one stack. */
  wide: Box[];
}

/** @param width of an ordinary card */
export function waysOf(cards: readonly Box[], width: number): Ways {
  return { lanes: lanesOf(cards, width), wide: cards.filter(({ w }) => w > width) };
}

function lanesOf(cards: readonly Box[], width: number): Lane[] {
  // A wide card stands over several stacks, of which some may have no other card.
  const stacks = cards.flatMap(({ x, w }) =>
    Array.from({ length: Math.ceil(w / (width + GAP_X)) }, (_, n) => x + n * (width + GAP_X)),
  );
  const starts = [...new Set(stacks)].toSorted((a, b) => a - b);
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

/** Where an edge that wants to be at `y` passes, between `top` and `bottom` if it can; edges in a narrow gap lie beside each other. */
export function pass({ gaps }: Lane, y: number, [top, bottom]: readonly [number, number]): number {
  const open = gaps.filter(({ from, to }) => from <= bottom && to >= top);
  const wanted = Math.min(bottom, Math.max(top, y));
  const distance = ({ from, to }: Lane['gaps'][number]): number => Math.max(0, from - wanted, wanted - to);
  const gap = (open.length > 0 ? open : gaps).reduce((best, each) => (distance(each) < distance(best) ? each : best));
  const [from, to] = open.length > 0 ? [Math.max(gap.from, top), Math.min(gap.to, bottom)] : [gap.from, gap.to];
  if (wanted > from && wanted < to && to - from > 4 * MARGIN) return wanted;
  const shift = SPREAD * Math.ceil(gap.passing++ / 2);
  return wanted <= from ? Math.min(to, from + shift) : Math.max(from, Math.min(wanted, to) - shift);
} // prettier-ignore

/** On which side of wide cards an edge stays while it passes the stacks below them: on that where it has to be at their ends. */
export function bounds(
  { x0, x1 }: Lane,
  wide: readonly Box[],
  [from, to]: readonly [number, number],
  yAt: (x: number) => number,
): [top: number, bottom: number] {
  let [top, bottom] = [-Infinity, Infinity];
  for (const { x, y, w, h } of wide) {
    if (x >= x1 || x + w <= x0) continue;
    const end = x + w > to ? to : x < from ? from : x + w / 2;
    if (yAt(end) < y + h / 2) bottom = Math.min(bottom, y - MARGIN);
    else top = Math.max(top, y + h + MARGIN);
  }
  return top <= bottom ? [top, bottom] : [-Infinity, Infinity];
}
