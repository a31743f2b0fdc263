/**
 * From when on a program did the same all the time: its warm-up is found in what was sampled, not fixed. Pure.
 *
 * Busy samples are cut into windows of equal number, so that each is as uncertain as the others. A window's distance is how much of it lies in other functions
 * than the second half of the run has (total variation, 0 … 1): loading, compilation, first requests show as large ones. Where the warm-up ends in that series is said by
 * MSER-5: means of five windows each; the start is cut off where the standard error of what remains is least. After K. P. White Jr., "An Effective Truncation
 * Heuristic for Bias Reduction in Simulation Output", Simulation 69 (1997), and K. P. White Jr., M. J. Cobb and S. C. Spratt, "A Comparison of Five Steady-State
 * Truncation Heuristics for Simulation", Winter Simulation Conference 2000. As there, a cut behind the middle is no answer: then there is none.
 * That the remainder stays the same is looked at once more: its halves may not lie apart by more than they scatter.
 */

type Micros = number;

/** What was on top of the stack, and when. */
export interface BusySample {
  at: Micros;
  key: string;
}

export type SteadyState =
  | {
      found: true;
      /** µs since the run began. */
      from: Micros;
      /** Busy samples before, and from then on. */
      before: number;
      samples: number;
    }
  | { found: false; why: string };

/** Samples of a window, at least; and windows, at least and at most. Windows are taken by fives. */
const WINDOW_SAMPLES = 20;
const LEAST_WINDOWS = 25;
const MOST_WINDOWS = 200;
const BATCH = 5;
/** Means that lie so many standard errors apart are not the same. */
const APART = 3;
/** Differences of mix below are no matter, however sure they are. */
const SLIGHT = 0.05;

/** @param samples by time, none of them idle */
export function steadyState(samples: readonly BusySample[]): SteadyState {
  const needed = LEAST_WINDOWS * WINDOW_SAMPLES;
  if (samples.length < needed)
    return { found: false, why: `too few samples: ${samples.length} of ${needed} while something ran` };
  const size = Math.max(WINDOW_SAMPLES, Math.ceil(samples.length / MOST_WINDOWS));
  const count = Math.floor(samples.length / size);
  const distances = distancesOf(samples, size, count);
  const batches = batched(distances);
  const cut = truncation(batches);
  if (cut === undefined || !isFlat(batches.slice(cut)))
    return { found: false, why: 'what ran changed until the end' };
  const first = cut * BATCH * size;
  return { found: true, from: samples[first].at, before: first, samples: samples.length - first };
}

/** How much of each window lies elsewhere than the second half of them does. */
function distancesOf(samples: readonly BusySample[], size: number, count: number): number[] {
  const mixes = Array.from({ length: count }, (_, n) => mixOf(samples, n * size, (n + 1) * size));
  const late = mixOf(samples, Math.floor(count / 2) * size, count * size);
  return mixes.map((mix) => {
    let shared = 0;
    for (const [key, share] of mix) shared += Math.min(share, late.get(key) ?? 0);
    return 1 - shared;
  });
}

function mixOf(samples: readonly BusySample[], from: number, to: number): Map<string, number> {
  const mix = new Map<string, number>();
  for (let at = from; at < to; at++)
    mix.set(samples[at].key, (mix.get(samples[at].key) ?? 0) + 1 / (to - from));
  return mix;
}

/** Means of five each; what remains at the end is left out. */
const batched = (values: readonly number[]): number[] =>
  Array.from({ length: Math.floor(values.length / BATCH) }, (_, n) =>
    meanOf(values.slice(n * BATCH, (n + 1) * BATCH)),
  );

/** MSER: how many values are cut off at the start; undefined where that would be more than half. */
export function truncation(values: readonly number[]): number | undefined {
  let best = { cut: 0, error: Infinity };
  // The error of very few values is small by accident.
  for (let cut = 0; cut <= values.length - BATCH; cut++) {
    const rest = values.slice(cut);
    const error = squares(rest) / rest.length ** 2;
    if (error < best.error) best = { cut, error };
  }
  return best.cut > values.length / 2 ? undefined : best.cut;
}

function isFlat(values: readonly number[]): boolean {
  const middle = Math.floor(values.length / 2);
  const [a, b] = [values.slice(0, middle), values.slice(middle)];
  const difference = Math.abs(meanOf(a) - meanOf(b));
  const error = Math.sqrt(varianceOf(a) / a.length + varianceOf(b) / b.length);
  return difference <= SLIGHT || difference <= APART * error;
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function squares(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

const varianceOf = (values: readonly number[]): number =>
  values.length < 2 ? 0 : squares(values) / (values.length - 1);
