/**
 * The recording folder, as data: what lies where under `.intellimap/`, and the JSON files in it. FORMATS.md tells it in prose.
 *
 *   .intellimap/store.duckdb
 *   .intellimap/moments/<run id>/<thread>                   where moments are in a thread's recording; made anew when it is gone
 *   .intellimap/history.ndjson                              queries that were asked, one a line
 *   .intellimap/protected/<run id>                          the run is not removed with old ones; the file says why
 *   .intellimap/overheads/<key>.json                        what recording a command was measured to cost (Measured)
 *   .intellimap/runs/<run id>/run.json                      RunFile
 *   .intellimap/runs/<run id>/sites/<key>.json              SiteTable of one version of one file
 *   .intellimap/runs/<run id>/modules/<pid>-<tid>[h].ndjson one ModuleLine a line, appended before the module runs
 *   .intellimap/runs/<run id>/threads/<pid>-<tid>/000001.seg  segments (wire format), each thread its own folder
 *   .intellimap/runs/<run id>/v8/<pid>-<tid>/               what V8 measured of a thread: thread.json and more
 *   .intellimap/runs/<run id>/texts/<key>.json              MovedText of a file, where V8 measures
 *   .intellimap/runs/<run id>/processes/<pid>               a process that is recorded, as long as it runs
 *   .intellimap/runs/<run id>/pictures/000001.png           what a page looked like at the end of a step of a scenario
 *   .intellimap/runs/<run id>/unrecorded.ndjson             a line for each process that was not
 *   .intellimap/runs/<run id>/imported/<table>.ndjson       rows of a table that an import made, without `run_id`, one a line
 *   .intellimap/runs/<run id>/imported/<table>.parquet      the same of a run that came as Parquet; export.json tells about them
 */
import type { FollowedRates } from './following.ts';

export const RECORDING_VERSION = 1;

/** Numbers of processes that no machine gives (Linux counts to 2^22): scenarios, tabs as V8 measured them, and pages as their probes tell of them. */
export const FIRST_SCENARIO = 5_000_000;
export const FIRST_TAB = 6_000_000;
export const FIRST_PAGE = 10_000_000;

/** Milliseconds since the epoch. */
export type EpochMs = number;
/** µs of the machine's monotonic clock (CLOCK_MONOTONIC): one clock for all threads and processes of a run. */
export type Micros = number;

export type Tier = 'minimal' | 'edges' | 'performance';

/** Functions whose values are wanted: of files that match, those whose name matches; all of them where no name is given. */
export interface ValuePattern {
  /** As it was typed. */
  pattern: string;
  /** Regular expressions: of a path relative to the root, and of a name. */
  files: string[];
  name: string | null;
}

/** What looking at values may cost; 0: no limit. */
export interface ValueBudget {
  /** Calls of each function that are all looked at; of later ones samples are. */
  calls: number;
  /** Bytes a second, and bytes, of each thread. */
  rate: number;
  bytes: number;
  /** Percent of the time of each thread. */
  share: number;
}

export interface ValuesWanted {
  /** Strategies by function. What is in both is `full_trace`. */
  full_trace: ValuePattern[];
  state_only: ValuePattern[];
  budget: ValueBudget;
  /** Parts of names that are secret beside the usual. */
  redact: string[];
}

/** What V8 itself measures of each thread. */
export interface V8Wanted {
  /** CPU samples: µs between two. */
  cpu?: number;
  /** How often each block was passed. */
  coverage?: true;
  /** Snapshots of the heap: counted by constructor, or kept as well. */
  heap?: 'count' | 'keep';
}

/** What is kept of the calls of a function: what the tier says, how many there were, nothing. */
export const GATE_STATES = ['open', 'count', 'off'] as const;
export type GateName = (typeof GATE_STATES)[number];

/** What a thread does when the recorder is late: it waits for it, or goes on and counts what is dropped. */
export const POLICIES = ['wait', 'drop'] as const;
export type Policy = (typeof POLICIES)[number];

/**
 * What is kept of the calls of a function for which it is not what the tier says: how many there were, or nothing; or more: what it writes to, or all of
 * its values.
 */
export interface Planned {
  keep: 'count' | 'nothing' | 'state' | 'values';
  /** Why: calls in a second of the program's own processor time, as an earlier run saw them, or as the text lets expect. */
  perSecond: number;
}

