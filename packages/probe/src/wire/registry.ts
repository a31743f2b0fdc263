/**
 * What hangs on `globalThis[Symbol.for('intellimap.probe.1')]` of an instrumented thread: the door between the probe
 * and the loader that rewrites modules. Another copy of the probe that finds the symbol stays quiet.
 */
import type { GateName } from './ring.ts';
import type { Note } from './segment.ts';
import type { SiteId, Version } from './words.ts';

/** Name of the global symbol and of the worker environment data. */
export const PROBE_KEY = 'intellimap.probe.1';

/** ns that a call costs the program's thread, and a word the reader's; calibrated on this machine. */
export interface CallCosts {
  /** Its gate is open: ENTER and LEAVE. */
  told: number;
  /** The same for async functions and generators, with what they suspend: each reads the clock. */
  framed: number;
  /** Behind a closed gate. */
  closed: number;
  /** It has no gate and is counted. */
  hit: number;
  /** Reading and encoding a word. */
  read: number;
}

/** What looking at values may cost; 0 in any of them: no limit. */
export interface ValueBudget {
  /** Calls of each function that are all looked at; after those every 2nd, then every 4th and so on, about as many for each doubling. */
  calls: number;
  /** Bytes a second, with as many at once. */
  rate: number;
  /** Bytes of a thread. */
  bytes: number;
  /** Percent of the time that may go into looking. */
  share: number;
}

/** Unless somebody says otherwise. */
export const VALUE_BUDGET: ValueBudget = { calls: 256, rate: 4 << 20, bytes: 64 << 20, share: 25 };

export interface ValueSettings {
  budget: ValueBudget;
}

/** What V8 itself shall measure of each thread. */
export interface V8Settings {
  /** CPU samples: µs between two. */
  cpu?: number | undefined;
  /** How often each block was passed. */
  coverage?: boolean | undefined;
  /** Snapshots of the heap. */
  heap?: boolean | undefined;
  /** Int32Array(1): how often threads of the process have written because they were about to be ended. */
  written: SharedArrayBuffer;
}

/** One process's recording, the same objects in all of its threads: structured-cloneable, SABs are shared. */
export interface ProbeShared {
  /** Absolute run folder. */
  runDir: string;
  tier: string;
  /** 'wait' (total recall), or 'drop' when the reader is late. */
  policy: 'wait' | 'drop';
  /** Bytes of segments that a thread's flight recorder holds in memory; 0: all is written to disk as it comes. */
  flightBytes: number;
  /** Another process of the run has started this one. */
  isChild: boolean;
  /** Percent of the program's own processor time that recording may take; undefined: what it will. */
  budget: number | undefined;
  /** Undefined: as usual. */
  costs: CallCosts | undefined;
  /** A flight recorder also keeps when a request took longer: ms, or than 99 of 100 like it. */
  keepSlower: number | 'p99' | undefined;
  /** Share of the tasks that is kept, or `auto`; undefined: all, and the rate is no matter. */
  sample: number | 'auto' | undefined;
  /** Whether garbage collections are told. */
  gc: boolean;
  /** Whether turns tell who scheduled them. */
  links: boolean;
  /** Whether requests that the program makes are told. */
  resources: boolean;
  /** Requests that the program serves are told. */
  requests: boolean;
  /** What functions begin with. */
  gates: GateName;
  /** What looking at values may cost; absent where none are asked for. */
  values?: ValueSettings | undefined;
  /** Names that are secret beside the usual, and the key of tokens, 16 hex digits; without one tokens cannot be compared. */
  redaction: { names: string[]; key?: string | undefined };
  /** Absent: nothing. */
  v8?: V8Settings | undefined;
  /** Words of a ring's chunk. */
  chunkWords: number;
  /** Int32Array(1): the next free site id. `Atomics.add(new Int32Array(siteCounter), 0, n)` allocates from any thread. */
  siteCounter: SharedArrayBuffer;
  /** Int32Array of `Bell` fields. */
  bell: SharedArrayBuffer;
  /** Name of the process's BroadcastChannel. */
  channel: string;
  /** How the program numbers threads: thread-ids.ts. */
  threadIds: SharedArrayBuffer;
  /** Our variables and NODE_OPTIONS, for children and workers. */
  environment: { options: string; variables: Record<string, string> };
}

/** Fields of `ProbeShared.bell`. */
export const Bell = {
  /** Rung (added to and notified) when the drain should look at once. */
  RING: 0,
  /** 1 when the drain listens (notified). */
  READY: 1,
  /** Counts the drain's ticks. */
  HEARTBEAT: 2,
  /** 1 when the drain died or could not start: nobody waits for it any more. */
  DEAD: 3,
  /** The operating system's number of the drain's thread, 0 when it is not known. */
  NATIVE: 4,
  /** 1 while somebody wants to know how tasks end. */
  ENDS: 5,
  /** 1 while the drain waits in its event loop, where it hears messages and no bell. */
  RESTS: 6,
  /** Counts who wants what they told to be written at once, without waiting for it. */
  HURRIES: 7,
} as const;

export const BELL_BYTES = 32;

export interface WorkerWatch {
  /** Before a worker starts. */
  starting: () => void;
  /** After its end, however it came. */
  ended: (tid: number) => void;
}

export interface ProbeRegistry {
  readonly version: Version;
  readonly shared: ProbeShared;
  /** Node's number of this thread, 0 for the main thread: the program sees another one. */
  readonly tid: number;
  /** Why nothing is recorded in this thread, when so. */
  readonly disabled?: string;
  /** Makes sure that this thread's ring is drained. Every instrumented module calls it first, as `$imB()`. */
  start(): void;
  /** Everything recorded so far by this thread is on disk when it returns true; gives up after about 2 s. */
  flush(): boolean;
  /** Declares the probes in a vm context (or in the main realm). False when they were there already. */
  installIn(context?: object): boolean;
  /** Records an error that nobody caught, and flushes. */
  reportUncaught(error: unknown, origin: string): void;
  /** Puts a note into the thread's recording. */
  note(note: Note): void;
  /** The function that a stand-in of the probe stands for; undefined for any other. */
  originalOf(value: object): object | undefined;
  /** V8 keeps this many frames more in stacks, for those of ours; until the answer is called. */
  readonly moreFrames: (own: number) => () => void;
  /** Told about each instrumented module that this thread is about to run. */
  watchModules(watch: () => void): void;
  /** Told about each vm context that this thread makes from now on. */
  watchContexts(watch: (context: object) => void): void;
  /** Workers that this thread starts from now on. */
  watchWorkers(watch: WorkerWatch): void;
  /** Makes a worker that is no part of the program: no 'worker' event tells of it, and threads are counted without it. */
  hidden<Made extends object>(make: () => Made): Made;
  /** Threads that are made meanwhile are no part of the program, which counts its own without them. */
  apart<Result>(action: () => Result): Result;
  /** Somebody else asks V8 for what it can measure for one only: ours ends with what there is. */
  leaveCoverage(reason: string): void;
  /** Site of the last `throw` statement, when what it threw has the name and message of `error`. */
  thrownBy(error: unknown): SiteId | undefined;
}
