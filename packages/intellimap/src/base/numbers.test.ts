import { expect, test } from 'vitest';
import { median, sum } from './numbers.ts';

test.each([
  [[], 0, NaN],
  [[7], 7, 7],
  [[9, 1, 5], 15, 5],
  [[10, 2, 4, 1], 17, 3],
])('%j: the sum is %d, the median %d', (numbers, total, middle) => {
  expect(sum(numbers)).toBe(total);
  expect(median(numbers)).toBe(middle);
});
