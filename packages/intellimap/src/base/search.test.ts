import { expect, test } from 'vitest';
import { lastUpTo, lowest } from './search.ts';

//             0  1  2  3  4  5
const rising = [0, 5, 5, 5, 8, 9];

test.each([
  [-1, -1, 0],
  [0, 0, 0],
  [4, 0, 1],
  [5, 3, 1],
  [7, 3, 4],
  [8, 4, 4],
  [9, 5, 5],
  [10, 5, 6],
])('%d: the last up to it, the first from it on', (value, last, first) => {
  expect(lastUpTo(rising, value)).toBe(last);
  expect(lowest(rising.length, (n) => rising[n] >= value)).toBe(first);
});

test('of none', () => {
  expect(lastUpTo([], 1)).toBe(-1);
  expect(lowest(0, () => true)).toBe(0);
});
