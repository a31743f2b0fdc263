/**
 * What the time index answers: a window of the lanes of all threads, and the whole run at a glance. Types only.
 *
 * A *span* is a stretch of time in which a call lay on the stack of its thread without leaving it: a plain call is one span, an async call one for each time
 * it had the stack. So spans of one row, (lane, depth), never overlap.
 *
 * Time is cut into buckets of `resolution` µs, which begin at 0. A line of the columns stands for all spans of a row that begin in one bucket: the longest of them is
 * drawn, the others are counted.
 */
import type { ColumnsOf } from '../../base/columns.ts';
import type { ThreadKind } from '../../schema/index.ts';

/** What a line of a window has to say; bits of `flags`. */
export const SpanFlag = {
  /** At least one of its spans ended by an exception (`failed` says how many). */
  FAILED: 1,
  /** The longest is one of an async function or a generator. */
  ASYNC: 2,
  /** The longest had not ended when the recording did. */
  OPEN: 4,
  /** The longest goes on with a call that had been suspended. */
  RESUMED: 8,
  /** It stands for more than one span. */
  MANY: 16,
  /** It began before the window; `start` is 0, and `count` 1. */
  EARLIER: 32,
  /** Calls at depths that have no row at this zoom, which failed, by the moment when they did; `depth` is 255. */
  DEEP: 64,
} as const;

export interface TimeWindowAsk {
  /** Id of a run; absent: that of the session. */
  run?: string;
  /** µs since the run began. */
  t0: number;
  t1: number;
  /** Pixels of the window: there are about so many buckets, or down to half as many. Less where buckets would be narrower than 1 µs, or it would take too long. */
  px: number;
  /** `threads.thread_id`; absent: all. */
  threads?: readonly number[];
  /** At most so many depths of each thread, from the outermost call; absent: all that there are. */
  depths?: number;
}

export interface Lane {
  /** `threads.thread_id` */
  thread: number;
  name: string;
  /** Process id. */
  process: number;
  /** Thread id within its process: 0 is the main thread, or the page. */
  tid: number;
  kind: ThreadKind;
  /** File that it was started with: relative to the workspace, or its last two names where it lies elsewhere; null: it is not known. */
  script: string | null;
  /** Rows that the lane needs in this window: one more than the greatest `depth` in it, 255 left out. */
  depths: number;
  /** Depths that are told: 16, or 255 where the window is so narrow that words are read, or nothing is deeper. */
  indexed: number;
}

export interface TimeWindowHead {
  run: string;
  /** The window as it is answered: multiples of `resolution` around what was asked for. */
  t0: number;
  t1: number;
  /** µs of a bucket: a power of two, from 1. */
  resolution: number;
  lanes: Lane[];
  functions: WindowFunction[];
}

export interface WindowFunction {
  /** `functions.ast_node_id`; empty: its site is unknown. */
  id: string;
  name: string;
  /** File of it. */
  module: string;
  line: number;
}

/** By lane, depth and start. */
export interface TimeWindowColumns {
  /** Index in `lanes`. */
  row: Uint16Array;
  depth: Uint8Array;
  /** Buckets since `t0`. */
  start: Uint32Array;
  /** Buckets that the longest span reaches into, at least 1; not beyond `t1`. */
  duration: Uint32Array;
  /** Spans that begin in the bucket. */
  count: Uint32Array;
  /** Those of them that ended by an exception. */
  failed: Uint32Array;
  /** Function of the longest: index in `functions`. */
  function: Uint32Array;
  /** Call of the longest: `calls.call_id` of its thread. */
  call: Float64Array;
  /** First of the calls that failed; NaN: none did. */
  failedCall: Float64Array;
  flags: Uint8Array;
}

export type TimeWindow = ColumnsOf<TimeWindowHead, TimeWindowColumns>;

export interface OverviewAsk {
  /** Id of a run; absent: that of the session. */
  run?: string;
  /** At most so many buckets. */
  px: number;
}

export interface OverviewHead {
  run: string;
  from: number;
  to: number;
  /** µs of a bucket: a power of two. */
  resolution: number;
  /** Stretches of which events are missing, µs; merged over threads. */
  lost: [from: number, to: number][];
  /** Moments worth a sign, in order of time. */
  marks: OverviewMark[];
}

export interface OverviewMark {
  at: number;
  thread: number | null;
  /** `error`: first of its signature · `uncaught` · `pause`: the event loop was held · `keep`: a flight recorder kept what it held · `rate`: another share of the tasks was kept · `vital`: a page was there, moved, or was given the input that it answered latest · `event`: one of the program's own. */
  kind: 'error' | 'uncaught' | 'pause' | 'keep' | 'rate' | 'vital' | 'event';
  text: string;
}

/** A number for each bucket from `from` on; the last one may be cut off by `to`. */
export interface OverviewColumns {
  /** Calls begun. */
  calls: Float64Array;
  /** Errors first seen. */
  errors: Uint32Array;
  /** Calls that ended by an exception. */
  failed: Uint32Array;
  /** µs that threads had something on their stacks, added up over threads; of an import nobody knows, and it is 0. */
  busy: Float64Array;
}

export type Overview = ColumnsOf<OverviewHead, OverviewColumns>;
