/**
 * Every question the UI may ask, with what it is asked by and what it is answered. Types only: the UI is built against this file, and
 * the server must satisfy it.
 *
 * `GET /api/<name>?<ask>`. Answers are JSON; those of type `ColumnsOf` or `Packed` come as `base/columns.ts` writes them, which their content type
 * says (`COLUMNS_TYPE`). Whatever fails is answered with a status and a `Failure`.
 *
 * Times are µs since the run began, numbers of calls are `calls.call_id` within their thread.
 */
import type { AnalysisAnswer } from '../analyses/index.ts';
import type { Packed } from '../base/packed.ts';
import type { MapPicture } from '../layout/index.ts';
import type {
  CallFacts,
  CallMoment,
  CallTree,
  CallValue,
  ComparedChange,
  CompareTree,
  Comparison,
  Drift,
  ExecutionFrame,
  FoundFunction,
  FunctionFacts,
  InsideModule,
  Issues,
  Json,
  Moment,
  Neighbourhood,
  Overview,
  RunLine,
  RunSummary,
  SourceFunction,
  SourceLines,
  StateChange,
  Step,
  StepWhat,
  TaskLanes,
  TaskLanesAsk,
  TimeWindow,
  TimeWindowAsk,
  TreeMeasure,
  WhyChain,
} from '../query/index.ts';

export type {
  CallFacts,
  CallMoment,
  CallTree,
  CompareTree,
  Drift,
  ExecutionFrame,
  FoundFunction,
  FunctionFacts,
  InsideModule,
  Issues,
  Moment,
  Neighbourhood,
  Overview,
  RunLine,
  RunSummary,
  SourceFunction,
  SourceLine,
  SourceLines,
  StateAt,
  Step,
  StepWhat,
  TaskLane,
  TaskLanes,
  TimeWindow,
  Unmatched,
  WhyChain,
  WhyLink,
} from '../query/index.ts';
export type { AnalysisAnswer } from '../analyses/index.ts';

/** What each analysis adds to a finding. */
export type * as Findings from '../analyses/index.ts';

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
  report: { ask: OfRun & { name: string }; answer: AnalysisAnswer };
  /** Names of all analyses, in the order of the report. */
  reports: { ask: Nothing; answer: { name: string; title: string }[] };
  /** Functions whose name or path has `text` in it, the best match first. */
  functions: { ask: OfRun & { text: string; limit?: number }; answer: FoundFunction[] };
  /** `function`: `ast_node_id`. */
  function: { ask: OfRun & { function: string }; answer: FunctionFacts };
  issues: { ask: OfRun & { buckets?: number }; answer: Issues };
  source: { ask: OfRun & { path: string }; answer: SourceText };
  drift: { ask: OfRun & { against?: string }; answer: Drift | null };
  /** As `drift`, with what makes the two comparable and what is usual. `against` absent: the best there is; null: there is none. */
  compare: { ask: OfRun & { against?: string }; answer: Compared | null };
  /** Both runs as one tree of calls. A measure that not both have is answered by one that they have. */
  compareTree: { ask: OfRun & { against: string; measure?: TreeMeasure }; answer: Packed<CompareTree> };
  /**
   * All that the map draws. `against`: run to compare with. `over`: of the last runs together up to this one, those of the same command, or all;
   * not with `against`.
   */
  map: { ask: OfRun & { against?: string; over?: 'command' | 'all' }; answer: Packed<MapPicture> };
  /** Calls within a file, and those that cross its border. */
  inside: { ask: OfRun & { path: string }; answer: InsideModule };
  /** `depth`: calls far, 1 … 3. */
  neighbourhood: { ask: OfRun & { function: string; depth?: number }; answer: Neighbourhood };
  /** The longest call of a function (`ast_node_id`), or of a file. */
  slowest: { ask: OfRun & { function?: string; path?: string }; answer: CallMoment | null };
  overview: { ask: OfRun & { px: number }; answer: Overview };
  /** Bars of the lanes of threads; `px` as many as the window is wide. */
  window: { ask: OfRun & TimeWindowAsk; answer: TimeWindow };
  /** Lanes of the tasks of a window: the slowest `limit` that reach into it, in order of their beginning; or of one task. */
  tasks: {
    ask: OfRun & TaskLanesAsk;
    answer: TaskLanes;
  };
  /** `thread`: of this one only. `limit`: of each list at most so many. */
  frame: { ask: OfRun & { t: number; thread?: number; limit?: number }; answer: ExecutionFrame };
  step: { ask: OfRun & AskedStep; answer: Step | null };
  /** Calls below one, or of a task. */
  tree: {
    ask: OfRun & { thread: number; call?: number; task?: number; depth?: number; limit?: number };
    answer: Packed<CallTree>;
  };
  /**
   * Of an error (`errors.signature`), a call (with `name`: of that argument; with `t`: of its last error up to then), a write (`nth`: `state_changes.nth`), or what
   * was seen last at a moment.
   */
  why: {
    ask: OfRun & { error?: string; thread?: number; call?: number; nth?: number; name?: string; t?: number };
    answer: WhyChain;
  };
  /** For an assistant, what is known of one of these, as text: values, stack, causes. `error`: `errors.signature`; `function`: `ast_node_id`. */
  prompt: {
    ask: OfRun & { error?: string; thread?: number; call?: number; function?: string };
    answer: { text: string };
  };
  /** `thread` with `call`: what is known of that call. */
  lines: { ask: OfRun & { path: string; thread?: number; call?: number }; answer: SourceLines };
  /** One call, with its values. */
  call: { ask: OfRun & { thread: number; call: number }; answer: CallAnswer };
  /** What SQL may ask: tables first, then views. */
  tables: { ask: Nothing; answer: TableFacts[] };
  /** A POST: opens a file in the editor that runs on this machine. `line` from 1, `column` from 0. */
  edit: {
    ask: OfRun & { path: string; line?: number; column?: number };
    answer: { path: string; line: number };
  };
  /** A POST: `ask` is its body as JSON. Stopped when its request is. `limit`: rows at most; `timeout`: ms. */
  sql: { ask: OfRun & { sql: string; limit?: number; timeout?: number }; answer: SqlAnswer };
  /** Of the newest gate that judged this run; null: none did. */
  gates: { ask: OfRun; answer: GateVerdicts | null };
}

