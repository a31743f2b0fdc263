/**
 * What the browser's clock has to do with the machine's, from questions that it answered in between: it said `theirs` somewhere from `before` to `after`, so
 * each answer leaves the difference some room, and all of them together what they have in common. Pure.
 */
import type { Micros } from '../../base/recording.ts';

export interface Shift {
  /** µs that the machine's clock is ahead. */
  shift: number;
  /** By how much that may be wrong, µs; null: nobody knows. */
  unsure: number | null;
}

export class ClockPair {
  #low = -Infinity;
  #high = Infinity;

  /** @param theirs what the browser's clock showed at some time between */
  told(theirs: Micros, before: Micros, after: Micros): void {
    const [low, high] = [Math.max(this.#low, before - theirs), Math.min(this.#high, after - theirs)];
    // Clocks that were set meanwhile: the last word counts.
    if (low > high) [this.#low, this.#high] = [before - theirs, after - theirs];
    else [this.#low, this.#high] = [low, high];
  }

  /** Where both may well be one clock, as on Linux, they are taken for one. */
  get shift(): Shift {
    if (this.#low === -Infinity) return { shift: 0, unsure: null };
    const middle = Math.round((this.#low + this.#high) / 2);
    const shift = this.#low <= 0 && this.#high >= 0 ? 0 : middle;
    return { shift, unsure: Math.ceil(Math.max(shift - this.#low, this.#high - shift)) };
  }
}
