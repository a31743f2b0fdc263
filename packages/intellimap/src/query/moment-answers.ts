/**
 * What questions about moments are answered with: `frameAt`, `stepFrom`, `callTree`, `why`, `sourceLines`.
 *
 * Times are µs since the run began, as doubles: what one answer gives can be asked with again as it is. A moment `t` is what holds after all that happened up to it,
 * `t` itself included. Threads, calls and tasks are numbers as in the tables; calls and tasks count within their thread.
 */
import type { CallValue, ShownValue } from './call-values.ts';

/** A place in the source. */
export interface SourcePlace {
  /** Relative to the root; empty: not known. */
  path: string;
  /** From 1; 0: not known. */
  line: number;
}

/** A function as answers name it. */
export interface NamedFunction extends SourcePlace {
  /** `functions.function_id`; 0: its site is unknown. */
  fn: number;
  /** `ast_node_id`; empty: unknown. */
  id: string;
  name: string;
}

/** A call that has not ended at the moment. */
export interface LiveCall extends NamedFunction {
  call: number;
  /** null: a root */
  parent: number | null;
  /** When it began; null: that was not recorded. */
  since: number | null;
  /** null: not known, as the run has too many calls for rows of all */
  task: number | null;
  isAsync: boolean;
  /** The line that it has come to, as far as it is recorded: of the `await` or `throw` that it last passed; else the line where it begins. */
  at: number;
  /** Arguments and `this`, where values were recorded. */
  values: ValueShown[];
}

/** An async call or generator that waits. */
export interface SuspendedCall extends Omit<LiveCall, 'values'> {
  /** Since when it waits; null: that was not recorded. */
  suspendedSince: number | null;
}

/** A value as the store writes it. */
export type ValueShown = Omit<CallValue, 'position'>;

export interface ThreadMoment {
  thread: number;
  /** `main`, `worker …`; null: it did not say. */
  name: string | null;
  /** Process id. */
  process: number;
  tid: number;
  /** `running`: something is on the stack · `idle` · `before`, `after`: it has not begun, has ended · `unknown`: what was recorded of then is damaged or was let go. */
  phase: 'running' | 'idle' | 'before' | 'after' | 'unknown';
  /** Outermost first. */
  stack: LiveCall[];
  /** Those that were suspended last come first; at most `limit`. */
  suspended: SuspendedCall[];
  /** How many there are beyond these. */
  suspendedMore: number;
  /** Calls begun and errors seen so far. */
  calls: number;
  errors: number;
  /** When the latest thing happened in this thread, and the next one will; null: none. */
  last: number | null;
  next: number | null;
  /** µs: times of plain calls here may be off by so much. */
  uncertainty: number;
}

export interface ActiveTask {
  thread: number;
  task: number;
  kind: string;
  name: string;
  since: number;
  /** When it will end; null: it was open when the recording ended. */
  until: number | null;
  /** `running`: a call of it is on the stack · `waiting`: none is, at this moment. */
  state: 'running' | 'waiting';
  /** Errors first seen in it, in all of its time. */
  errors: number;
}

/** Last write to something, up to the moment. */
export interface StateAt extends ShownValue {
  thread: number;
  kind: 'property' | 'variable';
  /** As it is written: `this.total`, `cache`. Objects of a class are not told apart. */
  target: string;
  /** What it had before, as was recorded; null: this is the first write that was. */
  before: string | null;
  /** How many writes there were up to the moment. */
  writes: number;
  /** Whether the last event at or before the moment, in its thread, is this write. */
  changed: boolean;
  by: NamedFunction & { call: number };
  /** When it was written, and `state_changes.nth` of the write. */
  at: number;
  nth: number;
}

/** Something that was set off and has not arrived. */
export interface MessageInFlight {
  thread: number;
  /** As `links.kind`, or what made a request: `fetch`, `http`, `https`. */
  kind: string;
  /** The call that set it off; null: no recorded call did. Of a link it is the first of its turn, see `links.from_call_id`. */
  from: (NamedFunction & { call: number }) | null;
  /** The call that will run; null: a request. */
  to: (NamedFunction & { call: number }) | null;
  /** Of a request: method and route. */
  request: string | null;
  /** Not before this; exact for requests. */
  sent: number;
  /** null: never, as far as it is recorded */
  arrives: number | null;
}

export interface MomentCounters {
  /** Of the threads asked for: calls begun, errors first seen so far. */
  calls: number;
  errors: number;
  /** Of all processes, as last looked at (each second); null: nothing yet. */
  rss: number | null;
  recorderMemory: number | null;
  cpuMs: number | null;
  /** ms that the main thread of the first process has given its event loop no turn: its outermost call goes on for so long. null: that call is async, and may have come back later than it began. */
  heldMs: number | null;
}

/** All that is known of one moment. */
export interface ExecutionFrame {
  t: number;
  /** From what: `recording`: exactly, by playing it · `rows`: from `calls`, short calls may be missing, whether an async call runs or waits is not known. */
  source: 'recording' | 'rows';
  threads: ThreadMoment[];
  /** Which began last come first. */
  tasks: ActiveTask[];
  tasksMore: number;
  /** What changed last comes first. */
  state: StateAt[];
  stateMore: number;
  messages: MessageInFlight[];
  messagesMore: number;
  counters: MomentCounters;
  /** What this answer cannot tell, and what would make it: a sentence each. */
  unknown: string[];
}

