/** Spans of a leaf that is read again, into buckets of a width that was asked for, at all depths. Times of the machine's clock, in µs. */
import type { Lines } from '../replay/time/buckets.ts';
import { OpenBuckets } from '../replay/time/open-buckets.ts';
import { INDEXED, SPAN, TOLD } from '../replay/time/span-flag.ts';

/** The row for failures at depths that are not indexed, by the moment when they happened: as `DEEP` of a stretch of the index. */
export const DEEP_OF_LEAF = TOLD;

export class LeafLines extends OpenBuckets {
  /** Serves one leaf after the other. @param origin when the run began */
  constructor(origin: number) {
    super(TOLD + 1, origin);
  }

  /** A leaf begins, whatever became of the last one. @param shift buckets have `2 ** shift` µs */
  begin(shift: number): void {
    this.closeAll();
    this.buckets.clear(shift);
  }

  /** A span has ended. Those that began before the leaf are told elsewhere. */
  add(depth: number, start: number, end: number, fn: number, call: number, flags: number): void {
    if ((flags & SPAN.CROSSES) !== 0) return;
    const { origin } = this;
    const duration = Math.fround(end - start);
    const to = end - origin;
    if (depth < TOLD) this.count(depth, start - origin, to, duration, fn, call, flags);
    if (depth >= INDEXED && (flags & SPAN.FAILED) !== 0)
      this.count(DEEP_OF_LEAF, to, to, duration, fn, call, flags);
  }

  /** There are no more. @param nextCall of the leaf */
  lines(nextCall: number): Lines {
    this.closeAll();
    return this.buckets.lines(nextCall);
  }
}
