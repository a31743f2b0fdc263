/**
 * Where a probe goes when the cursor has passed its limit. CHECK_WORDS are written, or fewer: is the reader late, shall the time be told? The end of a chunk,
 * or of the scratch area: publish, find room, move the cursor.
 */
import {
  CHECK_WORDS,
  CHUNKS,
  Control,
  LATE_MICROS,
  SCRATCH_WORDS,
  SLACK_WORDS,
  type Ring,
} from '../wire/ring.ts';
import { needRoom } from './stack-room.ts';
import { Kind, STALL, Told, wordOf, type MicrosLow } from '../wire/words.ts';
import type { Clock } from './record.ts';

// Taken now: programs delete globals.
const { add, store } = Atomics;
const { max, min } = Math;

/**
 * Called when the next chunk is still being read. Waits until CONSUMED ≥ `consumed` and returns true, or returns
 * false at once or after its patience: the words that follow are dropped and counted.
 */
export type WaitForSpace = (consumed: number) => boolean;

/** Called when the reader is LATE_MICROS behind; may wait for it. */
export type WaitForReader = () => void;

/** A stall: the thread does nothing but wait for the reader. Both are to be called, as close to it as can be; neither throws. */
export interface Stalls {
  /** Words so far are of the time before it. */
  begin: () => void;
  /** `Control.STALLED` and `STALLED_UNTIL` tell of it. */
  end: () => void;
}

/** What the slow path asks of its host. */
export interface SlowPathHost {
  clock: Clock;
  waitForSpace: WaitForSpace;
  waitForReader: WaitForReader;
  /** `waitForSpace` waits: when that began is worth a word. */
  waits?: boolean | undefined;
  /** Called every so often, after CHECK_WORDS at the latest, with room on the stack. */
  checked?: (() => void) | undefined;
}

export interface SlowPath {
  /** To be called when the cursor has passed `Control.LIMIT`; does not throw. */
  full: () => void;
  /** A call begins: tells when, and when its first part ends. False: no more is told, as the time is near enough, or nobody asks. */
  begin: () => boolean;
  stalls: Stalls;
}

/** Where the time was told, it is told again at the next ends of calls, and beginnings that ask, so many, however near: calls of a thread that does little are known exactly. */
const NEAR_ENDS = 8;
const NEAR_BEGINS = 4;

