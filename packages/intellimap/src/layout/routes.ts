/** Edges as curves between sides of boxes. Pure. */
import { bounds, pass, type Ways } from './lanes.ts';
import type { Box } from './place.ts';

/** Boxes whose sides are no further apart stand in the same stack. */
const BESIDE = 1;

/** Cubic Bézier curve from one box to another: from x, y · control points · to x, y. */
export type Curve = [number, number, number, number, number, number, number, number];

/**
 * To what stands right: from the right side to the left one, between the cards of the stacks on the way. To what stands left: the other way round. Below each
 * other: straight when nothing stands between, else beside the boxes.
 *
 * @param isNext nothing stands between them
 * @param ways between other boxes. None: straight ahead
 */
export function route(from: Box, to: Box, isNext: boolean, ways: Ways = { lanes: [], wide: [] }): Curve[] {
  const [y1, y2] = [from.y + from.h / 2, to.y + to.h / 2];
  if (to.x >= from.x + from.w - BESIDE) return across(from, to, ways);
  if (to.x + to.w <= from.x + BESIDE) return across(to, from, ways).toReversed().map(turned);
  if (isNext) return [upright(from, to)];
  // Edges that go down leave on the right, those that go up on the left, so that the two do not lie upon each other.
  const isDown = y2 > y1;
  const [x1, x2] = isDown ? [from.x + from.w, to.x + to.w] : [from.x, to.x];
  const bend = (isDown ? 1 : -1) * Math.min(36, 12 + Math.abs(y2 - y1) / 12);
  const outer = (isDown ? Math.max(x1, x2) : Math.min(x1, x2)) + bend;
  return [[x1, y1, outer, y1, outer, y2, x2, y2]];
}

/** From the right side of the left box to the left side of the right one. */
function across(left: Box, right: Box, { lanes, wide }: Ways): Curve[] {
  const [x1, y1] = [left.x + left.w, left.y + left.h / 2];
  const [x2, y2] = [right.x, right.y + right.h / 2];
  const others = wide.filter((box) => box !== left && box !== right);
  // A wide card over the stack of an end is passed on the side where the end is.
  const yAt = (x: number): number => (x <= x1 ? y1 : x >= x2 ? y2 : y1 + ((y2 - y1) * (x - x1)) / (x2 - x1));
  const found: Curve[] = [];
  let [x, y] = [x1, y1];
  for (const lane of lanes) {
    if (lane.x0 < x1 - BESIDE || lane.x1 > x2 + BESIDE) continue;
    const at = pass(lane, yAt(lane.x0), bounds(lane, others, [x1, x2], yAt));
    found.push(sideways(x, y, lane.x0, at), sideways(lane.x0, at, lane.x1, at));
    [x, y] = [lane.x1, at];
  }
  return straightened([...found, sideways(x, y, x2, y2)]);
}

/** Straight pieces that follow each other at the same height become one. */
function straightened(curves: readonly Curve[]): Curve[] {
  const found: Curve[] = [];
  for (const curve of curves) {
    const last = found.at(-1);
    if (last !== undefined && isLevel(last) && isLevel(curve)) found.pop();
    found.push(last !== undefined && isLevel(last) && isLevel(curve) ? sideways(last[0], last[1], curve[6], curve[7]) : curve);
  }
  return found;
} // prettier-ignore

const isLevel = ([, y1, , , , , , y2]: Curve): boolean => y1 === y2;

const turned = ([x1, y1, x2, y2, x3, y3, x4, y4]: Curve): Curve => [x4, y4, x3, y3, x2, y2, x1, y1];

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
