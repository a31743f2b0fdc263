/** How much a figure grew, and how well that is known. Hodges & Lehmann 1963; the intervals invert the signed-rank and the rank-sum test. Pure. */
import { sum } from '../../base/numbers.ts';

/** In the logarithm. */
export interface Estimate {
  middle: number;
  /** 95 %, two-sided. */
  low: number;
  high: number;
  /** Growth that would be found with a chance of 9 in 10 (approximation by Student's distribution). */
  resolution: number;
}

/** Of the normal distribution: 95 % two-sided; 90 % one-sided. */
const Z_INTERVAL = 1.96;
const Z_POWER = 1.282;

/** @param differences by pair @param alpha level at which growth is believed */
export function estimatePairs(differences: readonly number[], alpha: number): Estimate {
  const values = differences.filter(Number.isFinite);
  const n = values.length;
  const walsh = values.flatMap((a, i) => values.slice(i).map((b) => (a + b) / 2)).toSorted(byValue);
  const spread = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24);
  const deviation = robustDeviation(values) / Math.sqrt(n);
  return { ...around(walsh, (n * (n + 1)) / 4, spread), resolution: found(deviation, n - TRIMMED, alpha) };
}

/** The same of runs that are no pairs. */
export function estimateApart(
  base: readonly number[],
  candidate: readonly number[],
  alpha: number,
): Estimate {
  const [a, b] = [base.filter(Number.isFinite), candidate.filter(Number.isFinite)];
  const differences = b.flatMap((each) => a.map((other) => each - other)).toSorted(byValue);
  const spread = Math.sqrt((a.length * b.length * (a.length + b.length + 1)) / 12);
  const deviation = Math.hypot(
    robustDeviation(a) / Math.sqrt(a.length),
    robustDeviation(b) / Math.sqrt(b.length),
  );
  return {
    ...around(differences, (a.length * b.length) / 2, spread),
    resolution: found(deviation, a.length + b.length - 2 * TRIMMED, alpha),
  };
}

/** Middle of sorted values, and those that cut off what is unlikely: Hollander & Wolfe 1999, (3.32) and (4.36). */
function around(values: readonly number[], mean: number, spread: number): Omit<Estimate, 'resolution'> {
  if (values.length === 0) return { middle: NaN, low: -Infinity, high: Infinity };
  const half = values.length / 2;
  const middle = (values[Math.ceil(half) - 1] + values[Math.floor(half)]) / 2;
  const cut = Math.floor(mean - Z_INTERVAL * spread);
  if (cut < 1) return { middle, low: -Infinity, high: Infinity };
  return { middle, low: values[cut - 1], high: values[values.length - cut] };
}

/** Degrees of freedom that go: the mean's, and those of the two values that are moved in. */
const TRIMMED = 3;

/** Of the middle part: the two values farthest out are moved in, and what that takes away is given back (Tukey & McLaughlin 1963). */
function robustDeviation(values: readonly number[]): number {
  const n = values.length;
  if (n < 4) return Infinity;
  const order = values.toSorted(byValue);
  order[0] = order[1];
  order[n - 1] = order[n - 2];
  const mean = sum(order) / n;
  const variance = sum(order.map((value) => (value - mean) ** 2)) / (n - 1);
  return Math.sqrt(variance) / (1 - 2 / n);
}

/** Quantile of Student's distribution from that of the normal one (Cornish & Fisher, first two terms). */
const student = (z: number, freedom: number): number =>
  z + (z ** 3 + z) / (4 * freedom) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2);

const found = (error: number, freedom: number, alpha: number): number =>
  freedom < 2 ? Infinity : error * (student(normalQuantile(1 - alpha), freedom) + student(Z_POWER, freedom));

/** Acklam's rational approximation would be closer; Hastings 1955 (Abramowitz & Stegun 26.2.23) is within 4.5e-4, which is plenty here. */
function normalQuantile(p: number): number {
  const t = Math.sqrt(-2 * Math.log(1 - p));
  return (
    t -
    (2.515517 + 0.802853 * t + 0.010328 * t * t) /
      (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t)
  );
}

const byValue = (a: number, b: number): number => a - b;
