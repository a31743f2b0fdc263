/**
 * Every question the UI may ask, with what it is asked by and what it is answered. Types only: the UI is built against this file, and
 * the server must satisfy it.
 *
 * `GET /api/<name>?<ask>`; `sql` is a POST with `ask` as JSON. Answers are JSON; those of type `ColumnsOf` come as `base/columns.ts`
 * writes them. Whatever fails is answered with a status and a `Failure`.
 *
 * Times are µs since the run began, numbers of calls are `calls.call_id` within their thread.
 */
import type { AnalysisAnswer } from '../analyses/index.ts';
import type { Packed } from '../base/packed.ts';
import type { MapPicture } from '../layout/index.ts';
import type {
  CallMoment,
  Drift,
  FoundFunction,
  FunctionFacts,
  InsideModule,
  Issues,
  Moment,
  Neighbourhood,
  RunLine,
  RunSummary,
  SourceFunction,
} from '../query/index.ts';

export type { Drift, FoundFunction, FunctionFacts, Issues, Moment, RunLine, RunSummary, SourceFunction };
export type { CallMoment, InsideModule, MapPicture, Neighbourhood };
export type { AnalysisAnswer };

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
  /** All that the map draws. `against`: run to compare with. */
  map: { ask: OfRun & { against?: string }; answer: Packed<MapPicture> };
  /** Calls within a file, and those that cross its border. */
  inside: { ask: OfRun & { path: string }; answer: InsideModule };
  /** `depth`: calls far, 1 … 3. */
  neighbourhood: { ask: OfRun & { function: string; depth?: number }; answer: Neighbourhood };
  /** The longest call of a function (`ast_node_id`), or of a file. */
  slowest: { ask: OfRun & { function?: string; path?: string }; answer: CallMoment | null };
  drift: { ask: OfRun & { against?: string }; answer: Drift | null };
}

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

export interface SourceText {
  path: string;
  /** As it is on disk now; null: the file is no more. */
  text: string | null;
  /** It is the text that was recorded; null: it cannot be told. */
  isRecorded: boolean | null;
  /** In the order of the source. */
  functions: SourceFunction[];
}
