import { expect, test } from 'vitest';
import { CountedOrigins } from './origins.ts';

/** Gives ids away as Node does. */
function ids(): { counter: () => number; take: (count?: number) => number } {
  let last = 10;
  return { counter: () => last, take: (count = 1) => (last += count) };
}

test('an id was given away between the two counts around it', () => {
  const { counter, take } = ids();
  const origins = new CountedOrigins(counter);
  const first = take();
  origins.settle(1);
  const second = take(3);
  origins.settle(2);
  origins.settle(3);
  const third = take();
  expect([first, second - 2, second, third].map((id) => origins.of(id))).toEqual([1, 2, 2, 0]);
  origins.settle(-7);
  expect(origins.of(third)).toBe(-7);
});

test('what is too long ago has no origin', () => {
  const { counter, take } = ids();
  const origins = new CountedOrigins(counter);
  const old = take();
  origins.settle(1);
  for (let turn = 2; turn < 70_000; turn++) {
    take();
    origins.settle(turn);
  }
  expect(origins.of(old)).toBe(0);
  expect(origins.of(counter())).toBe(69_999);
  expect(origins.of(counter() - 65_000)).toBe(4999);
});
