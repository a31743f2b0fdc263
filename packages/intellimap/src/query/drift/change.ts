/** What differs between two runs. */
import type { Snapshot } from './snapshot.ts';

export interface Change {
  kind: 'function' | 'edge' | 'calls' | 'self' | 'latency' | 'task' | 'order' | 'error' | 'import';
  what: 'added' | 'removed' | 'more' | 'fewer' | 'slower' | 'faster' | 'earlier' | 'later' | 'other';
  /** The same in every pair of runs: ids, a signature, a shape. */
  key: string;
  /** For people: a name, `caller → callee`. */
  subject: string;
  path: string | null;
  line: number | null;
  /** Figures of the run before and of this one; null where there are none. */
  before: number | null;
  now: number | null;
  unit: string;
  /** `code`: a function that it concerns was written, removed or changed · `behaviour`: its text is the same. */
  because: 'code' | 'behaviour';
  /** How often runs of the past differ in this very thing, of how many: 0 of 3 is no chance. */
  confidence: 'certain' | 'likely' | 'possible';
}

/** The runs that are compared, and earlier ones that show what differs anyhow. */
export interface Pair {
  now: Snapshot;
  before: Snapshot;
  history: readonly Snapshot[];
}

/** Thresholds of `drift` in the settings. */
export interface Thresholds {
  countTolerance: number;
  latencyRatio: number;
  latencyFloorMs: number;
  minCalls: number;
}

/** With so many earlier runs, what all of them have in common is no chance. */
export const ENOUGH = 2;

/** Of something that is there or not: whether earlier runs agree with the one before; null: they do not, so it comes and goes. */
export function sureOf(
  { history, before, now }: Pair,
  isThere: (run: Snapshot) => boolean,
): Change['confidence'] | null {
  const expected = isThere(before);
  if (history.some((run) => isThere(run) !== expected)) return null;
  if (!before.isWhole || !now.isWhole) return 'possible';
  return history.length >= ENOUGH ? 'certain' : 'likely';
}

/** Whether the text of one of the functions is another one, or there in one run only. */
export function becauseOf({ now, before }: Pair, ids: readonly string[]): Change['because'] {
  const isSame = (id: string): boolean => {
    const [a, b] = [now.functions.get(id), before.functions.get(id)];
    return a !== undefined && b !== undefined && a.hash === b.hash;
  };
  return ids.every(isSame) ? 'behaviour' : 'code';
}

/** Whether a figure lies outside of what the runs before had. @returns null: it does not */
export function outside(now: number, past: readonly number[], tolerance: number): 'more' | 'fewer' | null {
  const [low, high] = [Math.min(...past), Math.max(...past)];
  // What was the same each time is exact; what varies may vary as much again.
  const margin = past.length > ENOUGH ? Math.max(high - low, high * 0.02) : high * tolerance;
  if (now > high + margin) return 'more';
  return now < low - margin ? 'fewer' : null;
}