/** Less than the tier says. */
export type PlannedLess = Planned & { keep: 'count' | 'nothing' };

/** Functions that carry something else than the tier says, for the sake of a budget: path → id → what. */
export interface Plan {
  /** The run that it was made from; null: the text alone. */
  from: string | null;
  /** Percent; null: there was no limit. */
  budget: number | null;
  files: Record<string, Record<string, Planned>>;
  /** What is not followed for the sake of the budget, and how often it comes in a second of the program's own processor time. Absent: all is followed. */
  notFollowed?: Partial<FollowedRates>;
  /** What recording was foretold to take. Absent: nobody did. */
  foretold?: Foretold;
}

/** What recording will take of the processors, in percent of what the program takes by itself, once it runs; what it may be at least and at most. */
export interface Foretold {
  percent: number;
  low: number;
  high: number;
  /** ms of processors that all its processes take to start, and to instrument files. */
  startMs: number;
  basis: PlanBasis;
}

/** What calls cost was measured of this very command; how often functions are called is known from an earlier run; nothing but the text is known. */
export const PLAN_BASES = ['measured', 'counted', 'text'] as const;
export type PlanBasis = (typeof PLAN_BASES)[number];

/** Where a run comes from that was not recorded here. */
export interface Imported {
  format: ImportFormat;
  /** Name of the file or folder, without the folders above it. */
  from: string;
  /** What somebody called it; null: nothing. */
  name: string | null;
}

