/** Keys of 24 bytes each that were seen: exact, and some 50 bytes a key, where texts in a `Set` take 120. Pure. */

const WORDS = 6;
/** Of the places. */
const MAX_LOAD = 0.6;

export class KeySet {
  size = 0;
  #places: number;
  #keys: Uint32Array;
  #used: Uint8Array;

  constructor(places = 1 << 10) {
    this.#places = places;
    this.#keys = new Uint32Array(places * WORDS);
    this.#used = new Uint8Array(places);
  }

  has(key: Buffer): boolean {
    return this.#used[this.#placeOf(wordsOf(key))] === 1;
  }

  /** Returns whether it is new. @param key 24 bytes */
  add(key: Buffer): boolean {
    if (this.size >= this.#places * MAX_LOAD) this.#grow();
    return this.#put(wordsOf(key));
  }

  #put(words: Uint32Array): boolean {
    const place = this.#placeOf(words);
    if (this.#used[place] === 1) return false;
    this.#used[place] = 1;
    this.#keys.set(words, place * WORDS);
    this.size++;
    return true;
  }

  /** Where the key is, or would be. */
  #placeOf(words: Uint32Array): number {
    let place = mixed(words) & (this.#places - 1);
    while (this.#used[place] === 1 && !this.#isAt(place, words)) place = (place + 1) & (this.#places - 1);
    return place;
  }

  #isAt(place: number, words: Uint32Array): boolean {
    for (let at = 0; at < WORDS; at++) if (this.#keys[place * WORDS + at] !== words[at]) return false;
    return true;
  }

  #grow(): void {
    const [keys, used] = [this.#keys, this.#used];
    this.#places *= 2;
    this.#keys = new Uint32Array(this.#places * WORDS);
    this.#used = new Uint8Array(this.#places);
    this.size = 0;
    for (let place = 0; place < used.length; place++)
      if (used[place] === 1) this.#put(keys.subarray(place * WORDS, (place + 1) * WORDS));
  }
}

const scratch = new Uint32Array(WORDS);
function wordsOf(key: Buffer): Uint32Array {
  for (let at = 0; at < WORDS; at++) scratch[at] = key.readUInt32LE(at * 4);
  return scratch;
}

/** Ids are random as a rule; those of tests count up. */
function mixed(words: Uint32Array): number {
  let hash = 0x811c9dc5;
  for (const word of words) {
    hash = Math.imul(hash ^ word, 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}
