/** A stretch of time that is looked at: zoomed, moved, and what is asked of the server to draw it. Pure. */

/** µs since the run began. */
export type Stretch = readonly [from: number, to: number];

/** Nothing shorter is looked at, µs: times of plain calls are told to no more than a fraction of one. */
export const SHORTEST = 20;

export const lengthOf = ([from, to]: Stretch): number => to - from;
export const has = ([from, to]: Stretch, t: number): boolean => t >= from && t <= to;
export const hasAll = (outer: Stretch, inner: Stretch): boolean =>
  outer[0] <= inner[0] && outer[1] >= inner[1];

/** Moved, and cut where it is longer, so that it lies within `whole`. */
export function within([from, to]: Stretch, whole: Stretch): Stretch {
  const length = Math.min(Math.max(to - from, SHORTEST), Math.max(lengthOf(whole), SHORTEST));
  const start = Math.max(whole[0], Math.min(from, whole[1] - length));
  return [start, start + length];
}

/** Zoomed so that `at` keeps its place; `factor` below 1 shows less time. */
export function zoomed(stretch: Stretch, at: number, factor: number, whole: Stretch): Stretch {
  const length = Math.max(SHORTEST, Math.min(lengthOf(stretch) * factor, lengthOf(whole)));
  const share = (at - stretch[0]) / lengthOf(stretch);
  return within([at - share * length, at + (1 - share) * length], whole);
}

/** Moved by a share of its length. */
export function moved([from, to]: Stretch, share: number, whole: Stretch): Stretch {
  const by = (to - from) * share;
  return within([from + by, to + by], whole);
}

/** As little moved as brings `t` into view; where it was in view already, itself. Beyond an edge `t` comes to a fifth of the view. */
export function revealing(stretch: Stretch, t: number, whole: Stretch): Stretch {
  if (has(stretch, t)) return stretch;
  const length = lengthOf(stretch);
  const start = t < stretch[0] ? t - length * 0.8 : t - length * 0.2;
  return within([start, start + length], whole);
}

/** Shows all of another stretch, with a tenth of air on each side. */
export function fitting([from, to]: Stretch, whole: Stretch): Stretch {
  const air = Math.max((to - from) * 0.1, SHORTEST / 2);
  return within([from - air, to + air], whole);
}

/** What the server is asked to draw a stretch that is `px` wide. */
export interface WindowAsk {
  t0: number;
  t1: number;
  px: number;
}

/** µs of a pixel, rounded to the nearest power of two, from 1: zooming a little asks for what is there already. */
export const resolutionOf = (stretch: Stretch, px: number): number =>
  2 ** Math.max(0, Math.round(Math.log2(lengthOf(stretch) / Math.max(1, px))));

/** Three times what is seen, so that a pan finds it there; borders lie at multiples of a half of the view, so that pans ask the same. */
export function asking(stretch: Stretch, px: number, whole: Stretch): WindowAsk {
  const resolution = resolutionOf(stretch, px);
  const grid = resolution * 2 ** Math.floor(Math.log2(Math.max(1, px / 2)));
  const t0 = Math.max(down(stretch[0] - lengthOf(stretch), grid), down(whole[0], resolution));
  const t1 = Math.min(up(stretch[1] + lengthOf(stretch), grid), up(whole[1], resolution));
  return { t0, t1, px: Math.max(1, Math.round((t1 - t0) / resolution)) };
}

/** Whether an answer is good enough for what is seen: it has all of it, as fine as the screen shows it. */
export function isEnough(
  answer: { t0: number; t1: number; resolution: number },
  stretch: Stretch,
  px: number,
  whole: Stretch,
): boolean {
  const needed: Stretch = [Math.max(stretch[0], whole[0]), Math.min(stretch[1], whole[1])];
  return hasAll([answer.t0, answer.t1], needed) && answer.resolution === resolutionOf(stretch, px);
}

const down = (t: number, grid: number): number => Math.floor(t / grid) * grid;
const up = (t: number, grid: number): number => Math.ceil(t / grid) * grid;
