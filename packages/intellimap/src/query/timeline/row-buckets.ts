/**
 * One row of a window while it is put together: a place for each bucket, and one before the first, of which only a span that reaches into the window is told.
 * Buckets are counted from that one.
 */
import { isLonger, type Lines, SPAN, type SpanRows } from '../../store/index.ts';
import { lowest } from '../../base/search.ts';

/** What is told of a bucket. */
export interface BucketLine {
  /** Buckets since the window began, and how many it reaches into. */
  start: number;
  duration: number;
  count: number;
  failed: number;
  fn: number;
  call: number;
  /** NaN: none */
  failedCall: number;
  /** Bits of `SPAN`, of the longest. */
  flags: number;
  /** It began before the window. */
  isEarlier: boolean;
}

export class RowBuckets {
  readonly #first: number;
  readonly #width: number;
  readonly #buckets: number;
  readonly #count: Uint32Array;
  readonly #duration: Float64Array;
  /** First bucket that the longest does not reach into. */
  readonly #end: Float64Array;
  readonly #fn: Int32Array;
  readonly #call: Float64Array;
  readonly #flags: Uint8Array;
  readonly #failed: Uint32Array;
  readonly #failedCall: Float64Array;
  /** A span that began before all of them. */
  #earlier: { end: number; fn: number; call: number; flags: number } | null = null;
  #isEmpty = true;

  /** @param first first bucket of the window, since the run began @param width µs of a bucket @param buckets of the window */
  constructor(first: number, width: number, buckets: number) {
    this.#first = first - 1;
    this.#width = width;
    this.#buckets = buckets + 1;
    this.#count = new Uint32Array(this.#buckets);
    this.#duration = new Float64Array(this.#buckets);
    this.#end = new Float64Array(this.#buckets);
    this.#fn = new Int32Array(this.#buckets);
    this.#call = new Float64Array(this.#buckets);
    this.#flags = new Uint8Array(this.#buckets);
    this.#failed = new Uint32Array(this.#buckets);
    this.#failedCall = new Float64Array(this.#buckets);
  }

  clear(): void {
    if (this.#isEmpty) return;
    this.#count.fill(0);
    this.#earlier = null;
    this.#isEmpty = true;
  }

  /** Lines of a stretch whose buckets are not wider than those of the window. */
  addLines(row: number, lines: Lines): void {
    const { shift, base, callBase, rows, bucket, reach, duration, count, fn, call, flags } = lines;
    const [from, to] = [rows[row], rows[row + 1]];
    if (from === to) return;
    const width = this.#width / 2 ** shift;
    const offset = base - this.#first * width;
    // The one before may reach into the window.
    const begin = from + Math.max(0, lowest(to - from, (k) => bucket[from + k] + offset >= 0) - 1);
    let failure = lowest(lines.failedAt.length, (k) => lines.failedAt[k] >= begin);
    for (let at = begin; at < to; at++) {
      const place = Math.floor((bucket[at] + offset) / width);
      if (place >= this.#buckets) return;
      const end = Math.ceil((bucket[at] + offset + reach[at]) / width);
      const hasFailed = lines.failedAt[failure] === at;
      this.#add(
        place,
        end,
        duration[at],
        count[at],
        fn[at],
        callBase + call[at],
        flags[at],
        hasFailed ? lines.failed[failure] : 0,
        hasFailed ? lines.failedCall[failure] : Infinity,
      );
      if (hasFailed) failure++;
    }
  }

  addSpans(depth: number, { rows, start, end, fn, call, flags }: SpanRows): void {
    const [from, to] = [rows[depth], rows[depth + 1]];
    const limit = (this.#first + this.#buckets) * this.#width;
    const begin = this.#first * this.#width;
    for (let at = from + Math.max(0, lowest(to - from, (k) => start[from + k] >= begin) - 1); at < to; at++) {
      if (start[at] >= limit) return;
      this.#addSpan(start[at], end[at], end[at] - start[at], fn[at], call[at], flags[at]);
    }
  }

  /** Spans deeper than `depths` that failed, by the moment when they did. */
  addFailures(depths: number, { rows, start, end, fn, call, flags }: SpanRows): void {
    for (let at = rows[depths]; at < start.length; at++)
      if ((flags[at] & SPAN.FAILED) !== 0)
        this.#addSpan(end[at], end[at], end[at] - start[at], fn[at], call[at], flags[at]);
  }

  /** What there is, by start. */
  each(told: (line: BucketLine) => void): void {
    if (this.#isEmpty) return;
    const first = this.#count[0] > 0 && this.#end[0] > 1 ? this.#whole(0) : this.#earlier;
    if (first !== null) told(this.#earlierLine(first));
    for (let at = 1; at < this.#buckets; at++) {
      if (this.#count[at] === 0) continue;
      const failedCall = this.#failedCall[at];
      told({
        start: at - 1,
        duration: Math.min(this.#end[at], this.#buckets) - at,
        count: this.#count[at],
        failed: this.#failed[at],
        fn: this.#fn[at],
        call: this.#call[at],
        failedCall: failedCall === Infinity ? NaN : failedCall,
        flags: this.#flags[at],
        isEarlier: false,
      });
    }
  }

  #whole(at: number) {
    return { end: this.#end[at], fn: this.#fn[at], call: this.#call[at], flags: this.#flags[at] };
  }

  #earlierLine({
    end,
    fn,
    call,
    flags,
  }: {
    end: number;
    fn: number;
    call: number;
    flags: number;
  }): BucketLine {
    const hasFailed = (flags & SPAN.FAILED) !== 0;
    return {
      start: 0,
      duration: Math.min(end, this.#buckets) - 1,
      count: 1,
      failed: hasFailed ? 1 : 0,
      fn,
      call,
      failedCall: hasFailed ? call : NaN,
      flags,
      isEarlier: true,
    };
  }

  #addSpan(start: number, end: number, duration: number, fn: number, call: number, flags: number): void {
    const bucket = start > 0 ? Math.floor(start / this.#width) : 0;
    const place = bucket - this.#first;
    if (place >= this.#buckets) return;
    const to = Math.max(place + 1, Math.ceil(end / this.#width) - this.#first);
    const hasFailed = (flags & SPAN.FAILED) !== 0;
    this.#add(
      place,
      to,
      Math.fround(duration),
      1,
      fn,
      call,
      flags,
      hasFailed ? 1 : 0,
      hasFailed ? call : Infinity,
    );
  }

  #add(
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
    if (at < 0) {
      if (end <= 1) return;
      this.#earlier = { end, fn, call, flags };
      this.#isEmpty = false;
      return;
    }
    this.#isEmpty = false;
    const isFirst = this.#count[at] === 0;
    this.#count[at] += count;
    this.#failed[at] = (isFirst ? 0 : this.#failed[at]) + failed;
    this.#failedCall[at] = isFirst ? failedCall : Math.min(failedCall, this.#failedCall[at]);
    if (
      !isFirst &&
      !isLonger(
        duration,
        call,
        flags,
        end,
        this.#duration[at],
        this.#call[at],
        this.#flags[at],
        this.#end[at],
      )
    )
      return;
    this.#duration[at] = duration;
    this.#end[at] = end;
    this.#fn[at] = fn;
    this.#call[at] = call;
    this.#flags[at] = flags;
  }
}
