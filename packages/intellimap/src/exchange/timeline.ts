/**
 * Calls of a thread → what lay on its stack, as openings and closings that nest and never go back in time. Rows say it with two
 * uncertainties: times of plain calls are interpolated, and of an async call or generator only the beginning, the end and the time
 * in between that it waited are known. So who called whom decides, and times give way:
 *
 *   rows        a ├────────────┤          timeline   a ├────────────┤
 *               b   ├───┤                            b   ├───┤
 *               c       ├────────┤  (of a)           c       ├──────┤      closes when a does
 *               A ├──…───…──┤ with a call d in it, after its first await
 *                                         timeline   A ├──┤        A ├┤
 *                                                                  d ├┤
 *
 * The first part of a call that waited is as long as it was busy in all, unless something else began before; later ones are as long as what it called then.
 */
import type { CallRow } from '../query/index.ts';

export interface TimelineSink {
  /** @param resumed the call goes on after an `await` or `yield`; it was opened before */
  open(row: CallRow, at: number, resumed: boolean): void;
  /** Closes what was opened last and is not closed yet. */
  close(row: CallRow, at: number): void;
}

interface Entry {
  row: CallRow;
  at: number;
  resumed: boolean;
  /** Of calls that wait, and go on later. */
  waits: boolean;
  /** Time of closed children, µs, and when the last one closed. */
  children: number;
  lastChild: number;
}

/** Functions whose calls can leave the stack and come back. */
export interface FrameFacts {
  isAsync: boolean;
  isGenerator: boolean;
}

/** Suspended calls are forgotten when they have ended; looked through whenever so many more are known. */
const SWEEP = 4096;

export class Timeline {
  readonly #sink: TimelineSink;
  readonly #frameOf: (fn: number) => FrameFacts | undefined;
  readonly #stack: Entry[] = [];
  /** Calls of async functions and generators that may go on. */
  readonly #frames = new Map<number, CallRow>();
  #sweepAt = SWEEP;
  #now = -Infinity;

  constructor(sink: TimelineSink, frameOf: (fn: number) => FrameFacts | undefined) {
    this.#sink = sink;
    this.#frameOf = frameOf;
  }

  /** Rows of one thread, in order of beginning. */
  add(row: CallRow): void {
    this.#makeRoom(row);
    const frame = this.#frameOf(row.fn);
    const isFrame = frame !== undefined && (frame.isAsync || frame.isGenerator);
    this.#push(row, false, isFrame && (row.wait > 0 || row.end === null));
    if (isFrame) this.#remember(row);
  }

  /** @param end of the thread: calls without an end are closed then */
  finish(end: number): void {
    this.#popTo(0, Math.max(end, this.#now), end);
    // What an interpolated end lets stand out.
    this.#popTo(0, Infinity, end);
  }

  /** Takes off the stack what cannot be below a call, and puts back what must be. */
  #makeRoom(row: CallRow): void {
    const { parent } = row;
    if (parent === null) {
      this.#popTo(0, row.start);
      return;
    }
    const caller = this.#stack.findLastIndex((entry) => entry.row.call === parent);
    if (caller >= 0) {
      this.#popTo(caller + 1, row.start);
      const { row: callerRow, waits, resumed } = this.#stack[caller];
      // It cannot have been busy until then: it waited, and nothing else is known to have happened.
      if (!waits || resumed || endOf(this.#stack[caller]) >= row.start) return;
      this.#popTo(caller, row.start);
      this.#push({ ...callerRow, start: row.start }, true, true);
      return;
    }
    const frame = this.#frames.get(parent);
    // Only an async function goes on from an empty stack; of others nobody says below whom.
    if (frame !== undefined && this.#frameOf(frame.fn)?.isGenerator === false) this.#popTo(0, row.start);
    else this.#popEnded(row);
    if (frame !== undefined) this.#push({ ...frame, start: row.start }, true, true);
  }

  #push(row: CallRow, resumed: boolean, waits: boolean): void {
    const at = Math.max(row.start, this.#now);
    this.#now = at;
    this.#stack.push({ row, at, resumed, waits, children: 0, lastChild: at });
    this.#sink.open(row, at, resumed);
  }

  /** The caller has no row: by their times, those that are over, or end within the call, are not below it. */
  #popEnded({ start, end }: CallRow): void {
    const over = this.#stack.findIndex(
      (entry) => endOf(entry) <= start || (end !== null && endOf(entry) < end),
    );
    if (over >= 0) this.#popTo(over, start);
  }

  /** @param latest nothing is closed later @param openEnd when a call without an end is closed */
  #popTo(depth: number, latest: number, openEnd = latest): void {
    while (this.#stack.length > depth) {
      const entry = this.#stack.pop()!;
      const end = endOf(entry);
      const at = Math.max(this.#now, Math.min(end === Infinity ? openEnd : end, latest));
      this.#now = at;
      this.#sink.close(entry.row, at);
      const caller = this.#stack.at(-1);
      if (caller === undefined) continue;
      caller.children += at - entry.at;
      caller.lastChild = at;
    }
  }

  #remember(row: CallRow): void {
    this.#frames.set(row.call, row);
    if (this.#frames.size < this.#sweepAt) return;
    for (const [call, { end }] of this.#frames)
      if (end !== null && end < this.#now) this.#frames.delete(call);
    this.#sweepAt = this.#frames.size + SWEEP;
  }
}

/** When an entry ends if nothing else begins; Infinity: nobody knows. */
function endOf({ row, at, resumed, waits, children, lastChild }: Entry): number {
  if (resumed) return lastChild;
  if (waits) return Math.max(lastChild, Math.min(row.end ?? Infinity, at + row.self + children));
  return row.end ?? Infinity;
}
