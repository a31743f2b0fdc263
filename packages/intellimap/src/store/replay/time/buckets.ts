/**
 * Spans by row and bucket: for each bucket in which some begin, the longest of them, how many there are, and which failed. No more lines than a limit: beyond it,
 * buckets become twice as wide.
 *
 * Of two spans the longer one stands for both; of equal ones (durations are kept as floats of 32 bits) the one whose call has the lower number; of
 * those of one call the one with lower flags (it began with it), then the one that reaches further. That is an order, so a wide bucket says the same whichever way it was put together.
 */
import { doubled } from '../doubled.ts';
import { ROWS } from './span-flag.ts';

/** Lines of one stretch of a thread, by depth, then by bucket. Buckets are counted from `base`, in `2 ** shift` µs; columns have an entry a line. */
export interface Lines {
  shift: number;
  base: number;
  /** Added to `call`. */
  callBase: number;
  /** [depth, or `DEEP`] its first line; one entry more than there are rows. */
  rows: Uint32Array;
  bucket: Uint16Array | Float64Array;
  /** Buckets that the longest reaches into. */
  reach: Uint16Array | Float64Array;
  /** Of the longest, µs. */
  duration: Float32Array;
  count: Uint32Array;
  fn: Uint32Array;
  call: Int32Array | Float64Array;
  flags: Uint8Array;
  /** Lines with spans that failed, how many, and the lowest number of a call that did. */
  failedAt: Uint32Array;
  failed: Uint32Array;
  failedCall: Float64Array;
}

/** Widest distance within a stretch that is written down, as lines have 16 bits for it there. */
const SPREAD = 65_535;
const FIRST_SIZE = 1024;

export class Buckets {
  /** A bucket has `2 ** shift` µs. */
  shift = 0;
  size = 0;
  /** Columns; the first `size` entries count. Buckets since the run began. */
  private depth = new Uint8Array(FIRST_SIZE);
  private bucket = new Float64Array(FIRST_SIZE);
  /** First bucket that the longest does not reach into. */
  private end = new Float64Array(FIRST_SIZE);
  private duration = new Float64Array(FIRST_SIZE);
  private count = new Uint32Array(FIRST_SIZE);
  private fn = new Int32Array(FIRST_SIZE);
  private call = new Float64Array(FIRST_SIZE);
  private flags = new Uint8Array(FIRST_SIZE);
  private failed = new Uint32Array(FIRST_SIZE);
  /** Infinity: none failed. */
  private failedCall = new Float64Array(FIRST_SIZE);
  /** [depth] its last line; -1: none. */
  private readonly last: Int32Array;
  private readonly rows: number;
  private least = Infinity;
  private most = -Infinity;

  constructor(rows = ROWS) {
    this.rows = rows;
    this.last = new Int32Array(rows).fill(-1);
  }

  /** Forgets all lines. */
  clear(shift: number): void {
    this.shift = shift;
    this.size = 0;
    this.last.fill(-1);
    this.least = Infinity;
    this.most = -Infinity;
  }

  isTooFine(limit: number): boolean {
    return this.size > limit || this.most - this.least > SPREAD;
  }

  /** Adds a line; those of one depth come in order. */
  put(
    depth: number,
    bucket: number,
    end: number,
    duration: number,
    count: number,
    fn: number,
    call: number,
    flags: number,
    failed: number,
    failedCall: number,
  ): void {
    const last = this.last[depth];
    if (last >= 0 && this.bucket[last] === bucket) {
      this.#join(last, end, duration, count, fn, call, flags, failed, failedCall);
      return;
    }
    if (this.size === this.depth.length) this.#grow();
    const at = this.size++;
    this.last[depth] = at;
    this.depth[at] = depth;
    this.bucket[at] = bucket;
    this.end[at] = end;
    this.duration[at] = duration;
    this.count[at] = count;
    this.fn[at] = fn;
    this.call[at] = call;
    this.flags[at] = flags;
    this.failed[at] = failed;
    this.failedCall[at] = failedCall;
    if (bucket < this.least) this.least = bucket;
    if (end > this.most) this.most = end;
  }