/** Whose steps. Nothing: those of all threads. */
export interface StepScope {
  thread?: number;
  /** With `thread`: calls of this task. */
  task?: number;
  /** `functions.ast_node_id`. */
  function?: string;
  /** With `thread`: for `sibling`, `parent`, `child`, and `same-function`; by default the call on top of the stack. */
  call?: number;
}

/**
 * `event`: anything recorded · `call`: a call begins · `error`: an error is first seen · `state`: a write · `sibling`: the next or previous call of the same caller (of a root: the next root) begins · `parent`: the caller
 * begins · `child`: the first (or, backwards, the last) call made by it begins · `same-function`: a call of the same function begins.
 */
export type StepWhat =
  | 'event'
  | 'call'
  | 'error'
  | 'state'
  | 'sibling'
  | 'parent'
  | 'child'
  | 'same-function';

export type StepKind =
  | 'begin'
  | 'return'
  | 'throw'
  | 'suspend'
  | 'resume'
  | 'error'
  | 'state'
  | 'value'
  | 'task'
  | 'other';

export interface Step {
  t: number;
  thread: number;
  /** The call that it happens in, or that begins or ends; null: the stack is empty. */
  call: number | null;
  /** Function of that call. */
  fn: NamedFunction | null;
  kind: StepKind;
}

/** Calls below one, a column each: row k is the k-th in order of beginning, row 0 the one asked for (or the first root of a task). */
export interface CallTree {
  thread: number;
  call: Float64Array;
  /** Row of its caller; -1: none of these. */
  parent: Int32Array;
  /** Place of its function in `functions`. */
  fn: Int32Array;
  /** µs since the run began; NaN: not known. */
  start: Float64Array;
  /** µs, waits for the recorder left out where rows tell; NaN: still open when the recording ends. */
  duration: Float64Array;
  /** µs on the stack without calls made from it; played from the recording, waits for the recorder are in it. */
  self: Float64Array;
  /** µs that it waited at `await` or `yield`. */
  wait: Float64Array;
  /** 0: the row asked for. */
  depth: Uint16Array;
  /** See `CALL_FLAG`. */
  flags: Uint8Array;
  functions: NamedFunction[];
  /** Calls that there was no room for, as far as they were read: `limit`, `depth`. */
  more: number;
  /** Whether `more` counts them all, and no call is missing otherwise. */
  whole: boolean;
  /** As `ExecutionFrame.source`. */
  source: 'recording' | 'rows';
}

/** Bits of `CallTree.flags`. `OPEN`: not ended when the recording did · `UNKNOWN`: no end was recorded · `HIDES`: there are calls below it that have no row here, or (of an async call that outlives the one asked for) may be. */
export const CALL_FLAG = { THREW: 1, ASYNC: 2, OPEN: 4, UNKNOWN: 8, HIDES: 16 } as const;

/** How a link of a chain is known. `recorded`: a row says so · `same value`: two recorded values are equal, which is evidence, no proof · `order`: it is the last before it. */
export type WhySureness = 'recorded' | 'same value' | 'order';

export interface WhyLink {
  kind: 'error' | 'call' | 'value' | 'state' | 'result' | 'scheduled' | 'request' | 'task';
  /** A sentence, with names and values as they were recorded. */
  words: string;
  place: SourcePlace | null;
  thread: number;
  call: number | null;
  /** The function of the call. */
  fn: NamedFunction | null;
  t: number | null;
  /** Of a value: JSON. */
  value: string | null;
  sure: WhySureness;
  /** What it is known by: rows and columns, in words. */
  evidence: string;
}

export interface WhyChain {
  /** From what is asked about back to its cause. */
  links: WhyLink[];
  /** Why it does not go on: what was not recorded, and how it would be. */
  ends: string;
}

export interface SourceLine {
  /** From 1. */
  line: number;
  /** How often it was passed; null: not recorded. `hitsFrom` says by what. */
  hits: number | null;
  hitsFrom: 'coverage' | 'function' | null;
  /** Share of the CPU samples, or of the self time of the file's functions, of the function that begins here; null: not recorded. */
  selfShare: number | null;
  /** Whether the call passed it: true and false where that is recorded; null: not known. */
  executed: boolean | null;
  /** Values known here of the call: parameters on the line where the function begins, writes where they were made, results and errors where they left. */
  values: { name: string; preview: string; type: string; t: number | null }[];
  /** An error was first seen here: in the call, or, where none is asked for, in the run. */
  errors: number;
}

export interface SourceLines {
  path: string;
  /** Lines about which there is something to say, in order. */
  lines: SourceLine[];
  functions: (NamedFunction & { endLine: number; hits: number; selfMs: number | null })[];
  /** SHA-256, first 16 hex digits, of the text that ran: compare it with the text that is shown. null: not instrumented. */
  contentHash: string | null;
  /** Lines of the call's function; null: no call is asked for. */
  callRange: { line: number; endLine: number } | null;
  /** What cannot be known as it was recorded, and what would make it: a sentence each. */
  unknown: string[];
}
