/**
 * Spans of one thread, as they end, into leaves of the time index. A leaf is a stretch of the recording, some ten thousand words, that begins and ends with a frame of
 * words: so it can be read again by itself where its buckets are too wide for a question.
 * What lies on the stack where one leaf ends and the next begins is in no bucket: when it ends it is written down as it is (`crossing`).
 */
import { type CallStack, ENTRY } from '../stack.ts';
import { encodeLeaf, type KnownSpans } from './leaf.ts';
import { OpenBuckets, ROUNDING } from './open-buckets.ts';
import { DEEP, DUE, INDEXED, ROWS, SPAN, TOLD } from './span-flag.ts';
import { SpanList } from './span-list.ts';
import type { SpanSink } from './span-sink.ts';
import type { LeafSize, TimeIndex } from './time-index.ts';

/** How much finer than the leaf before one begins. */
const FINER = 2;

export class SpanIndex extends OpenBuckets implements SpanSink {
  readonly depths = INDEXED;
  isDeep = false;
  leaf = 0;
  words = 0;

  private readonly thread: number;
  private readonly time: TimeIndex;
  private readonly size: LeafSize;
  private limit: number;
  private firstWord = 0;
  private nextCall = 0;
  /** µs of the machine's clock when the leaf began; NaN: not known. */
  private clock = NaN;
  /** What is told of the beginning of the leaf, for who reads it by itself. */
  private known: KnownSpans = { stack: null, hosts: [], frames: [], fullStacks: [] };
  private readonly crossing = new SpanList();
  private ticked = 0;
  private tickedAt = 0;
  private due = -Infinity;

  constructor(thread: number, time: TimeIndex) {
    super(ROWS, time.origin);
    this.thread = thread;
    this.time = time;
    this.size = time.size;
    this.limit = time.size.lines;
  }

  ended({ ints, nums }: CallStack, at: number, depth: number, now: number, flags: number): void {
    const { FN, ON, CALL } = ENTRY;
    this.add(depth, nums[at + ON], now, ints[at + FN], nums[at + CALL], flags);
  }

  add(depth: number, start: number, end: number, fn: number, call: number, flags: number): void {
    if ((flags & SPAN.CROSSES) !== 0) return this.#cross(depth, start, end, fn, call, flags);
    const duration = Math.fround(end - start);
    const to = end - this.origin;
    if (depth < INDEXED) this.count(depth, start - this.origin, to, duration, fn, call, flags);
    else this.count(DEEP, to, to, duration, fn, call, flags);
  }

  fail(now: number): void {
    this.time.density.addFailed(now - this.origin);
  }

  busy(start: number, end: number): void {
    this.time.density.addBusy(start - this.origin, end - this.origin);
  }

  error(now: number): void {
    this.time.density.addError(now - this.origin);
  }

  tick(now: number, begun: number): void {
    // It may be early.
    if (now - this.origin < this.due) return;
    this.begun(begun);
    this.tickedAt = now - this.origin;
    const { density } = this.time;
    this.due = density.endOf(this.tickedAt);
    this.quick[DUE] = this.origin + this.due - ROUNDING;
  }

  begun(calls: number): void {
    if (calls > this.ticked) this.time.density.addCalls(this.tickedAt, calls - this.ticked);
    this.ticked = calls;
  }

  isFull(words: number): boolean {
    return this.words > 0 && this.words + words > this.size.words;
  }

  begin(firstWord: number, clock: number, nextCall: number, known: KnownSpans): void {
    this.firstWord = firstWord;
    this.clock = clock;
    this.nextCall = nextCall;
    this.known = known;
  }

  expect(words: number): void {
    this.words += words;
    this.limit = Math.max(this.size.lines, Math.floor(this.words / this.size.wordsALine));
  }

  goesOn(id: number, site: number, call: number): void {
    this.known.frames.push({ id, site, call });
  }

  fullStack(text: number): void {
    const { fullStacks } = this.known;
    if (!fullStacks.includes(text)) fullStacks.push(text);
  }

  cut(clock: number): void {
    this.closeAll();
    if (this.words > 0 || this.crossing.size > 0) {
      const from = this.clock - this.origin;
      const to = clock - this.origin;
      const { firstWord, words, nextCall, known, buckets } = this;
      const crossing = this.crossing.columns();
      const { isDeep } = this;
      const begin = { clock: this.clock, firstWord, words, nextCall, isDeep, known };
      const bytes = encodeLeaf(begin, buckets.lines(nextCall), crossing);
      this.time.leaves.push({ thread: this.thread, from, to, firstWord, words, bytes });
    }
    this.leaf++;
    this.isDeep = false;
    this.words = 0;
    this.crossing.size = 0;
    this.known = { stack: null, hosts: [], frames: [], fullStacks: [] };
    this.clock = clock;
    this.buckets.clear(Math.max(0, this.buckets.shift - FINER));
  }

  protected override isTooFine(): boolean {
    return this.buckets.isTooFine(this.limit);
  }

  #cross(depth: number, start: number, end: number, fn: number, call: number, flags: number): void {
    if (depth < TOLD)
      this.crossing.add(depth, start - this.origin, end - this.origin, fn, call, flags & ~SPAN.CROSSES);
  }
}
