/**
 * Garbage collections, as Node tells them (`PerformanceObserver`). It does so in an immediate of its own after each turn with a collection, which
 * a program may notice (async ids, `process.getActiveResourcesInfo()`): only where it is asked for. What was collected in the last turn, after which there is no
 * other, is not told by Node at all.
 */
import { constants, performance, PerformanceObserver } from 'node:perf_hooks';
import { micros } from './clock.ts';

/** Shorter ones are not told, ms. */
const MIN_MS = 0.5;

const NAMES: Record<number, string> = {
  [constants.NODE_PERFORMANCE_GC_MINOR]: 'minor',
  [constants.NODE_PERFORMANCE_GC_MAJOR]: 'major',
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL]: 'incremental',
  [constants.NODE_PERFORMANCE_GC_WEAKCB]: 'weak',
};

interface Entry {
  startTime: number;
  duration: number;
  detail?: unknown;
}

/** Start and duration in µs, and what was collected. */
export type ToldCollection = [start: number, duration: number, kind: string];

/** Answers with what tells those that were not told yet. */
export function followCollections(tell: (pauses: ToldCollection[]) => void): () => void {
  const origin = micros() - performance.now() * 1000;
  const told = (entries: Entry[]): void => {
    const pauses = entries
      .filter(({ duration }) => duration >= MIN_MS)
      .map(({ startTime, duration, detail }): ToldCollection => {
        const { kind } = detail as { kind: number };
        return [Math.round(origin + startTime * 1000), Math.round(duration * 1000), NAMES[kind] ?? 'other'];
      });
    if (pauses.length > 0) tell(pauses);
  };
  const observer = new PerformanceObserver((list) => told(list.getEntries()));
  observer.observe({ entryTypes: ['gc'] });
  return () => told(observer.takeRecords());
}
