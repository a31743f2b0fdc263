import { expect, test } from 'vitest';
import { heatOf, heatSteps } from './heat.ts';

const shown = (metric: 'self' | 'coverage', values: number[]): string => {
  const steps = heatSteps(metric, Float64Array.from(values));
  return steps === null ? 'nothing' : values.map((value) => heatOf(value, steps)).join(' ');
};

test('from the middle to the hottest in five steps; what is not known has none', () => {
  expect(shown('self', [0, 0.001, 1, 5, 20, 100, NaN])).toBe('0 1 1 2 4 5 -1');
  expect(shown('self', [1, 1, 1, 100, 1e4, 1e6, NaN])).toBe('1 1 1 1 3 5 -1');
});

test('of alike ones all are hot', () => {
  expect(shown('self', [7, 7, 8])).toBe('5 5 5');
});

test('coverage in quarters', () => {
  expect(shown('coverage', [0, 0.1, 0.25, 0.6, 0.8, 1])).toBe('0 1 2 3 4 5');
});

test('nothing to colour', () => {
  expect(shown('self', [0, NaN])).toBe('nothing');
});
