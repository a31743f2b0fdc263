import { expect, test } from 'vitest';
import { medianRange } from '../base/median-range.ts';
import { learned } from './measure-plan.ts';
import { childrenMs } from './processor-time.ts';

test('what shells tell of processor times', () => {
  // dash, bash, and bash where numbers have commas: the second line is of what was started.
  expect(childrenMs('0m0.000000s 0m0.010000s\n1m2.500000s 0m0.250000s\n')).toBe(62_750);
  expect(childrenMs('0m0.001s 0m0.002s\n0m1.234s 0m0.111s\n')).toBeCloseTo(1345);
  expect(childrenMs('0m0,001s 0m0,002s\n0m1,000s 0m0,500s\n')).toBe(1500);
  expect(childrenMs('')).toBeNaN();
});

test('where a median lies, by ranks', () => {
  expect(medianRange([3, 1, 2])).toEqual({ median: 2, low: 1, high: 3 });
  const hundred = Array.from({ length: 100 }, (_, at) => at);
  expect(medianRange(hundred)).toEqual({ median: 49.5, low: 40, high: 59 });
});

test('what a call costs is learned from what is left when looking and reading are taken off', () => {
  // Of 40 % = 400 ms, 20 are looking, 120 are reading: 260 for what was calibrated as 130.
  const calls = { inThreads: 130e6, reading: 120e6 };
  expect(learned(40, { fixed: 20e6, following: [] }, calls)).toBe(2);
  // Too little to tell from noise.
  expect(learned(6, { fixed: 20e6, following: [] }, calls)).toBeUndefined();
  // Whatever was measured: no call is for free.
  expect(learned(13, { fixed: 20e6, following: [] }, calls)).toBe(0.2);
});
