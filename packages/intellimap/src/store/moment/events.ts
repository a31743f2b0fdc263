/** What is told of a thread's stack as its words go by. */
import type { FrameId, SiteId } from '@intellimap/probe/wire';
import type { FunctionNo } from '../replay/program.ts';

/** What an event is. `GONE`: a call is no longer on the stack, and did not tell when it ended. */
export const Event = {
  BEGIN: 0,
  RETURN: 1,
  THROW: 2,
  SUSPEND: 3,
  RESUME: 4,
  /** An error is seen for the first time. */
  ERROR: 5,
  STATE: 6,
  /** An error that was seen before is thrown on, or caught. */
  SEEN_AGAIN: 7,
  GONE: 8,
} as const;
export type Event = (typeof Event)[keyof typeof Event];

/** Told of each event after it was taken; `parent` (NaN: none) is told of those that begin. True: that is enough. */
export type Listener = (event: Event, call: number, fn: FunctionNo, word: number, parent: number) => boolean;

/** An async call or generator that has not ended. */
export interface OpenCall {
  id: FrameId;
  site: SiteId;
  fn: FunctionNo;
  call: number;
  /** NaN: none */
  parent: number;
  /** µs of the machine's clock. */
  began: number;
  /** Depth on the stack; -1 while it waits. */
  depth: number;
  /** Site that it last passed; 0: none. */
  passed: SiteId;
  suspendedAt: number;
  /** See `Frames.host`. */
  host: OpenCall | undefined;
  /** For who writes down what is known: its row there, -1: none; whether it is in `touched`. */
  row: number;
  isTouched: boolean;
}
