/** Who is told of spans while a thread is replayed. Times of the machine's clock, in µs; flags are bits of `SPAN`. */
import type { CallStack } from '../stack.ts';
import type { KnownSpans } from './leaf.ts';

export interface SpanSink {
  /** Spans of depths below it are told, and of others only those that failed, or cross. */
  readonly depths: number;
  /**
   * What nearly every span needs, for whoever would not pay for a call: up to when a span must begin, and how long it may last, to be one of many, which is only counted
   * in `counts`. Two numbers a depth; then the time at which a call begins that `tick` is told of. Times of the machine's clock.
   */
  readonly quick: Float64Array;
  readonly counts: Uint32Array;
  /** Set when there was a span that is not told. */
  isDeep: boolean;
  /** Number of the leaf at hand. */
  readonly leaf: number;
  /** Words of the leaf so far. */
  readonly words: number;
  /** A span has ended: the plain call whose entry, no longer on the stack, is at `at`. */
  ended(stack: CallStack, at: number, depth: number, now: number, flags: number): void;
  /** Another span has ended. */
  add(depth: number, start: number, end: number, fn: number, call: number, flags: number): void;
  /** Something was on the stack for a while. */
  busy(start: number, end: number): void;
  /** A call failed. */
  fail(now: number): void;
  /** An error was seen for the first time. */
  error(now: number): void;
  /** A call begins, some time after others. @param begun calls that began before */
  tick(now: number, begun: number): void;
  /** How many calls began in all. */
  begun(calls: number): void;
  /** Whether the leaf has no room for a frame of so many words. */
  isFull(words: number): boolean;
  /** A leaf begins with a frame of words. */
  begin(firstWord: number, clock: number, nextCall: number, known: KnownSpans): void;
  /** Words are about to be replayed. */
  expect(words: number): void;
  /** A call goes on, or fails, that began before this leaf, and was suspended when it did. */
  goesOn(id: number, site: number, call: number): void;
  /** An error with this text was caught, which says that the stack is full. */
  fullStack(text: number): void;
  /** The leaf ends; whoever calls marks what is on the stack. */
  cut(now: number): void;
}
