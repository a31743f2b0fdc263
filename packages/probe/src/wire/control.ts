/**
 * What is said over a process's control socket: one line of JSON a request, one line an answer.
 *
 * The drain worker serves the socket, so that it answers while the program's event loop is stuck. `control/<pid>.json` in the
 * run folder says where it listens.
 */

import { jsonBytes } from './bytes.ts';
import type { GateName } from './ring.ts';

/** Highest version of requests that this probe understands. */
export const CONTROL_VERSION = 1;

/** `control/<pid>.json`. */
export interface ControlFile {
  version: number;
  pid: number;
  /** Path of a Unix domain socket that only its owner may use; longer than systems take, perhaps: then it is reached through its folder. */
  socket: string;
  node: string;
  argv: string[];
}

/** Systems refuse longer paths of sockets, in bytes. */
const MAX_SOCKET_PATH = 100;
/** Where Linux shows a process the folders that it has open. */
const OPEN_FOLDERS = '/proc/self/fd';

/** What `socketAddress` needs of `node:fs`. */
interface Folders {
  existsSync: (path: string) => boolean;
  openSync: (path: string, flags: number) => number;
  closeSync: (fd: number) => void;
  constants: { O_DIRECTORY: number };
}

/** How to bind or reach a socket: by its path, or where that is too long, through its folder, as long as that is not released. */
export function socketAddress(
  socket: string,
  { existsSync, openSync, closeSync, constants }: Folders,
): { path: string; release: () => void } {
  if (jsonBytes(socket).length <= MAX_SOCKET_PATH || !existsSync(OPEN_FOLDERS))
    return { path: socket, release: () => {} };
  const slash = socket.lastIndexOf('/');
  const fd = openSync(socket.slice(0, slash), constants.O_DIRECTORY);
  return { path: `${OPEN_FOLDERS}/${fd}${socket.slice(slash)}`, release: () => closeSync(fd) };
}

/** Longest line of a request, in bytes: who sends more is cut off. */
export const MAX_REQUEST_BYTES = 1 << 16;
/** A trace ends by itself after so long, in seconds, and after so many calls, unless it says otherwise. */
export const TRACE_SECONDS = 60;
export const TRACE_CALLS = 1_000_000;
/** Traces that a process keeps at a time. */
export const MAX_TRACES = 100;

/** Opens the gates of functions, in files known and files to come. All of the patterns are regular expressions. */
export interface TraceRequest {
  op: 'trace';
  /** Paths as in the recording: relative to the root, with forward slashes. A file matches when one of them does. */
  files: string[];
  /** Names of functions (`Cart.total`); none: all functions of the files. */
  names?: string[];
  /** For people: what was asked for. */
  label?: string;
  seconds?: number;
  calls?: number;
}

/** Tasks of a kind or name (`GET /carts/7`), that take longer, or end with a status: flight recorders keep for them, and sampling keeps those of the kind and name. */
export interface TaskTraceRequest {
  op: 'traceTask';
  /** As in the table `tasks`: `request`. */
  kind?: string;
  /** A regular expression. */
  name?: string;
  slowerThanMs?: number;
  /** Of the answer to a request. */
  status?: number;
  label?: string;
  seconds?: number;
}

/** Budgets of the process; null takes one away, what is not named stays. Beyond a budget, all gates close, but for that of `cpu`. */
export interface Limits {
  /** What recording may take of the processors, in percent of what the program takes: functions that are called most are counted, for others to be told. */
  cpu?: number | null;
  /** Resident memory, in MiB; in a container nine tenths of what it may have, unless told otherwise. */
  memory?: number | null;
  eventsPerSecond?: number | null;
  /** Of the recording on disk. */
  bytes?: number | null;
  /** From now on. */
  seconds?: number | null;
  /** Share of tasks that is kept, above 0 and up to 1, or `auto`: see `AUTO_BYTES_PER_SECOND`. No budget; null: all tasks. */
  sample?: number | 'auto' | null;
}

export type ControlRequest =
  | { op: 'status' }
  | TraceRequest
  | TaskTraceRequest
  | { op: 'stop'; trace: number }
  | ({ op: 'limits' } & Limits)
  /** The flight recorder keeps what it has. */
  | { op: 'keep'; reason?: string }
  /** The emergency stop: all gates close, nothing is recorded any more, traces end. */
  | { op: 'panic'; reason?: string };

/** A trace as its process tells it. */
export interface TraceState {
  trace: number;
  label: string;
  /** Functions whose gates it opened so far. */
  functions: number;
  /** Calls of them since it began, and at how many it ends. */
  calls: number;
  maxCalls: number;
  /** Of a trace of tasks: how many ended that it was for. It has no functions, and no calls. */
  tasks?: number;
  /** Seconds until it ends. */
  secondsLeft: number;
}

/** What recording takes of the processors. */
export interface Overhead {
  /** What the process has taken so far with all its threads, and of that the one that reads and writes down; a second old at most. */
  cpuMs: number;
  ownMs: number;
  /** What recording may take, in percent of what the program takes by itself; absent: what it will. */
  budget?: number;
  /** Functions that are only counted for its sake. */
  counted?: number;
  /** As gates are now, of the last second or so, foretold from calibrated costs; absent: not known yet, or there is no budget. */
  percent?: number;
}

/** An event loop that gets no turn, as recorded calls tell it. */
export interface HeldLoopState {
  thread: number;
  /** At least so long by now. */
  ms: number;
  /** Function of the outermost call on the stack, and its file; no name: one that is not known by name. */
  name?: string;
  file?: string;
}

export interface ProcessState {
  pid: number;
  /** Threads that are recorded now. */
  threads: number[];
  /** What new functions begin with: `open`, `count`, `off`. */
  gates: GateName;
  /** Functions by the state of their gate, in the main thread. */
  functions: Record<GateName, number>;
  /** Nothing is recorded, since when (ms since the epoch) and why. */
  stopped?: { at: number; reason: string };
  limits: Limits;
  /** Share of the tasks that is kept now; absent: nobody asked for less than all. */
  sampleRate?: number;
  overhead: Overhead;
  /** Bytes: resident, of the whole process, and what of it is known to hold a recording (rings as far as they are written, flight recorders). */
  memory: { rss: number; recorder: number };
  /** Threads whose event loop has had no turn for 50 ms or more, now; nothing is known in a `minimal` run, and when stopped. */
  held: HeldLoopState[];
  events: number;
  bytes: number;
  lost: number;
  traces: TraceState[];
}

/** Results by `op`. */
export interface ControlResults {
  status: ProcessState;
  trace: TraceState;
  traceTask: TraceState;
  stop: TraceState;
  limits: ProcessState;
  keep: ProcessState;
  panic: ProcessState;
}

export type ControlAnswer =
  | { ok: true; result: ControlResults[keyof ControlResults] }
  /** A sentence for people. */
  | { ok: false; error: string };
