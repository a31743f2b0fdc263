import { expect, test } from 'vitest';
import { barsOf, type Density, errorBuckets, ticksOf, timeAt, xOf } from './density.ts';

const density = (calls: number[], errors: number[] = []): Density => ({
  from: 0,
  to: calls.length * 10,
  resolution: 10,
  calls,
  errors,
  lost: [],
});
const frame = { width: 100, height: 50 };

test('a click goes to the time that is drawn there', () => {
  const run = density([1, 2, 3, 4]);
  for (const t of [0, 7, 20, 40]) expect(timeAt(xOf(t, run, frame), run, frame)).toBeCloseTo(t);
  expect([timeAt(-5, run, frame), timeAt(500, run, frame)]).toEqual([0, 40]);
});

test('nothing has no bar, little has one that is seen, the most is as high as there is room', () => {
  const shares = barsOf(density([0, 1, 100]), frame).map(({ share }) => share);
  expect(shares).toEqual([0.1, 1]);
});

test('more buckets than pixels are added up, none is left out', () => {
  const bars = barsOf(density(Array.from({ length: 1000 }, (_, at) => (at === 999 ? 5 : 0))), frame);
  expect(bars).toHaveLength(1);
  expect(bars[0].share).toBe(1);
});

test('each bucket with errors has its tick', () => {
  expect(errorBuckets(density([], [0, 2, 0, 1]))).toEqual([
    { bucket: 1, count: 2 },
    { bucket: 3, count: 1 },
  ]);
});

test('labels stand at round times, and have room', () => {
  const run = { ...density([]), to: 7_835_277 };
  expect(ticksOf(run, { width: 1000, height: 50 })).toEqual([0, 1e6, 2e6, 3e6, 4e6, 5e6, 6e6, 7e6]);
  expect(ticksOf(run, { width: 200, height: 50 })).toEqual([0, 5e6]);
});
