/** The time index of one thread, beside the words: where its leaves begin and end, and which stretches are missing. */
import type { KnownStack } from '../after-gap.ts';
import type { CallStack } from '../stack.ts';
import { beginOf, crossAll } from './leaf-start.ts';
import type { SpanSink } from './span-sink.ts';
import type { TimeIndex } from './time-index.ts';

/** Times of the machine's clock, in µs; NaN: none is known. */
export class ThreadTime {
  private readonly thread: number;
  private readonly time: TimeIndex;
  private readonly stack: CallStack;
  private readonly spans: SpanSink;
  /** Since when words are missing that come before the next ones, and why; NaN: none are. */
  private missingSince = NaN;
  private isLetGo = false;

  /** @param stack which tells `spans` */
  constructor(thread: number, time: TimeIndex, stack: CallStack) {
    this.thread = thread;
    this.time = time;
    this.stack = stack;
    this.spans = stack.spans;
  }

  /** Words are missing from here on. What is on the stack then is marked by `crossAll`. */
  missing(last: number, isLetGo: boolean): void {
    if (Number.isNaN(this.missingSince)) this.missingSince = Number.isNaN(last) ? this.time.origin : last;
    this.isLetGo = isLetGo;
    this.cut(last);
  }

  /** Words are there again, or the recording is over. */
  seen(now: number): void {
    const since = this.missingSince;
    if (Number.isNaN(since)) return;
    this.time.gap(this.thread, this.isLetGo ? 'let go' : 'damaged', since, Math.max(since, now));
    this.missingSince = NaN;
  }

  /** Words were dropped in between. */
  lost(since: number, now: number): void {
    this.time.gap(this.thread, 'lost', Number.isNaN(since) ? now : since, now);
  }

  /** A frame of words is about to be fed. @param known the stack before it, as it says itself @param canCut the frame may begin a leaf */
  frame(firstWord: number, words: number, last: number, known: KnownStack, canCut: boolean): void {
    const { spans, stack } = this;
    if (canCut && spans.isFull(words)) this.cut(last);
    if (spans.words === 0) spans.begin(firstWord, last, stack.nextCall, beginOf(stack, known));
    spans.expect(words);
  }

  /** A leaf ends: what is on the stack goes on in the next. */
  cut(now: number): void {
    this.spans.cut(now);
    crossAll(this.stack);
  }

  /** Nothing is on the stack any more, and no async call waits. */
  finish(now: number): void {
    this.spans.begun(this.stack.callsBegun);
    this.cut(now);
  }
}
