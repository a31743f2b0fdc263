/** Curves of edges. Pure. */
import type { Box } from '../../../scene/view.ts';

/** Cubic Bézier: from x, y · control points · to x, y. */
export type Curve = readonly [number, number, number, number, number, number, number, number];

/** How far a curve swings out that goes between boxes above each other. */
const SWING = 28;

/** From the right side of a box to the left side of one right of it; to what stands left, the other way round; else around the right sides. */
export function curveBetween(from: Box, to: Box): Curve {
  const [y1, y2] = [from.y + from.h / 2, to.y + to.h / 2];
  if (to.x >= from.x + from.w) return sideways(from.x + from.w, y1, to.x, y2);
  if (to.x + to.w <= from.x) return sideways(from.x, y1, to.x + to.w, y2);
  const x = Math.max(from.x + from.w, to.x + to.w);
  return [from.x + from.w, y1, x + SWING, y1, x + SWING, y2, to.x + to.w, y2];
}

function sideways(x1: number, y1: number, x2: number, y2: number): Curve {
  const reach = (x2 - x1) / 2;
  return [x1, y1, x1 + reach, y1, x2 - reach, y2, x2, y2];
}

/** A point of a curve, 0 … 1 along it. */
export function pointOn(curve: ArrayLike<number>, from: number, part: number): { x: number; y: number } {
  const rest = 1 - part;
  const [a, b, c, d] = [rest ** 3, 3 * rest * rest * part, 3 * rest * part * part, part ** 3];
  return {
    x: a * curve[from] + b * curve[from + 2] + c * curve[from + 4] + d * curve[from + 6],
    y: a * curve[from + 1] + b * curve[from + 3] + c * curve[from + 5] + d * curve[from + 7],
  };
}
