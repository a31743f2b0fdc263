import { expect, test } from 'vitest';
import { heatOf, heatSteps } from './heat.ts';

const shown = (metric: 'self' | 'coverage', values: number[]): string => {
  const steps = heatSteps(metric, Float64Array.from(values));
  return steps === null ? 'nothing' : values.map((value) => heatOf(value, steps)).join(' ');
};

test('steps count in fives below the hottest; what is not known has none', () => {
  expect(shown('self', [0, 0.001, 1, 5, 40, 100, NaN])).toBe('0 1 2 3 5 5 -1');
});

test('coverage in quarters', () => {
  expect(shown('coverage', [0, 0.1, 0.25, 0.6, 0.8, 1])).toBe('0 1 2 3 4 5');
});

test('nothing to colour', () => {
  expect(shown('self', [0, NaN])).toBe('nothing');
});
