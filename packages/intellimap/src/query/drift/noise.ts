/**
 * How much times of two runs differ anyhow. A machine that was busy makes all times longer, and some more than others: the median of all ratios
 * is its pace, and how far ratios lie around it says what is nothing special. Pure.
 *
 *   ratios of unchanged functions   0.9 1.0 1.2 1.3 1.3 1.4 1.5 1.7     a busy machine: pace 1.3
 *   ratio of a changed one          4.0                                 3 times as slow as the pace
 */
import { median } from '../../base/numbers.ts';

export interface Noise {
  /** Median ratio of a time of now to that of before. */
  pace: number;
  /** How many times the pace, or a part of it, a ratio must be to be more than chance; 1: too few are known to tell. */
  factor: number;
}

/** Ratios that a spread is taken from, at least. */
const ENOUGH = 10;
/** Standard deviations, of which the median deviation is taken for 1 / 1.4826 (as it is where they are normal). */
const DEVIATIONS = 4;
const NORMAL = 1.4826;

export function noiseOf(ratios: readonly number[]): Noise {
  const logs = ratios.filter((ratio) => ratio > 0 && Number.isFinite(ratio)).map(Math.log);
  if (logs.length < ENOUGH) return { pace: 1, factor: 1 };
  const pace = median(logs);
  const deviation = median(logs.map((log) => Math.abs(log - pace)));
  return { pace: Math.exp(pace), factor: Math.exp(DEVIATIONS * NORMAL * deviation) };
}

/** Own times of functions that both runs called often enough; null: too few are known. */
export function noiseBetween(
  now: ReadonlyMap<string, Timed>,
  before: ReadonlyMap<string, Timed>,
  minCalls: number,
): Noise | null {
  const ratios = [...now].flatMap(([id, a]): number[] => {
    const b = before.get(id);
    if (b === undefined || Math.min(a.hits, b.hits) < minCalls) return [];
    const ratio = (a.selfMs ?? 0) / a.hits / ((b.selfMs ?? 0) / b.hits);
    return ratio > 0 && Number.isFinite(ratio) ? [ratio] : [];
  });
  return ratios.length < ENOUGH ? null : noiseOf(ratios);
}

interface Timed {
  hits: number;
  selfMs: number | null;
}
