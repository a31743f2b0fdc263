/**
 * Every question the UI may ask, with what it is asked by and what it is answered. Types only: the UI is built against this file, and
 * the server must satisfy it.
 *
 * `GET /api/<name>?<ask>`; `sql` is a POST with `ask` as JSON. Answers are JSON; those of type `Columns` come as `base/columns.ts`
 * writes them. Whatever fails is answered with a status and a `Failure`.
 *
 * Times are µs since the run began, numbers of calls are `calls.call_id` within their thread.
 */
import type { AnalysisAnswer } from '../analyses/index.ts';
import type { ColumnsOf } from '../base/columns.ts';
import type { Packed } from '../base/packed.ts';
import type { MapPicture } from '../layout/index.ts';
import type {
  CallMoment,
  CallTree,
  Drift,
  ExecutionFrame,
  FunctionFacts,
  InsideModule,
  KnownFunction,
  Neighbourhood,
  Overview,
  RunLine,
  RunSummary,
  SourceLines,
  Step,
  StepWhat,
  TimeWindow,
  WhyChain,
  WindowFunction,
} from '../query/index.ts';

export type {
  CallTree,
  ExecutionFrame,
  NamedFunction,
  Overview,
  SourceLine,
  SourceLines,
  StateAt,
  Step,
  StepWhat,
  TimeWindow,
  WhyChain,
  WhyLink,
} from '../query/index.ts';

type Nothing = Record<string, never>;

/** `run`: its id, or a unique beginning of it; absent: the latest. */
export interface OfRun {
  run?: string;
}

/** What is asked by, and answered, by name of the question. */
export interface Questions {
  workspace: { ask: Nothing; answer: Workspace };
  summary: { ask: OfRun; answer: RunSummary };
  /** What Home shows: the sentence, its evidence, the cards. `against`: run to compare with; absent: the best there is. */
  home: { ask: OfRun & { against?: string }; answer: Home };
  /** `name`: of an analysis, e.g. `dead-code`. */
  report: { ask: OfRun & { name: string; against?: string }; answer: AnalysisAnswer };
  /** Names of all analyses, in the order of the report. */
  reports: { ask: Nothing; answer: { name: string; title: string }[] };
  /** Functions whose name or path has `text` in it, the best match first. */
  functions: { ask: OfRun & { text: string; limit?: number }; answer: KnownFunction[] };
  /** `function`: `ast_node_id`. */
  function: { ask: OfRun & { function: string }; answer: FunctionFacts };
  issues: { ask: OfRun & { buckets?: number }; answer: Issues };
  source: { ask: OfRun & { path: string; call?: string }; answer: SourceText };
  /** All that the map draws. `against`: run to compare with. */
  map: { ask: OfRun & { against?: string }; answer: Packed<MapPicture> };
  /** Calls within a file, and those that cross its border. */
  inside: { ask: OfRun & { path: string }; answer: InsideModule };
  /** `depth`: calls far, 1 … 3. */
  neighbourhood: { ask: OfRun & { function: string; depth?: number }; answer: Neighbourhood };
  /** The longest call of a function (`ast_node_id`), or of a file. */
  slowest: { ask: OfRun & { function?: string; path?: string }; answer: CallMoment | null };
  drift: { ask: OfRun & { against?: string }; answer: Drift | null };
  overview: { ask: OfRun & { px: number }; answer: Overview };
  /** Bars of the lanes of threads; `px` as many as the window is wide. */
  window: { ask: OfRun & { t0: number; t1: number; px: number; depths?: number }; answer: TimeWindow };
  /** Lanes of the tasks of a window: the slowest `limit` that reach into it, in order of their beginning; or of one task. */
  tasks: {
    ask: OfRun & { t0: number; t1: number; limit?: number; thread?: number; task?: number };
    answer: TaskLanes;
  };
  frame: { ask: OfRun & { t: number; threads?: string }; answer: ExecutionFrame };
  step: { ask: OfRun & AskedStep; answer: Step | null };
  /** Calls below one, or of a task. */
  tree: {
    ask: OfRun & { thread: number; call?: number; task?: number; limit?: number };
    answer: Packed<CallTree>;
  };
  /** Of a call that failed, or of a value: `nth` of the write, `name` of the argument. */
  why: {
    ask: OfRun & { thread: number; call: number; nth?: number; name?: string; t?: number };
    answer: WhyChain;
  };
  lines: { ask: OfRun & { path: string; thread?: number; call?: number }; answer: SourceLines };
}

