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
import type { Drift, FunctionFacts, KnownFunction, RunLine, RunSummary } from '../query/index.ts';

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
  report: { ask: OfRun & { name: string; against?: string }; answer: AnalysisAnswer };
  /** Names of all analyses, in the order of the report. */
  reports: { ask: Nothing; answer: { name: string; title: string }[] };
  /** Functions whose name or path has `text` in it, the best match first. */
  functions: { ask: OfRun & { text: string; limit?: number }; answer: KnownFunction[] };
  /** `function`: `ast_node_id`. */
  function: { ask: OfRun & { function: string }; answer: FunctionFacts };
  issues: { ask: OfRun & { buckets?: number }; answer: Issues };
  source: { ask: OfRun & { path: string; call?: string }; answer: SourceText };
  drift: { ask: OfRun & { against?: string }; answer: Drift | null };
  overview: { ask: OfRun & { px: number }; answer: ColumnsOf<OverviewHead, OverviewColumns> };
  /** What SQL may ask: tables first, then views. */
  tables: { ask: Nothing; answer: TableFacts[] };
  /** A POST, stopped when its request is. `limit`: rows at most. */
  sql: { ask: OfRun & { sql: string; limit?: number }; answer: SqlAnswer };
  /** Of the newest gate that judged this run; null: none did. */
  gates: { ask: OfRun; answer: GateVerdicts | null };
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

export interface OverviewHead {
  from: number;
  to: number;
  /** µs of a bucket. */
  resolution: number;
  /** Stretches of which events were lost, µs. */
  lost: [number, number][];
}

export interface OverviewColumns {
  calls: Float64Array;
  errors: Uint32Array;
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
  rows: Cell[][];
  /** There are more rows than were asked for. */
  more: boolean;
  ms: number;
}

/** Whole numbers beyond 2^53, and times, are texts. */
export type Cell = null | boolean | number | string | Cell[] | { [name: string]: Cell };

export interface GateVerdicts {
  /** Id of the gate's report, and name of the baseline. */
  id: string;
  baseline: string;
  verdict: 'pass' | 'fail' | 'unsure';
  /** `says`: a sentence without its final stop. */
  gates: { gate: string; verdict: 'pass' | 'fail' | 'unsure' | 'off'; says: string }[];
}