export const IMPORT_FORMATS = ['cpuprofile', 'v8-coverage', 'lcov', 'otlp', 'parquet'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/** Which scenario a run is. */
export interface ScenarioOfRun {
  name: string;
  /** File relative to the root. */
  file: string;
  /** Id of the pack that it ran in: that of its first run. */
  pack: string;
}

/** What made the pages of a dev server's run. */
export interface Bundled {
  /** `vite`, `webpack`, …, and its version; '' where it does not tell. */
  by: string;
  version: string;
  /** Files that were recorded, those that were not although they were meant, and ms that this took of the bundler. */
  files: number;
  skipped: number;
  ms: number;
}

export interface RunFile {
  version: number;
  id: string;
  /** Words as the user typed them after `--`. */
  command: string[];
  cwd: string;
  /** Folder that scope globs and file names are relative to. */
  root: string;
  tier: Tier;
  /** What the gates of functions begin with. */
  gates: GateName;
  /** Bytes that each thread's flight recorder holds; absent: all is written down as it comes. */
  flight?: number;
  policy: Policy;
  /** Processes that are recorded at a time; those beyond run as they are. Absent: any number. */
  processes?: number;
  /** Absent: no values are recorded. */
  values?: ValuesWanted;
  /** Absent: V8 measures nothing. */
  v8?: V8Wanted;
  /** A flight recorder also keeps when a request takes longer: ms, or than 99 of 100 like it. */
  keepSlower?: number | 'p99';
  /** Share of the tasks that is kept, or `auto`; absent: all. */
  sample?: number | 'auto';
  /**
   * Feature flags are told: a regular expression of names of functions that are asked for them; variables of the environment when the command began,
   * null: not set, though a program text names it.
   */
  flags?: { functions: string; environment: Record<string, string | null> };
  /** What somebody calls the run, e.g. `prod`; sorted, each once. */
  labels?: string[];
  /** One of a pack of scenarios (`intellimap scenario`). */
  scenario?: ScenarioOfRun;
  /** Garbage collections are told. */
  gc?: true;
  /** Who scheduled callbacks is not told. */
  links?: false;
  /** Requests that the program makes are not told. */
  resources?: false;
  /** Requests that it serves are not told: there are no tasks. */
  requests?: false;
  include: string[];
  exclude: string[];
  /** The same as regular expressions, which threads of the program test file names with. */
  patterns: { include: string[]; exclude: string[] };
  node: string;
  intellimap: string;
  platform: string;
  git: { commit: string; branch: string | null; dirty: boolean } | null;
  /** Start, as wall clock and monotonic clock at the same instant. */
  startedAt: EpochMs;
  startedMicros: Micros;
  /** Process id of IntelliMap itself: as long as it runs and there is no end, the run goes on. */
  recorder?: number;
  /** Absent while running, or when IntelliMap itself was killed. */
  endedAt?: EpochMs;
  exitCode?: number | null;
  signal?: string | null;
  /** What recording may take of the processors, in percent of what the program takes; absent: what it will. */
  budget?: number;
  plan?: Plan;
  /** Absent: the run is none of a dev server. */
  bundled?: Bundled;
  /** Made of a file by `intellimap import`, which lies in `imported/`; absent: recorded. */
  imported?: Imported;
  /**
   * Calibrated beside the program: ns of an event, without and with a clock reading, of a call behind a closed gate and of one that is only counted.
   * `factor`: how many times as much a call takes of this program's threads, as was measured of it before.
   */
  cost?: { eventNs: number; timedEventNs: number; closedNs?: number; hitNs?: number; factor?: number };
}

/** What a site is. Ordinals count all sites of a file in their order of appearance. */
export type SiteKind =
  | 'module'
  | 'function'
  | 'arrow'
  | 'method'
  | 'getter'
  | 'setter'
  | 'constructor'
  | 'static-block'
  | 'await'
  | 'for-await'
  | 'yield'
  | 'yield*'
  | 'throw'
  | 'catch'
  | 'import()'
  | 'require'
  /** Of functions whose state is wanted: a write to a property, or to a variable that is not theirs. */
  | 'write';

export interface Site {
  /** Stable id of the syntax node, e.g. `ts:src/cart.ts#class Cart/total` (format: FORMATS.md). */
  id: string;
  kind: SiteKind;
  /** Name a person knows the function by (`Cart.total`, `handlers.map callback`); for other sites that of their function. */
  name: string;
  /** Ordinal of the enclosing function or module site; -1 for the module itself. */
  parent: number;
  /** Position in the file on disk: 1-based lines, 0-based UTF-16 columns, end exclusive. */
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  /** Functions only: 'a' async, 'g' generator, 'o' an exception that leaves it is not told (its body is in no try), in any combination; '' for plain. */
  flags?: string;
  /** Functions only: hash of the body's text (8 hex digits), to see "same id, changed code". */
  hash?: string;
  /** `import()` and `require` sites: the specifier when it is a literal. */
  specifier?: string;
  /** Functions only: carries less than others. */
  planned?: PlannedLess;
  /** Not instrumented, and why (`"asm.js"`, `with`, …); such a site never fires. */
  off?: string;
}

export interface StaticImport {
  specifier: string;
  kind: 'import' | 'export-from' | 'import()' | 'require';
  /** Imported names; `*` for a namespace, empty for side effects only. */
  names: string[];
  /** `import type` and friends: erased before the program runs. */
  typeOnly: boolean;
  line: number;
  /** Ordinal of the site whose REACHED words tell that it ran (dynamic kinds only). */
  site?: number;
}

export interface SiteTable {
  version: number;
  /** File relative to the run's root, with forward slashes; absolute when outside of it. */
  path: string;
  /** SHA-256 of the file's text, first 16 hex digits. */
  contentHash: string;
  lines: number;
  /** index = ordinal */
  sites: Site[];
  imports: StaticImport[];
}

/**
 * How the places of a text that ran lead back to its file, for what V8 says of it: offsets, and lines and columns. Written where V8 measures. Offsets are of the
 * given text, in UTF-16 units: what the file holds, or what a compiler made of it.
 */
export interface MovedText {
  version: number;
  /** Absolute path, by which V8 knows the text. */
  script: string;
  /** Characters that a host put before the file's own text. */
  wrapper: number;
  /** Where V8 was told that the text begins: lines and columns from 0. */
  startLine: number;
  startColumn: number;
  /** Offset of each insertion, ascending, and how many characters it has. */
  at: number[];
  length: number[];
  /** Offset of each line. */
  lines: number[];
  /** Four numbers a function: ordinal of its site, start, start of its body, end. */
  functions: number[];
  /** Mappings of the compiler's source map (version 3): given text → file on disk. Absent: the text is that of the file. */
  mappings?: string;
}

export type ModuleLine =
  /** A file was instrumented and is about to run: its sites are base … base + count - 1 in this process. */
  | { t: 'load'; base: number; count: number; key: string; path: string; format: string; ms: number }
  /** A file in scope runs as it is. */
  | { t: 'skip'; path: string; reason: string }
  /** A specifier was resolved on behalf of a file in scope. `to` is a path relative to root, or a bare builtin name (`node:fs`). */
  | { t: 'resolve'; from: string; specifier: string; to: string; kind: 'import' | 'require' };
