/**
 * Caller → callee pairs of a run: how often and how long. A record is one cache line of doubles, because the
 * replay of many edges is bound by memory: with all edges in use it runs at half the speed of a few.
 */
import { doubled } from './doubled.ts';
import { type Bucket, bucketOf, BUCKETS, Latencies } from './latency.ts';
import type { FunctionNo } from './program.ts';

/** Index of an edge. */
export type EdgeNo = number;

/** Fields of a record. */
export const EDGE = {
  STRIDE: 8,
  SRC: 0,
  DST: 1,
  COUNT: 2,
  /** µs of ended calls */
  TOTAL: 3,
  /** Octave of the last latency, and its page of counters. */
  OCTAVE: 4,
  PAGE: 5,
} as const;

/** Factor that joins a pair into one exact double. */
const PAIR = 2 ** 26;

export class Edges {
  size = 0;
  records = new Float64Array(EDGE.STRIDE * 1024);
  readonly latencies = new Latencies();
  /** Open addressing, two doubles a slot: pair (0 = free), edge. */
  private slots = new Float64Array(2 * 4096);

  /** The edge of a pair; made when it is new. */
  find(src: FunctionNo, dst: FunctionNo): EdgeNo {
    const pair = src * PAIR + dst + 1;
    const mask = this.slots.length / 2 - 1;
    for (let slot = hash(src, dst) & mask; ; slot = (slot + 1) & mask) {
      const found = this.slots[slot * 2];
      if (found === pair) return this.slots[slot * 2 + 1];
      if (found === 0) return this.#insert(slot, pair, src, dst);
    }
  }

  /** A call over the edge ended. */
  ended(edge: EdgeNo, micros: number): void {
    const at = edge * EDGE.STRIDE;
    const { records } = this;
    records[at + EDGE.TOTAL] += micros;
    const bucket = bucketOf(micros);
    const octave = bucket >>> 4;
    if (records[at + EDGE.OCTAVE] !== octave) this.#turnTo(edge, at, octave);
    this.latencies.counters[records[at + EDGE.PAGE] * BUCKETS + (bucket & (BUCKETS - 1))]++;
  }

  #turnTo(edge: EdgeNo, at: number, octave: Bucket): void {
    this.records[at + EDGE.OCTAVE] = octave;
    this.records[at + EDGE.PAGE] = this.latencies.page(edge, octave);
  }

  #insert(slot: number, pair: number, src: FunctionNo, dst: FunctionNo): EdgeNo {
    const edge = this.size++;
    const at = edge * EDGE.STRIDE;
    if (at === this.records.length) this.records = doubled(this.records);
    this.records[at + EDGE.SRC] = src;
    this.records[at + EDGE.DST] = dst;
    this.records[at + EDGE.OCTAVE] = -1;
    this.slots[slot * 2] = pair;
    this.slots[slot * 2 + 1] = edge;
    if (this.size * 4 > this.slots.length) this.#rehash();
    return edge;
  }

  #rehash(): void {
    this.slots = new Float64Array(this.slots.length * 2);
    const mask = this.slots.length / 2 - 1;
    for (let edge = 0; edge < this.size; edge++) {
      const src = this.records[edge * EDGE.STRIDE + EDGE.SRC];
      const dst = this.records[edge * EDGE.STRIDE + EDGE.DST];
      let slot = hash(src, dst) & mask;
      while (this.slots[slot * 2] !== 0) slot = (slot + 1) & mask;
      this.slots[slot * 2] = src * PAIR + dst + 1;
      this.slots[slot * 2 + 1] = edge;
    }
  }
}

function hash(src: number, dst: number): number {
  const mixed = Math.imul(src, 0x9e3779b1) ^ Math.imul(dst, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
