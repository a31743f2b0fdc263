/** What all threads of a run add to the time index. */
import { Density } from './density.ts';
import { ROWS } from './span-flag.ts';

/** A leaf, closed. Times in µs since the run began; NaN: not known. */
export interface ClosedLeaf {
  thread: number;
  from: number;
  to: number;
  firstWord: number;
  /** 0: only spans that end when the recording does. */
  words: number;
  /** See `leaf.ts`. */
  bytes: Uint8Array;
}

/** A stretch of a thread of which events are missing. Times in µs since the run began. */
export interface Gap {
  thread: number;
  /** `lost`: the reader was late · `damaged`: damaged, or not there · `let go`: a flight recorder kept nothing. */
  reason: 'lost' | 'damaged' | 'let go';
  from: number;
  to: number;
}

/** How large leaves are. */
export interface LeafSize {
  /** One is closed before it gets more words than these: to read it again takes some ms. */
  words: number;
  /** Lines that one may have. */
  lines: number;
  /** A long one may have a line for so many words. */
  wordsALine: number;
}

const LEAF: LeafSize = { words: 96 * 1024, lines: 512, wordsALine: 128 };

/** More are told as one. */
const GAPS = 10_000;

export class TimeIndex {
  /** µs of the machine's clock when the run began. */
  readonly origin: number;
  readonly density = new Density();
  readonly leaves: ClosedLeaf[] = [];
  readonly gaps: Gap[] = [];

  readonly size: LeafSize;

  constructor(origin: number, size = LEAF) {
    this.origin = origin;
    // However wide buckets are, each row has one.
    this.size = { ...size, lines: Math.max(ROWS, size.lines) };
  }

  /** Times of the machine's clock. */
  gap(thread: number, reason: Gap['reason'], from: number, to: number): void {
    const last = this.gaps.at(-1);
    if (this.gaps.length >= GAPS && last !== undefined && last.thread === thread) {
      last.to = Math.max(last.to, to - this.origin);
      return;
    }
    this.gaps.push({ thread, reason, from: from - this.origin, to: to - this.origin });
  }
}
