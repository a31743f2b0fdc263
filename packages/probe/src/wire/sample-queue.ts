/** When the producer was seen where. */
import type { Samples } from './segment.ts';

type Micros = number;

/** Times of positions, oldest first; per position at most the first and the last look. */
export class SampleQueue {
  #at = new Float64Array(256);
  #micros = new Float64Array(256);
  #first = 0;
  #end = 0;

  /** Times never go back, which a frame could not hold: a stall that began before the last look may be seen only by this one. */
  add(at: number, seen: Micros): void {
    const end = this.#end;
    const micros = end > this.#first ? Math.max(seen, this.#micros[end - 1]) : seen;
    if (end - this.#first >= 2 && this.#at[end - 1] === at && this.#at[end - 2] === at) {
      this.#micros[end - 1] = micros;
      return;
    }
    if (end === this.#at.length) this.#makeRoom();
    this.#at[this.#end] = at;
    this.#micros[this.#end++] = micros;
  }

  #makeRoom(): void {
    const count = this.#end - this.#first;
    const size = count * 2 > this.#at.length ? this.#at.length * 2 : this.#at.length;
    const at = new Float64Array(size);
    const micros = new Float64Array(size);
    at.set(this.#at.subarray(this.#first, this.#end));
    micros.set(this.#micros.subarray(this.#first, this.#end));
    this.#at = at;
    this.#micros = micros;
    this.#first = 0;
    this.#end = count;
  }

  /** From the last sample at or before `from` to the first at or after `to`. */
  around(from: number, to: number): Samples {
    const first = this.#lastUpTo(from);
    let end = first;
    while (end < this.#end && this.#at[end] < to) end++;
    end = Math.min(end + 1, this.#end);
    return {
      count: end - first,
      at: this.#at.subarray(first, end),
      micros: this.#micros.subarray(first, end),
    };
  }

  /** Samples before the last one at or before `from` are not needed again. */
  forget(from: number): void {
    this.#first = this.#lastUpTo(from);
  }

  #lastUpTo(position: number): number {
    let index = this.#first;
    while (index + 1 < this.#end && this.#at[index + 1] <= position) index++;
    return index;
  }
}
