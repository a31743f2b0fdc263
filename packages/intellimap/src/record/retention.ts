/** Which recordings go. Each limit holds by itself; what is running, protected or part of a baseline stays whatever the limits say. Pure. */
import { sum } from '../base/numbers.ts';

/** A recording as its folder shows it. */
export interface RecordingFacts {
  id: string;
  /** ms since the epoch */
  startedAt: number;
  /** Of its folder. */
  bytes: number;
  /** Why it stays; null: nothing keeps it. */
  held: string | null;
}

export interface Limits {
  /** The newest stay, so many. */
  keep: number | null;
  /** Those that began longer ago go. */
  olderThanMs: number | null;
  /** What all recordings and the database may take together: the oldest go. */
  maxBytes: number | null;
}

export type Reason = 'count' | 'age' | 'size';

export interface Leaving {
  id: string;
  bytes: number;
  reason: Reason;
}

/**
 * @param all oldest first
 * @param databaseBytes of the database, of which each recording has a share as large as its own of all recordings
 */
export function leaving(
  all: readonly RecordingFacts[],
  databaseBytes: number,
  { keep, olderThanMs, maxBytes }: Limits,
  now: number,
): Leaving[] {
  const gone = new Map<string, Leaving>();
  const go = ({ id, bytes, held }: RecordingFacts, reason: Reason): void => {
    if (held === null && !gone.has(id)) gone.set(id, { id, bytes, reason });
  };
  if (keep !== null) for (const each of all.slice(0, Math.max(0, all.length - keep))) go(each, 'count');
  if (olderThanMs !== null) for (const each of all) if (now - each.startedAt > olderThanMs) go(each, 'age');
  if (maxBytes !== null) {
    const total = sum(all.map(({ bytes }) => bytes));
    const scale = total === 0 ? 1 : (total + databaseBytes) / total;
    let left = scale * sum(all.filter(({ id }) => !gone.has(id)).map(({ bytes }) => bytes));
    for (const each of all) {
      if (left <= maxBytes) break;
      if (each.held !== null || gone.has(each.id)) continue;
      go(each, 'size');
      left -= scale * each.bytes;
    }
  }
  return all.flatMap(({ id }) => gone.get(id) ?? []);
}