export function createSlowPath(
  ring: Ring,
  { clock, waitForSpace, waitForReader, waits, checked }: SlowPathHost,
): SlowPath {
  const { data, control, chunkWords } = ring;
  const scratch = CHUNKS * chunkWords;
  /** Words dropped since the last LOST word. */
  let dropped = 0;
  /** Of `Control.STALLED`. */
  let toldStalls = control[Control.STALLED];
  /** The cursor is in no chunk that is read: words there tell nobody. */
  let isOutside = false;
  /** Words from one check to the next: where the thread tells the time, about as many as it writes until then. */
  let distance = CHECK_WORDS;
  /** When it told the time; how often though it was not due: at ends of calls, and at beginnings, behind which the next end is told. */
  let stampedAt: MicrosLow = 0;
  let nearEnds = 0;
  let nearBegins = 0;
  let hasBegun = false;

  const moveTo = (start: number, limit: number): void => {
    control[Control.LIMIT] = limit;
    store(control, Control.CURSOR, start);
  };
  const drop = (words: number): void => {
    dropped += words;
    add(control, Control.LOST, words);
  };

  /** Writes a STALL word at the cursor given; returns the one behind it. */
  const stallAt = (cursor: number, micros: number, time: MicrosLow): number => {
    data[cursor] = STALL;
    data[cursor + 1] = micros;
    data[cursor + 2] = time;
    return cursor + 3;
  };
  /** How long it took, if there is anything to tell. */
  const stalledAt = (cursor: number): number => {
    const micros = (control[Control.STALLED] - toldStalls) | 0;
    if (micros === 0) return cursor;
    toldStalls = control[Control.STALLED];
    return stallAt(cursor, micros, control[Control.STALLED_UNTIL]);
  };
  const isUntold = (): boolean => isOutside || control[Control.QUIET] !== 0;
  const stalls: Stalls = {
    begin: () => {
      if (!isUntold()) control[Control.CURSOR] = stallAt(control[Control.CURSOR], 0, clock());
    },
    end: () => {
      if (!isUntold()) control[Control.CURSOR] = stalledAt(control[Control.CURSOR]);
    },
  };

  const publish = (): void => {
    const produced = control[Control.PRODUCED];
    const chunk = produced % CHUNKS;
    const limit = (chunk + 1) * chunkWords;
    const cursor = control[Control.CURSOR];
    // Deeper than SLACK_WORDS enters without a leave: what ran over the end is lost.
    if (cursor > limit) {
      drop(cursor - limit);
      store(control, Control.CURSOR, limit);
    }
    control[Control.CHUNK_END + chunk] = min(cursor, limit);
    store(control, Control.PRODUCED, (produced + 1) | 0);
  };

  /** Puts the cursor at the start of the chunk in use, with a STALL and a LOST word first when there is that to tell. */
  const enterChunk = (): void => {
    const start = (control[Control.PRODUCED] % CHUNKS) * chunkWords;
    let cursor = stalledAt(start);
    isOutside = false;
    if (dropped > 0) {
      data[cursor++] = wordOf(Kind.LOST, 0);
      data[cursor++] = dropped;
      dropped = 0;
    }
    moveTo(cursor, min(cursor + distance, start + chunkWords - SLACK_WORDS));
  };

  const isDue = (now: MicrosLow): boolean => (now - stampedAt) >>> 0 >= control[Control.STAMPS];
  const tell = (now: MicrosLow, of: number): void => {
    if (isUntold()) return;
    if (isDue(now)) nearEnds = nearBegins = 0;
    stampedAt = now;
    control[Control.CURSOR] = stallAt(control[Control.CURSOR], of, now);
  };

  /** Tells the time, if it was told too long ago. */
  const stamp = (now: MicrosLow): void => {
    if (control[Control.STAMPS] === 0) distance = CHECK_WORDS;
    else if (isDue(now)) {
      distance = max(distance >> 2, 1);
      tell(now, Told.BEFORE);
    } else if (hasBegun || (distance === 1 && nearEnds++ < NEAR_ENDS)) tell(now, Told.BEFORE);
    else distance = min(distance * 2, CHECK_WORDS);
    hasBegun = false;
  };

  const begin = (): boolean => {
    if (control[Control.STAMPS] === 0 || isUntold()) return false;
    const now = clock();
    if (isDue(now)) distance = 1;
    else if (nearBegins++ >= NEAR_BEGINS) return false;
    hasBegun = true;
    control[Control.LIMIT] = min(control[Control.LIMIT], control[Control.CURSOR]);
    tell(now, Told.NEXT);
    return true;
  };

  const check = (end: number): void => {
    const now = clock();
    stamp(now);
    control[Control.LIMIT] = min(control[Control.CURSOR] + distance, end);
    if (((now - control[Control.WRITTEN_TO]) | 0) > LATE_MICROS) waitForReader();
    if (checked === undefined) return;
    needRoom();
    checked();
  };

  const turn = (): void => {
    const cursor = control[Control.CURSOR];
    const end = ((control[Control.PRODUCED] % CHUNKS) + 1) * chunkWords - SLACK_WORDS;
    if (cursor <= end) return check(end);
    // From here on nothing may stop half-way.
    needRoom();
    if (control[Control.LIMIT] > scratch) drop(cursor - scratch);
    else {
      // Later there is no place for it.
      const isFull = control[Control.CONSUMED] < control[Control.PRODUCED] + 2 - CHUNKS;
      if (waits === true && isFull && cursor < end + SLACK_WORDS - 3) stalls.begin();
      publish();
    }
    isOutside = true;
    const needed = control[Control.PRODUCED] + 1 - CHUNKS;
    if (control[Control.CONSUMED] >= needed || waitForSpace(needed)) enterChunk();
    else moveTo(scratch, scratch + SCRATCH_WORDS);
  };

  const full = (): void => {
    try {
      turn();
    } catch {
      // The program's stack is full, and this the first leave after many enters: one of the next, further up, comes back.
    }
  };
  return { full, begin, stalls };
}