  #join(
    at: number,
    end: number,
    duration: number,
    count: number,
    fn: number,
    call: number,
    flags: number,
    failed: number,
    failedCall: number,
  ): void {
    this.count[at] += count;
    this.failed[at] += failed;
    if (failedCall < this.failedCall[at]) this.failedCall[at] = failedCall;
    if (!isLonger(duration, call, flags, end, this.duration[at], this.call[at], this.flags[at], this.end[at]))
      return;
    this.end[at] = end;
    this.duration[at] = duration;
    this.fn[at] = fn;
    this.call[at] = call;
    this.flags[at] = flags;
    if (end > this.most) this.most = end;
  }

  /** Buckets twice as wide. */
  coarsen(): void {
    const lines = this.size;
    this.clear(this.shift + 1);
    for (let at = 0; at < lines; at++)
      this.put(
        this.depth[at],
        Math.floor(this.bucket[at] / 2),
        Math.ceil(this.end[at] / 2),
        this.duration[at],
        this.count[at],
        this.fn[at],
        this.call[at],
        this.flags[at],
        this.failed[at],
        this.failedCall[at],
      );
  }

  /** What there is, in the order of rows. @param near a number that numbers of calls are near to */
  lines(near: number): Lines {
    const rows = new Uint32Array(this.rows + 1);
    for (let at = 0; at < this.size; at++) rows[this.depth[at] + 1]++;
    for (let depth = 0; depth < this.rows; depth++) rows[depth + 1] += rows[depth];
    const next = rows.slice();
    const order = new Uint32Array(this.size);
    for (let at = 0; at < this.size; at++) order[next[this.depth[at]]++] = at;
    const base = this.size === 0 ? 0 : this.least;
    const callBase = this.#isNear(near) ? near : 0;
    const lines = emptyLines(this.size, this.most - this.least <= SPREAD, callBase === near);
    const failures = [];
    for (let to = 0; to < this.size; to++) {
      const at = order[to];
      lines.bucket[to] = this.bucket[at] - base;
      lines.reach[to] = this.end[at] - this.bucket[at];
      lines.duration[to] = this.duration[at];
      lines.count[to] = this.count[at];
      lines.fn[to] = this.fn[at];
      lines.call[to] = this.call[at] - callBase;
      lines.flags[to] = this.flags[at];
      if (this.failed[at] > 0) failures.push(to);
    }
    return {
      shift: this.shift,
      base,
      callBase,
      rows,
      ...lines,
      failedAt: Uint32Array.from(failures),
      failed: Uint32Array.from(failures, (line) => this.failed[order[line]]),
      failedCall: Float64Array.from(failures, (line) => this.failedCall[order[line]]),
    };
  }

  /** Whether all calls have 32 bits, counted from a number. */
  #isNear(number: number): boolean {
    for (let at = 0; at < this.size; at++) if (Math.abs(this.call[at] - number) >= 2 ** 31) return false;
    return true;
  }

  #grow(): void {
    this.depth = doubled(this.depth);
    this.bucket = doubled(this.bucket);
    this.end = doubled(this.end);
    this.duration = doubled(this.duration);
    this.count = doubled(this.count);
    this.fn = doubled(this.fn);
    this.call = doubled(this.call);
    this.flags = doubled(this.flags);
    this.failed = doubled(this.failed);
    this.failedCall = doubled(this.failedCall);
  }
}

const emptyLines = (size: number, isNarrow: boolean, isNear: boolean) => ({
  bucket: isNarrow ? new Uint16Array(size) : new Float64Array(size),
  reach: isNarrow ? new Uint16Array(size) : new Float64Array(size),
  duration: new Float32Array(size),
  count: new Uint32Array(size),
  fn: new Uint32Array(size),
  call: isNear ? new Int32Array(size) : new Float64Array(size),
  flags: new Uint8Array(size),
});

/** Whether span a stands for both. */
export const isLonger = (
  a: number,
  callOfA: number,
  flagsOfA: number,
  endOfA: number,
  b: number,
  callOfB: number,
  flagsOfB: number,
  endOfB: number,
): boolean => {
  if (a !== b) return a > b;
  if (callOfA !== callOfB) return callOfA < callOfB;
  return flagsOfA === flagsOfB ? endOfA > endOfB : flagsOfA < flagsOfB;
};
