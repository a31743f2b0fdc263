import { expect, test } from 'vitest';
import { ThreadIds, threadIdMemory } from './thread-ids.ts';

test('the program counts without threads of ours', () => {
  const ids = new ThreadIds(threadIdMemory());
  // Node's numbers:   1    2    3    4    5    6
  // of ours:          x         x    x
  for (const own of [1, 3, 4]) ids.own(own);
  expect([0, 2, 5, 6].map((id) => ids.shown(id))).toEqual([0, 1, 2, 3]);
  // An ended worker has no number.
  expect(ids.shown(-1)).toBe(-1);
});

test('a number stays, whatever becomes known of threads before', () => {
  const ids = new ThreadIds(threadIdMemory());
  expect([1, 3].map((id) => ids.shown(id))).toEqual([1, 2]);
  ids.own(2);
  ids.own(3);
  expect([1, 3, 4].map((id) => ids.shown(id))).toEqual([1, 2, 3]);
});

test('all threads of the process count alike, and numbers without end are left as they are', () => {
  const memory = threadIdMemory();
  new ThreadIds(memory).own(31);
  new ThreadIds(memory).own(1 << 20);
  expect([40, 31, 1 << 20].map((id) => new ThreadIds(memory).shown(id))).toEqual([1, -32, 1 << 20]);
  expect([64, 40, 31].map((id) => new ThreadIds(memory).shown(id))).toEqual([2, 1, -32]);
});
