/**
 * Spans of one thread into buckets, as they end. Those of one row, (thread, depth), come in order, so one bucket a row is open at a time: nearly every call costs a
 * comparison or two.
 */
import { Buckets, isLonger } from './buckets.ts';
import { SPAN } from './span-flag.ts';

/** µs that a sum of times may be off, and more. */
export const ROUNDING = 0.01;

export class OpenBuckets {
  /** See `SpanSink`. */
  readonly quick: Float64Array;
  readonly counts: Uint32Array;
  /** µs of the machine's clock when the run began. */
  readonly origin: number;
  /** Those that are closed. */
  protected readonly buckets: Buckets;
  private readonly rows: number;

  // The bucket that is open, by row; none is where `until` is -Infinity. Times in µs since the run began.
  private readonly until: Float64Array;
  private readonly bucket: Float64Array;
  private readonly longest: Float64Array;
  private readonly end: Float64Array;
  private readonly fn: Int32Array;
  private readonly call: Float64Array;
  private readonly flags: Uint8Array;
  private readonly failed: Uint32Array;
  private readonly failedCall: Float64Array;

  constructor(rows: number, origin: number) {
    this.rows = rows;
    this.origin = origin;
    this.buckets = new Buckets(rows);
    this.quick = new Float64Array(2 * rows + 1).fill(-Infinity);
    this.counts = new Uint32Array(rows);
    this.until = new Float64Array(rows).fill(-Infinity);
    this.bucket = new Float64Array(rows);
    this.longest = new Float64Array(rows);
    this.end = new Float64Array(rows);
    this.fn = new Int32Array(rows);
    this.call = new Float64Array(rows);
    this.flags = new Uint8Array(rows);
    this.failed = new Uint32Array(rows);
    this.failedCall = new Float64Array(rows);
  }

  /** @param from decides over its bucket */
  protected count(
    row: number,
    from: number,
    to: number,
    duration: number,
    fn: number,
    call: number,
    flags: number,
  ): void {
    if (!(from < this.until[row])) this.#open(row, from);
    this.counts[row]++;
    const longest = this.longest[row];
    if (
      duration > longest ||
      (duration === longest &&
        isLonger(duration, call, flags, to, longest, this.call[row], this.flags[row], this.end[row]))
    ) {
      this.longest[row] = duration;
      this.quick[2 * row + 1] = duration;
      this.end[row] = to;
      this.fn[row] = fn;
      this.call[row] = call;
      this.flags[row] = flags;
    }
    if ((flags & SPAN.FAILED) === 0) return;
    this.failed[row]++;
    if (call < this.failedCall[row]) this.failedCall[row] = call;
  }

  protected closeAll(): void {
    for (let row = 0; row < this.rows; row++) this.#close(row);
  }

  /** Whether buckets are to become twice as wide. */
  protected isTooFine(): boolean {
    return false;
  }

  /** The next bucket of a row. */
  #open(depth: number, from: number): void {
    this.#close(depth);
    const width = 2 ** this.buckets.shift;
    const bucket = from > 0 ? Math.floor(from / width) : 0;
    this.bucket[depth] = bucket;
    this.#endAt(depth, (bucket + 1) * width);
    this.longest[depth] = -1;
    this.quick[2 * depth + 1] = -1;
    this.failedCall[depth] = Infinity;
  }

  #close(depth: number): void {
    this.#endAt(depth, -Infinity);
    if (this.counts[depth] === 0) return;
    const bucket = this.bucket[depth];
    this.buckets.put(
      depth,
      bucket,
      Math.max(bucket + 1, Math.ceil(this.end[depth] / 2 ** this.buckets.shift)),
      this.longest[depth],
      this.counts[depth],
      this.fn[depth],
      this.call[depth],
      this.flags[depth],
      this.failed[depth],
      this.failedCall[depth],
    );
    this.counts[depth] = 0;
    this.failed[depth] = 0;
    while (this.isTooFine()) this.#coarsen();
  }

  #coarsen(): void {
    this.buckets.coarsen();
    for (let depth = 0; depth < this.rows; depth++) {
      if (this.counts[depth] === 0) continue;
      this.bucket[depth] = Math.floor(this.bucket[depth] / 2);
      this.#endAt(depth, (this.bucket[depth] + 1) * 2 ** this.buckets.shift);
    }
  }

  /** The open bucket of a row ends there. */
  #endAt(depth: number, until: number): void {
    this.until[depth] = until;
    this.quick[2 * depth] = this.origin + until - ROUNDING;
  }
}
