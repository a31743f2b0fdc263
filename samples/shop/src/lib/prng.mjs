/**
 * A seeded random generator (Marsaglia's xorshift32), so that seed data and load are the same on
 * every machine. Never for secrets.
 */
export class Prng {
  #state;

  constructor(seed) {
    // Neighbouring seeds are spread by an odd multiplier; zero is the one state xorshift cannot leave.
    this.#state = Math.imul(seed + 1, 0x9e3779b1) >>> 0 || 1;
    for (let round = 0; round < 4; round += 1) this.next();
  }

  /** A number in [0, 1). */
  next() {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x >>> 0;
    return this.#state / 2 ** 32;
  }

  /** A whole number from min to max, both included. */
  integer(min, max) {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  pick(list) {
    return list[this.integer(0, list.length - 1)];
  }

  /** Picks an entry with a probability in proportion to weightOf(entry). */
  pickWeighted(list, weightOf) {
    const total = list.reduce((sum, entry) => sum + weightOf(entry), 0);
    let left = this.next() * total;
    for (const entry of list) {
      left -= weightOf(entry);
      if (left < 0) return entry;
    }
    return list.at(-1);
  }

  /** A shuffled copy (Fisher and Yates). */
  shuffle(list) {
    const result = [...list];
    for (let last = result.length - 1; last > 0; last -= 1) {
      const other = this.integer(0, last);
      [result[last], result[other]] = [result[other], result[last]];
    }
    return result;
  }
}