export interface AskedStep {
  t: number;
  direction: 'next' | 'previous';
  what: StepWhat;
  thread?: number;
  task?: number;
  function?: string;
  call?: number;
}


export interface TaskLane {
  thread: number;
  task: number;
  kind: string;
  name: string;
  /** µs */
  start: number;
  /** null: it was open when the recording ended */
  end: number | null;
  calls: number;
  errors: number;
  /** How many of its calls there was no room for. */
  more: number;
}

export interface TaskLanesHead {
  tasks: TaskLane[];
  /** Tasks of the window beyond these. */
  more: number;
  functions: WindowFunction[];
  /** What one call of a task set off: from the end of one to the beginning of another. */
  links: { task: number; kind: string; fromCall: number; toCall: number; sent: number; arrived: number }[];
}

/** Calls of the tasks, by lane, depth and start. */
export interface TaskLanesColumns {
  /** Index in `tasks`. */
  row: Uint16Array;
  /** 0: called by nobody in this task. */
  depth: Uint8Array;
  /** µs since the run began; `end` NaN: open when the recording ended. */
  start: Float64Array;
  end: Float64Array;
  /** µs that it waited at `await` or `yield`. */
  wait: Float64Array;
  /** Index in `functions`. */
  function: Uint32Array;
  call: Float64Array;
  /** 1: it ended by an exception. */
  failed: Uint8Array;
}

export type TaskLanes = ColumnsOf<TaskLanesHead, TaskLanesColumns>;

export type Question = keyof Questions;

/** Body of each answer that is no 2xx. */
export interface Failure {
  /** What is wrong, and where. */
  message: string;
  /** What to do about it. */
  hint?: string;
}

export interface Workspace {
  /** Name of the project: that of its package.json, else of its folder. */
  name: string;
  root: string;
  version: string;
  /** Newest first. */
  runs: RunLine[];
  /** Runs that could not be loaded, and why. */
  failed: { run: string; reason: string }[];
  /** What to type to record this project, where there is no run yet. */
  suggestion: string;
}

/** A place in the recording that a person can go to. */
export interface Moment {
  t: number;
  thread: number | null;
  call: string | null;
  /** `ast_node_id` */
  function: string | null;
  path: string | null;
  line: number | null;
}

export interface Home {
  run: string;
  /** The run that it was compared with, and why that one; null: none was fit. */
  against: { run: string; why: string } | null;
  verdict: {
    /** `bad`: something is broken · `worse`: slower, or grown · `good` · `unknown`: says why. */
    tone: 'bad' | 'worse' | 'good' | 'unknown';
    /** One sentence, with its final stop. */
    sentence: string;
    /** What shows it, in words; places are links. */
    evidence: (string | { text: string; moment: Moment })[];
    /** Where "Watch it happen" goes; null: there is no such moment. */
    moment: Moment | null;
    /** For an assistant: what is wrong with stack, values and causes, as text; null: nothing is. */
    prompt: string | null;
  };
  cards: Card[];
}

/** One of the six of Home: the short form of a report. */
export interface Card {
  /** Name of the analysis that it leads to. */
  report: string;
  title: string;
  /** What stands in the corner, e.g. `212 fns`; null: not known, then `note` says why. */
  figure: string | null;
  tone: 'bad' | 'worse' | 'plain' | 'good';
  /** At most three. */
  rows: { left: string; right: string; moment: Moment | null }[];
  note: string | null;
}

export interface Issues {
  /** µs */
  from: number;
  to: number;
  buckets: number;
  signatures: Signature[];
}

export interface Signature {
  /** `errors.signature` */
  id: string;
  name: string;
  message: string;
  count: number;
  uncaught: number;
  path: string | null;
  line: number | null;
  function: string | null;
  /** Errors by bucket, of those whose time is known. */
  counts: number[];
  first: Moment;
  /** ms since the epoch of the first run that had it, runs that had it, earlier runs of the same command that had not. */
  since: number;
  runs: number;
  newAfter: number;
  tasks: string[];
  stack: { function: string | null; name: string; path: string | null; line: number | null }[];
}

export interface SourceText {
  path: string;
  text: string;
  /** The text on disk is the one that was recorded; null: it cannot be told. */
  isRecorded: boolean | null;
  /** 1-based lines of functions, with their calls. */
  functions: {
    id: string;
    name: string;
    line: number;
    endLine: number;
    calls: number;
    selfUs: number | null;
    errors: number;
  }[];
  /** Times a line ran, where it is known (blocks or coverage); -1: not known. Index 0 is line 1. */
  hits: number[];
}