/**
 * What comes at `GET /api/live`, as server-sent events, each `data` a `LiveEvent` as JSON: counters of what is being recorded now, once a second while they
 * change, and `runs` when runs came, went or ended. Whoever wants more asks the questions again.
 */
export type LiveEvent =
  | { kind: 'live'; runs: LiveRun[] }
  /** Questions about runs may be answered otherwise than before. */
  | { kind: 'runs' };

export interface LiveRun {
  /** `runs.id` */
  run: string;
  command: string[];
  /** ms since the epoch */
  startedAt: number;
  /** Of all its processes; null: none answers (yet). */
  counters: LiveCounters | null;
}

export interface LiveCounters {
  processes: number;
  threads: number;
  /** Recorded so far. */
  events: number;
  bytes: number;
  lost: number;
  /** ms that an event loop has had no turn for, the longest now. */
  heldMs: number;
}

export interface CallAnswer extends CallFacts {
  /** What was recorded of its values, in the order of roles; none where none were asked for. */
  values: CallValue[];
  /** Writes made in it, the first ones. */
  changes: StateChange[];
  changeCount: number;
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

export type Question = keyof Questions;

/** Body of each answer that is no 2xx. */
export interface Failure {
  /** What is wrong, and where. */
  message: string;
  /** What to do about it. */
  hint?: string;
  /** Of SQL that is wrong: where, UTF-16 units from its beginning; absent: not known. */
  at?: number;
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

export interface Home {
  run: string;
  /** The run that it was compared with, and why that one; null: none was fit. */
  against: { run: string; why: string } | null;
  verdict: {
    /** `bad`: something is broken · `worse`: slower, or grown · `good` · `unknown`: says why. */
    tone: 'bad' | 'worse' | 'good' | 'unknown';
    /** One sentence, with its final stop. */
    sentence: string;
    /** What shows it: parts of a text, to be set one after the other; those with a moment are links. */
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

export interface Compared extends Omit<Comparison, 'changes'> {
  /** What differs most, or that nothing does; with its final stop. */
  headline: string;
  /** Weightiest first. `says`: what became of the subject, without final stop. */
  changes: (ComparedChange & { says: string })[];
}

export interface SourceText {
  path: string;
  /** As it is on disk now; null: the file is no more. */
  text: string | null;
  /** It is the text that was recorded; null: it cannot be told. */
  isRecorded: boolean | null;
  /** In the order of the source. */
  functions: SourceFunction[];
}

export interface TableFacts {
  name: string;
  kind: 'table' | 'view';
  doc: string;
  /** `type` as SQL has it; of an ENUM its words. `doc` with unit and meaning of NULL. */
  columns: { name: string; type: string; doc: string }[];
}

export interface SqlAnswer {
  columns: string[];
  /** SQL types of the columns. */
  types: string[];
  /** Whole numbers beyond 2^53, and times, are texts. */
  rows: Json[][];
  /** There are more rows than were asked for. */
  more: boolean;
  ms: number;
}

export interface GateVerdicts {
  /** Id of the gate's report, and name of the baseline. */
  id: string;
  baseline: string;
  verdict: 'pass' | 'fail' | 'unsure';
  /** `says`: a sentence without its final stop. */
  gates: { gate: string; verdict: 'pass' | 'fail' | 'unsure' | 'off'; says: string }[];
}
