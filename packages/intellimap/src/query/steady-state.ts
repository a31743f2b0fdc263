/**
 * From when on did a program do the same all the time? Its warm-up is found in what was sampled, not fixed. Pure.
 *
 * Busy samples are cut into windows of equal number, so that each is as uncertain as the others. A window's distance is how much of it lies in other functions
 * than the second half of the run has (total variation, 0 … 1): loading, compilation and first requests show as large ones. Where that series settles is said by
 * MSER-5: means of five windows each; the start is cut off where the standard error of what remains is least. After K. P. White Jr., "An Effective Truncation
 * Heuristic for Bias Reduction in Simulation Output", Simulation 69 (1997), and K. P. White Jr., M. J. Cobb and S. C. Spratt, "A Comparison of Five Steady-State
 * Truncation Heuristics for Simulation", Winter Simulation Conference 2000. As there, at most half is cut off. Where nothing has to be cut, the least is found anywhere by accident:
 * so the first cut that is nearly as good is taken.
 *
 * That the remainder stays the same is looked at once more: its halves may not lie in other functions by more than chance, or a tenth.
 */
import { sum } from '../base/numbers.ts';

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
/** A cut whose error is larger than the least by so much is as good. */
const AS_GOOD = 1.3;
/** Mixes that lie further apart than this, and by so much more than chance would let them, are not the same. */
const SLIGHT = 0.1;
const BEYOND_CHANCE = 3;

/** @param samples by time, none of them idle */
export function steadyState(samples: readonly BusySample[]): SteadyState {
  const needed = LEAST_WINDOWS * WINDOW_SAMPLES;
  if (samples.length < needed)
    return { found: false, why: `too few samples: ${samples.length} of ${needed} while something ran` };
  const size = Math.max(WINDOW_SAMPLES, Math.ceil(samples.length / MOST_WINDOWS));
  const count = Math.floor(samples.length / size);
  const distances = distancesOf(samples, size, count);
  const first = truncation(batched(distances)) * BATCH * size;
  if (!isSame(samples, first)) return { found: false, why: 'what ran changed until the end' };
  return { found: true, from: samples[first].at, before: first, samples: samples.length - first };
}

/** How much of each window lies elsewhere than the second half of them does. */
function distancesOf(samples: readonly BusySample[], size: number, count: number): number[] {
  const mixes = Array.from({ length: count }, (_, n) => mixOf(samples, n * size, (n + 1) * size));
  const late = mixOf(samples, Math.floor(count / 2) * size, count * size);
  return mixes.map((mix) => apart(mix, late));
}

function apart(a: Mix, b: Mix): number {
  let shared = 0;
  for (const [key, share] of a) shared += Math.min(share, b.get(key) ?? 0);
  return 1 - shared;
}

/** Function → its share. */
type Mix = Map<string, number>;

function mixOf(samples: readonly BusySample[], from: number, to: number): Mix {
  const mix: Mix = new Map();
  for (let at = from; at < to; at++)
    mix.set(samples[at].key, (mix.get(samples[at].key) ?? 0) + 1 / (to - from));
  return mix;
}

/** Means of five each; what remains at the end is left out. */
const batched = (values: readonly number[]): number[] =>
  Array.from({ length: Math.floor(values.length / BATCH) }, (_, n) =>
    meanOf(values.slice(n * BATCH, (n + 1) * BATCH)),
  );

/** MSER: how many values are cut off at the start, at most half. */
export function truncation(values: readonly number[]): number {
  const errors = Array.from({ length: Math.floor(values.length / 2) + 1 }, (_, cut) => {
    const rest = values.slice(cut);
    return squares(rest) / rest.length ** 2;
  });
  const least = Math.min(...errors);
  return errors.findIndex((error) => error <= AS_GOOD * least);
}

/** Two samples of one mix lie apart by chance: of each share by its standard error times √(2/π), in the mean. */
function isSame(samples: readonly BusySample[], from: number): boolean {
  const middle = Math.floor((from + samples.length) / 2);
  const [a, b] = [mixOf(samples, from, middle), mixOf(samples, middle, samples.length)];
  const scatter = 1 / (middle - from) + 1 / (samples.length - middle);
  let chance = 0;
  for (const share of mixOf(samples, from, samples.length).values())
    chance += Math.sqrt((share * (1 - share) * scatter) / (2 * Math.PI));
  return apart(a, b) <= Math.max(SLIGHT, BEYOND_CHANCE * chance);
}

const meanOf = (values: readonly number[]): number => sum(values) / values.length;

function squares(values: readonly number[]): number {
  const mean = meanOf(values);
  return sum(values.map((value) => (value - mean) ** 2));
}
