/**
 * Latency histograms, one for each edge: 16 buckets an octave, so that a bucket's middle is at most 3.2 % off.
 *
 * A histogram has 48 octaves (2^-6 µs … 2^42 µs); an octave gets its page of 16 counters once a value falls into it.
 * A usual edge touches one to six octaves: about 500 bytes, where full histograms took 3 KB.
 */
import { doubled } from './doubled.ts';

const OCTAVES = 48;
export const BUCKETS = 16;
/** Exponent bits of a float32 of 2^-6. */
const LOWEST = 127 - 6;

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** Number of a bucket: octave * 16 + part of the octave. */
export type Bucket = number;

export function bucketOf(micros: number): Bucket {
  float[0] = micros;
  const bucket = (bits[0] >>> 19) - LOWEST * BUCKETS;
  return bucket < 0 ? 0 : bucket < OCTAVES * BUCKETS ? bucket : OCTAVES * BUCKETS - 1;
}

export class Latencies {
  /** [page * BUCKETS + bucket of the octave]; public so that the caller, who remembers pages, counts without a call. */
  counters = new Uint32Array(BUCKETS * 1024);
  /** [edge * OCTAVES + octave] → page, 0 = none. */
  private pages = new Int32Array(OCTAVES * 256);
  private used = 1;

  /** Page of an edge's octave. */
  page(edge: number, octave: number): number {
    const slot = edge * OCTAVES + octave;
    while (slot >= this.pages.length) this.pages = doubled(this.pages);
    if (this.pages[slot] === 0) {
      if ((this.used + 1) * BUCKETS > this.counters.length) this.counters = doubled(this.counters);
      this.pages[slot] = this.used++;
    }
    return this.pages[slot];
  }

  /** The values that each share of an edge's values does not exceed, in µs; NaN without values. */
  quantiles(edge: number, shares: readonly number[]): number[] {
    const total = this.#walk(edge, Infinity).sum;
    return shares.map((share) => (total === 0 ? NaN : this.#walk(edge, Math.ceil(share * total)).value));
  }

  /** Adds up counters until `rank` values are passed. */
  #walk(edge: number, rank: number): { sum: number; value: number } {
    let sum = 0;
    for (let octave = 0; octave < OCTAVES; octave++) {
      const page = this.pages[edge * OCTAVES + octave] ?? 0;
      if (page === 0) continue;
      for (let bucket = 0; bucket < BUCKETS; bucket++) {
        sum += this.counters[page * BUCKETS + bucket];
        if (sum >= rank) return { sum, value: 2 ** (octave - 6) * (1 + (bucket + 0.5) / BUCKETS) };
      }
    }
    return { sum, value: NaN };
  }
}
