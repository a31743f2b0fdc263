/** Which of many spans of time hold a moment: those with `start` ≤ t < `end`. Pure. */
import { lowest } from '../base/search.ts';

const BLOCK = 64;

export class Intervals {
  /** Places in the arrays that were given, by start. */
  readonly #order: Uint32Array;
  readonly #start: Float64Array;
  readonly #end: Float64Array;
  /** The latest end of each block of the order. */
  readonly #latest: Float64Array;
  readonly #ends: Float64Array;

  /** @param end Infinity: it does not end */
  constructor(start: ArrayLike<number>, end: ArrayLike<number>) {
    this.#order = Uint32Array.from({ length: start.length }, (_, at) => at);
    this.#order.sort((a, b) => start[a] - start[b] || a - b);
    this.#start = Float64Array.from(this.#order, (at) => start[at]);
    this.#end = Float64Array.from(this.#order, (at) => Math.max(start[at], end[at]));
    this.#latest = new Float64Array(Math.ceil(start.length / BLOCK)).fill(-Infinity);
    for (const [at, each] of this.#end.entries()) {
      const block = Math.floor(at / BLOCK);
      this.#latest[block] = Math.max(this.#latest[block], each);
    }
    this.#ends = this.#end.toSorted();
  }

  /** How many hold it. */
  count(t: number): number {
    const begun = lowest(this.#start.length, (at) => this.#start[at] > t);
    return begun - lowest(this.#ends.length, (at) => this.#ends[at] > t);
  }

  /** Places in the arrays that were given, those that begin last first; at most `limit`. */
  at(t: number, limit: number): number[] {
    const found: number[] = [];
    const wanted = Math.min(limit, this.count(t));
    let at = lowest(this.#start.length, (place) => this.#start[place] > t) - 1;
    while (at >= 0 && found.length < wanted) {
      if (this.#latest[Math.floor(at / BLOCK)] <= t) {
        at = Math.floor(at / BLOCK) * BLOCK - 1;
        continue;
      }
      if (this.#end[at] > t) found.push(this.#order[at]);
      at--;
    }
    return found;
  }
}
