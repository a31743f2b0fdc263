/** Steps of the heat ramp. Pure. */
import type { Metric } from './picture.ts';

/**
 * Each step is so many times the one below. How many depends on how far the hottest is from the middle one: calls of functions span more decades than their
 * times, and a ramp for both would show one hot function in either.
 */
const FACTOR = { least: 3, most: 16 };
const STEPS = 5;
const COVERAGE_STEPS = [Number.MIN_VALUE, 0.25, 0.5, 0.75, 1];

/** Lower bounds of the steps 1 … 5; below the first is step 0. null: there is nothing to colour. */
export function heatSteps(metric: Metric, values: Float64Array): number[] | null {
  const known = values.filter((value) => value > 0).toSorted();
  const max = known.at(-1);
  if (max === undefined) return null;
  if (metric === 'coverage') return COVERAGE_STEPS;
  const middle = known[known.length >> 1];
  const factor = Math.min(FACTOR.most, Math.max(FACTOR.least, (max / middle) ** (1 / (STEPS - 1))));
  // What is nearly as hot as the hottest is hot.
  const bounds = Array.from({ length: STEPS - 1 }, (_, n) => max / factor ** (n + 0.7)).toReversed();
  return [Number.MIN_VALUE, ...bounds];
}

/** 0 … 5; −1: not known. */
export function heatOf(value: number, steps: readonly number[]): number {
  if (Number.isNaN(value)) return -1;
  let step = 0;
  while (step < steps.length && value >= steps[step]) step++;
  return step;
}
