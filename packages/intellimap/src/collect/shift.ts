/**
 * Times of a thread with a clock of its own → times of the machine's clock, by one constant that is written down with them: what the thread said stays known
 * to the microsecond. Pure.
 */
import { Kind, OPERANDS, type Hello, type Note } from '@intellimap/probe/wire';

export interface Shift {
  /** µs that the machine's clock is ahead. */
  shift: number;
  /** By how much that may be wrong, µs; null: nobody knows. */
  unsure: number | null;
}

/**
 * From what both said to each other: the collector's clock showed `at` somewhere between `sent` and `got`, so each exchange leaves the offset some room, and all
 * of them together what they have in common. Without any: both know what time of day it is.
 * @param now µs of the machine's clock @param epochMs the same instant, as a time of day
 */
export function shiftOf(
  { clock, origin }: Pick<Hello, 'clock' | 'origin'>,
  now: number,
  epochMs: number,
): Shift {
  const low = Math.max(...clock.map(([, at, got]) => at - got));
  const high = Math.min(...clock.map(([sent, at]) => at - sent));
  if (clock.length === 0 || low > high)
    return { shift: Math.round(now - (epochMs - origin) * 1000), unsure: null };
  return { shift: Math.round((low + high) / 2), unsure: Math.ceil((high - low) / 2) };
}

/** Kinds of words with a time as second operand. */
const STAMPED: ReadonlySet<number> = new Set([
  Kind.FRAME_ENTER,
  Kind.FRAME_LEAVE,
  Kind.FRAME_THROW,
  Kind.SUSPEND,
  Kind.RESUME,
  Kind.TASK,
  Kind.TIME,
]);

/** [kind] how many words it has, and whether the last is a time. */
const lengthOf = Uint8Array.from(OPERANDS, (operands) => operands + 1);
const isStamped = Uint8Array.from(OPERANDS, (_, kind) => Number(STAMPED.has(kind)));

/** Shifts times in whole events, where they stand. */
export function shiftWords(words: Int32Array, shift: number): void {
  const low = shift | 0;
  // `| 0` of what is beyond 32 bits takes the low ones, as times in words are.
  for (let at = 0; at < words.length;) {
    const kind = words[at] & 15;
    if (isStamped[kind] === 1 && at + 2 < words.length) words[at + 2] = (words[at + 2] + low) | 0;
    at += lengthOf[kind];
  }
}

/** What a browser measured keeps the times of the page's clock, as it told them: `micros` says when that was. */
export function shiftedNote(note: Note, shift: number): Note {
  const { micros, startTime = 0 } = note as { micros?: unknown; startTime?: unknown };
  if (note.t === 'entry' && typeof startTime === 'number')
    return { ...note, micros: Math.round(startTime * 1000) + shift };
  return typeof micros === 'number' ? { ...note, micros: micros + shift } : note;
}
