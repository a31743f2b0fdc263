/**
 * The calls that get a row. All of them as long as they fit; else long ones, and special ones (roots, async, throwing)
 * together with their callers.
 *
 * Memory stays bounded: calls collect up to twice the limit, then a higher bar for the duration throws the shorter half out. A parent
 * lasts at least as long as its sync children, so a bar never leaves a kept sync call without its parent.
 */
import type { FunctionNo } from './program.ts';
import { selectNth } from './select.ts';

export const Outcome = { RETURNED: 0, THREW: 1, OPEN: 2, UNKNOWN: 3 } as const;
export type Outcome = (typeof Outcome)[keyof typeof Outcome];

/** Rows of `calls` that a run may have. */
export const CALLS_LIMIT = 1_000_000;

const FIRST_SIZE = 1 << 14;
const SPECIAL = 4;

export class CallKeeper {
  readonly limit: number;
  size = 0;
  /** Calls not longer than this (µs) are not kept; -1: all are. */
  min = -1;
  /** Special calls alone were too many: they too must be longer than `min`. */
  longOnly = false;
  /** Columns; the first `size` entries count. */
  thread: Int32Array;
  id: Float64Array;
  /** NaN: none */
  parent: Float64Array;
  task: Float64Array;
  fn: Int32Array;
  start: Float64Array;
  /** NaN: open */
  end: Float64Array;
  self: Float64Array;
  wait: Float64Array;
  uncertainty: Float64Array;
  /** Of the time on the stack: waiting for the recorder. */
  stalled: Float64Array;
  /** Outcome, + 4 for special calls. */
  code: Uint8Array;

  constructor(limit: number = CALLS_LIMIT, room: number = FIRST_SIZE) {
    this.limit = limit;
    this.thread = new Int32Array(room);
    this.id = new Float64Array(room);
    this.parent = new Float64Array(room);
    this.task = new Float64Array(room);
    this.fn = new Int32Array(room);
    this.start = new Float64Array(room);
    this.end = new Float64Array(room);
    this.self = new Float64Array(room);
    this.wait = new Float64Array(room);
    this.uncertainty = new Float64Array(room);
    this.stalled = new Float64Array(room);
    this.code = new Uint8Array(room);
  }

  /** Whether a call may be kept at all, before it is asked how long it was. Asked of each. */
  protected wants(_id: number, _special: boolean, _outcome: Outcome): boolean {
    return true;
  }

  add(
    special: boolean,
    outcome: Outcome,
    thread: number,
    id: number,
    parent: number,
    task: number,
    fn: FunctionNo,
    start: number,
    end: number,
    self: number,
    wait: number,
    uncertainty: number,
    stalled: number,
  ): void {
    if (!this.wants(id, special, outcome)) return;
    if ((!special || this.longOnly) && end - start <= this.min) return;
    if (this.size === this.thread.length && !this.#makeRoom(special, end - start)) return;
    const i = this.size++;
    this.thread[i] = thread;
    this.id[i] = id;
    this.parent[i] = parent;
    this.task[i] = task;
    this.fn[i] = fn;
    this.start[i] = start;
    this.end[i] = end;
    this.self[i] = self < 0 ? 0 : self;
    this.wait[i] = wait;
    this.uncertainty[i] = uncertainty;
    this.stalled[i] = stalled;
    this.code[i] = outcome | (special ? SPECIAL : 0);
  }

  outcome(i: number): Outcome {
    return (this.code[i] & 3) as Outcome;
  }

  /** Applies the limit at the end of a run. */
  finish(): void {
    if (this.size > this.limit) this.#raise();
  }

  get rule(): 'all' | 'long or special' | 'long' {
    if (this.min < 0) return 'all';
    return this.longOnly ? 'long' : 'long or special';
  }

  /** More columns, or a higher bar. False when the call at hand does not pass the new bar. */
  #makeRoom(special: boolean, duration: number): boolean {
    if (this.size < this.limit * 2) {
      this.#resize(this.size * 2);
      return true;
    }
    this.#raise();
    return (special && !this.longOnly) || !(duration <= this.min);
  }

  /** Raises the bar so that at most `limit` calls stay. */
  #raise(): void {
    let specials = 0;
    for (let i = 0; i < this.size; i++) specials += this.code[i] >> 2;
    if (specials > this.limit) this.longOnly = true;
    const room = this.longOnly ? this.limit : this.limit - specials;
    const durations = new Float64Array(this.longOnly ? this.size : this.size - specials);
    let n = 0;
    for (let i = 0; i < this.size; i++) if (this.#barred(i)) durations[n++] = this.#duration(i);
    if (n > room) this.min = Math.max(this.min, selectNth(durations, n - room - 1));
    this.#compact();
  }

  #barred(i: number): boolean {
    return this.longOnly || this.code[i] < SPECIAL;
  }

  /** Open calls are endless. */
  #duration(i: number): number {
    const duration = this.end[i] - this.start[i];
    return Number.isNaN(duration) ? Infinity : duration;
  }

  #compact(): void {
    const kept = new Int32Array(this.size);
    let n = 0;
    for (let i = 0; i < this.size; i++) if (!this.#barred(i) || this.#duration(i) > this.min) kept[n++] = i;
    for (const column of this.#columns()) for (let to = 0; to < n; to++) column[to] = column[kept[to]]!;
    this.size = n;
  }

  #columns() {
    const { thread, id, parent, task, fn, start, end, self, wait, uncertainty, stalled, code } = this;
    return [thread, id, parent, task, fn, start, end, self, wait, uncertainty, stalled, code];
  }

  #resize(size: number): void {
    const grown = <T extends Int32Array | Float64Array | Uint8Array>(column: T): T => {
      const larger = new (column.constructor as new (length: number) => T)(size);
      larger.set(column);
      return larger;
    };
    this.thread = grown(this.thread);
    this.id = grown(this.id);
    this.parent = grown(this.parent);
    this.task = grown(this.task);
    this.fn = grown(this.fn);
    this.start = grown(this.start);
    this.end = grown(this.end);
    this.self = grown(this.self);
    this.wait = grown(this.wait);
    this.uncertainty = grown(this.uncertainty);
    this.stalled = grown(this.stalled);
    this.code = grown(this.code);
  }
}
