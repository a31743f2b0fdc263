/** What a recorded call looked like from inside: whom it called, where it waited, threw and caught, in order. */

/** What happened in a call, as a recording tells it. */
export const Seen = {
  /** A function began; which one. */
  CALL: 0,
  /** It gave up the stack at an `await`, `yield` or `for await`; where. */
  WAIT: 1,
  /** A `throw` statement ran; a `catch` clause was entered; which one. */
  THROW: 2,
  CATCH: 3,
} as const;
export type Seen = (typeof Seen)[keyof typeof Seen];

/** `open`: it had not ended when the recording did. */
export const TRACE_ENDS = ['returned', 'threw', 'open'] as const;
export type TraceEnd = (typeof TRACE_ENDS)[number];

/** Parallel lists. */
export interface Trace {
  /** `Seen` */
  readonly seen: ArrayLike<number>;
  /** Of CALL: number of the function; of all others: number of the place. */
  readonly what: ArrayLike<number>;
  readonly end: TraceEnd;
}
