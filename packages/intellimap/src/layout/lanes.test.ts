/** Where edges pass stacks: cards of 42 px with gaps of 20 px. */
import { expect, test } from 'vitest';
import { bounds, pass, waysOf } from './lanes.ts';
import type { Box } from './place.ts';
import { GAP_X } from './sizes.ts';

const card = (x: number, y: number, w = 170, h = 42): Box => ({ x, y, w, h });
const ANYWHERE = [-Infinity, Infinity] as const;

test('gaps are what cards leave free', () => {
  const { lanes } = waysOf([card(0, 62), card(0, 0), card(300, 0)], 170);
  expect(lanes.map(({ x0, x1 }) => [x0, x1])).toEqual([[0, 170], [300, 470]]); // prettier-ignore
  expect(lanes[0].gaps.map(({ from, to }) => [from, to])).toEqual([[-40, -5], [47, 57], [109, Infinity]]); // prettier-ignore
});

test('a wide card stands in the way of all stacks below it', () => {
  const { lanes, wide } = waysOf([card(0, 0, 2 * 170 + GAP_X), card(0, 62)], 170);
  expect(lanes.map(({ gaps }) => gaps.map(({ from }) => from))).toEqual([[-40, 47, 109], [-40, 47]]); // prettier-ignore
  expect(wide).toHaveLength(1);
});

test('an edge passes in the nearest gap; those in a narrow one beside each other', () => {
  const [lane] = waysOf([card(0, 0), card(0, 62), card(0, 124)], 170).lanes;
  expect(pass(lane, 500, ANYWHERE)).toBe(500);
  expect([60, 60, 60, 40].map((y) => pass(lane, y, ANYWHERE))).toEqual([57, 54, 54, 53]);
  expect(pass(lane, 60, [90, Infinity])).toBe(109);
});

test('an edge stays on the side of a wide card where its end is', () => {
  const lane = waysOf([card(0, 0)], 170).lanes[0];
  const wide = [card(-100, 100, 400, 100)];
  expect(bounds(lane, wide, [-200, 1000], () => 120)).toEqual([-Infinity, 95]);
  expect(bounds(lane, wide, [-200, 1000], () => 180)).toEqual([205, Infinity]);
  // It ends below the wide card, so it goes below from its beginning.
  expect(bounds(lane, wide, [-200, 200], (x) => (x === 200 ? 300 : 0))).toEqual([205, Infinity]);
});
