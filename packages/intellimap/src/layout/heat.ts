/** Steps of the heat ramp. Pure. */
import type { Metric } from './picture.ts';

/** Each step is so many times the one below: the ramp spans three decades below the hottest, so that what takes a third of it still is hot. */
const FACTOR = 5;
const STEPS = 5;
const COVERAGE_STEPS = [Number.MIN_VALUE, 0.25, 0.5, 0.75, 1];

/** Lower bounds of the steps 1 … 5; below the first is step 0. null: there is nothing to colour. */
export function heatSteps(metric: Metric, values: Float64Array): number[] | null {
  let max = 0;
  for (const value of values) if (value > max) max = value;
  if (max === 0) return null;
  if (metric === 'coverage') return COVERAGE_STEPS;
  const top = max / FACTOR ** 0.7;
  const bounds = Array.from({ length: STEPS - 1 }, (_, n) => top / FACTOR ** n).toReversed();
  return [Number.MIN_VALUE, ...bounds];
}

/** 0 … 5; −1: not known. */
export function heatOf(value: number, steps: readonly number[]): number {
  if (Number.isNaN(value)) return -1;
  let step = 0;
  while (step < steps.length && value >= steps[step]) step++;
  return step;
}
