/**
 * Words on their way through the filter: those that wait for a decision, and behind it those that are kept, with the places that they had among all
 * words of the thread. Counts what is left out.
 */
import { Kind, operandsOf, STALL } from '../wire/words.ts';
import { Fate } from './task-stack.ts';

export class KeptWords {
  /** What is kept and was not fetched yet. */
  words = new Int32Array(1 << 12);
  length = 0;
  /** Left out so far: words, events, and of those the ones with a time. */
  readonly leftOut = { words: 0, events: 0, timed: 0 };
  /** Runs of kept words that stood together: place of the first among all of the thread, and in `words`. */
  readonly #places: number[] = [];
  readonly #starts: number[] = [];
  #held = new Int32Array(1 << 10);
  #heldLength = 0;
  /** Place of the first word that is held. */
  #heldFrom = 0;
  /** Ends and fates of runs in `#held`. */
  readonly #ends: number[] = [];
  readonly #fates: Fate[] = [];

  /** Words that wait. */
  get waiting(): number {
    return this.#heldLength;
  }

  /** Place of the first word that waits, `next` where none does. */
  waitsFrom(next: number): number {
    return this.#heldLength > 0 ? this.#heldFrom : next;
  }

  /** Place of the first word that is kept. */
  get from(): number {
    return this.#places[0];
  }

  /** Place behind the last one. */
  get to(): number {
    const last = this.#places.length - 1;
    return this.#places[last] + this.length - this.#starts[last];
  }

  /** Whole events, the first of which has this place among all words of the thread. */
  add(words: Int32Array, from: number, to: number, place: number, fate: Fate): void {
    if (to <= from) return;
    if (this.#heldLength > 0 || fate === Fate.UNDECIDED) this.#hold(words, from, to, place, fate);
    else this.#pass(words, from, to, place, fate);
  }

  #hold(words: Int32Array, from: number, to: number, place: number, fate: Fate): void {
    if (this.#heldLength === 0) this.#heldFrom = place;
    this.#held = withRoom(this.#held, this.#heldLength + to - from);
    this.#held.set(words.subarray(from, to), this.#heldLength);
    this.#heldLength += to - from;
    this.#ends.push(this.#heldLength);
    this.#fates.push(fate);
  }

  #pass(words: Int32Array, from: number, to: number, place: number, fate: Fate): void {
    if (fate === Fate.LEFT_OUT) return this.#count(words, from, to);
    if (this.#places.length === 0 || this.to !== place) {
      this.#places.push(place);
      this.#starts.push(this.length);
    }
    this.words = withRoom(this.words, this.length + to - from);
    this.words.set(words.subarray(from, to), this.length);
    this.length += to - from;
    return undefined;
  }

  #count(words: Int32Array, from: number, to: number): void {
    this.leftOut.words += to - from;
    for (let at = from; at < to; at += 1 + operandsOf[words[at] & 15]) {
      const kind = words[at] & 15;
      if (words[at] === STALL) continue;
      this.leftOut.events++;
      if (operandsOf[kind] === 2 && kind !== Kind.VALUE) this.leftOut.timed++;
    }
  }

  /** What waits is kept or left out. */
  decide(fate: Fate): void {
    const held = this.#held;
    let from = 0;
    this.#heldLength = 0;
    this.#ends.forEach((end, run) => {
      const own = this.#fates[run];
      this.#pass(held, from, end, this.#heldFrom + from, own === Fate.UNDECIDED ? fate : own);
      from = end;
    });
    this.#ends.length = this.#fates.length = 0;
  }

  /** Where a place of the thread is among the kept words: what is left out takes none. */
  placeOf(place: number): number {
    let run = 0;
    let to = this.#places.length;
    while (run < to) {
      const middle = (run + to) >>> 1;
      if (this.#places[middle] <= place) run = middle + 1;
      else to = middle;
    }
    if (run === 0) return 0;
    const end = run < this.#starts.length ? this.#starts[run] : this.length;
    return Math.min(this.#starts[run - 1] + place - this.#places[run - 1], end);
  }

  /** What is kept was fetched. */
  clear(): void {
    this.length = this.#places.length = this.#starts.length = 0;
  }
}

function withRoom(words: Int32Array, length: number): Int32Array<ArrayBuffer> {
  if (length <= words.length) return words as Int32Array<ArrayBuffer>;
  const larger = new Int32Array(Math.max(length, words.length * 2));
  larger.set(words);
  return larger;
}
