/**
 * How much happened when, of all threads of a run: calls begun, errors, time on stacks, by buckets of a power of two of µs. There are at most `BUCKETS`; when time goes
 * beyond the last, all become twice as wide. Times in µs since the run began.
 */
const BUCKETS = 4096;

export class Density {
  /** µs of a bucket. */
  width = 1;
  /** Buckets that have something. */
  used = 0;
  readonly calls = new Float64Array(BUCKETS);
  readonly errors = new Float64Array(BUCKETS);
  readonly failed = new Float64Array(BUCKETS);
  readonly busy = new Float64Array(BUCKETS);

  /** End of the bucket that a moment is in. */
  endOf(time: number): number {
    return (this.#bucket(time) + 1) * this.width;
  }

  addCalls(time: number, count: number): void {
    this.calls[this.#bucket(time)] += count;
  }

  addError(time: number): void {
    this.errors[this.#bucket(time)]++;
  }

  addFailed(time: number): void {
    this.failed[this.#bucket(time)]++;
  }

  /** A stretch of time in which a thread had something on its stack. */
  addBusy(from: number, to: number): void {
    const last = this.#bucket(to);
    let bucket = this.#bucket(from);
    for (let at = Math.max(0, from); bucket < last; at = ++bucket * this.width)
      this.busy[bucket] += (bucket + 1) * this.width - at;
    this.busy[last] += to - Math.max(0, from, last * this.width);
  }

  /** Its bucket, for which there is room then. Before the run there is nothing. */
  #bucket(time: number): number {
    while (time >= BUCKETS * this.width) this.#widen();
    const bucket = time > 0 ? Math.floor(time / this.width) : 0;
    if (bucket >= this.used) this.used = bucket + 1;
    return bucket;
  }

  #widen(): void {
    this.width *= 2;
    this.used = Math.ceil(this.used / 2);
    for (const column of [this.calls, this.errors, this.failed, this.busy]) {
      for (let at = 0; at < BUCKETS / 2; at++) column[at] = column[2 * at] + column[2 * at + 1];
      column.fill(0, BUCKETS / 2);
    }
  }
}
