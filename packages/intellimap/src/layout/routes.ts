/** Edges as curves between sides of boxes. Pure. */
import type { Box } from './place.ts';

/** Boxes whose sides are no further apart stand in the same stack. */
const BESIDE = 1;

/** Cubic Bézier curve from one box to another: from x, y · control points · to x, y. */
export type Curve = [number, number, number, number, number, number, number, number];

/**
 * To what stands right: from the right side to the left one. To what stands left: the other way round. Below each other: straight when nothing stands between,
 * else beside the boxes.
 *
 * @param isNext nothing stands between them
 */
export function route(from: Box, to: Box, isNext: boolean): Curve {
  const [y1, y2] = [from.y + from.h / 2, to.y + to.h / 2];
  if (to.x >= from.x + from.w - BESIDE) return sideways(from.x + from.w, y1, to.x, y2);
  if (to.x + to.w <= from.x + BESIDE) return sideways(from.x, y1, to.x + to.w, y2);
  if (isNext) return upright(from, to);
  // Callers' edges leave on the right, those that go up on the left, so that the two do not lie upon each other.
  const isDown = y2 > y1;
  const [x1, x2] = isDown ? [from.x + from.w, to.x + to.w] : [from.x, to.x];
  const bend = (isDown ? 1 : -1) * Math.min(36, 12 + Math.abs(y2 - y1) / 12);
  const outer = (isDown ? Math.max(x1, x2) : Math.min(x1, x2)) + bend;
  return [x1, y1, outer, y1, outer, y2, x2, y2];
}

function sideways(x1: number, y1: number, x2: number, y2: number): Curve {
  const reach = (x2 - x1) / 2;
  return [x1, y1, x1 + reach, y1, x2 - reach, y2, x2, y2];
}

/** From the lower side of the upper one to the upper side of the lower one, in the middle of what they share. */
function upright(from: Box, to: Box): Curve {
  const x = (Math.max(from.x, to.x) + Math.min(from.x + from.w, to.x + to.w)) / 2;
  const [y1, y2] = to.y > from.y ? [from.y + from.h, to.y] : [from.y, to.y + to.h];
  return [x, y1, x, (2 * y1 + y2) / 3, x, (y1 + 2 * y2) / 3, x, y2];
}
