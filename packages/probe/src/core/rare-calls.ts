/** Which functions are called rarely, by a sample of the words that are read anyway. Pure. */
import { Kind, operandsOf, type SiteId } from '../wire/words.ts';

/** So many words of a batch are looked at, in the mean: all of a batch, or none. */
const SAMPLE_WORDS = 4096;
const MOST_ROOM = 1 << 18;
/** Calls from one count to the next. Who had so many once is not rare any more: V8 makes its code for many calls, and would make it anew. */
const OFTEN = 100;

export class RareCalls {
  /** By function, about, up to OFTEN, where they stay. */
  #calls = new Uint8Array(1024);
  #room = 0;
  /** Words since the last batch that was looked at. */
  #passed = 0;

  /** A batch of words. */
  see(words: Int32Array, from: number, to: number): void {
    const count = to - from;
    this.#passed += count;
    this.#room = Math.min(this.#room + SAMPLE_WORDS, MOST_ROOM);
    if (count > this.#room) return;
    this.#room -= count;
    const weight = Math.ceil(this.#passed / Math.max(count, SAMPLE_WORDS));
    this.#passed = 0;
    for (let at = from; at < to; at += 1 + operandsOf[words[at] & 15]) {
      const kind = words[at] & 15;
      if (kind === Kind.ENTER || kind === Kind.FRAME_ENTER) this.#add(words[at] >>> 4, weight);
    }
  }

  /** Called in this count, and rarely. */
  isRare(site: SiteId): boolean {
    const calls = this.#calls[site] ?? 0;
    return calls > 0 && calls < OFTEN;
  }

  countAnew(): void {
    const calls = this.#calls;
    for (let site = 0; site < calls.length; site++) if (calls[site] < OFTEN) calls[site] = 0;
  }

  #add(site: SiteId, calls: number): void {
    if (site >= this.#calls.length) {
      const before = this.#calls;
      (this.#calls = new Uint8Array(2 ** Math.ceil(Math.log2(site + 1)))).set(before);
    }
    this.#calls[site] = Math.min(OFTEN, this.#calls[site] + calls);
  }
}
