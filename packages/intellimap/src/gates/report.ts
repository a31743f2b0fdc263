/** The answer of a gate, as `gate.json` holds it (docs/schemas/gate.schema.json); all other artifacts are renderings of it. */

export const REPORT_FORMAT = 'intellimap-gate';
export const REPORT_VERSION = 1;

/** `unsure`: could not be judged · `off`: nobody asked for it. */
export type Verdict = 'pass' | 'fail' | 'unsure' | 'off';

export const GATES = ['runs', 'coverage', 'errors', 'counts', 'times'] as const;
export type GateName = (typeof GATES)[number];

export interface Place {
  path: string;
  line: number | null;
}

/** A function that had a part in what grew. */
export interface Cause {
  /** `ast_node_id` */
  id: string;
  name: string;
  path: string;
  line: number;
  /** What grew, and by how much in a run: `ms` of self time, or `calls`. */
  unit: 'ms' | 'calls';
  growth: number;
  /** Of all that grew: 0 to 1. */
  share: number;
  /** `new`: the baseline did not run it · `body`: its text is another one · `lines`: git says that lines of it changed. null: none of these is known. */
  changed: 'new' | 'body' | 'lines' | null;
}

export interface GateFinding {
  /** The same for the same fault in every build: `<gate>:<what>:<id>`. */
  id: string;
  gate: GateName;
  /** A sentence without its final stop. */
  message: string;
  place: Place | null;
  /** Of the baseline, and of this build; null: does not apply. */
  baseline: number | null;
  candidate: number | null;
  unit: string;
  /** Growth as a share of the baseline, and where it lies with 95 %. */
  growth: number | null;
  interval: [number | null, number | null] | null;
  /** How likely chance alone is, all comparisons taken together. null: exact. */
  p: number | null;
  /** The weightiest first. */
  causes: Cause[];
}

/** A time that was compared. */
export interface Figure {
  name: string;
  unit: 'ms';
  baseline: number;
  candidate: number;
  growth: number;
  /** Growth that is let pass. */
  limit: number;
  interval: [number | null, number | null];
  p: number;
  /** Growth that would have been found with a chance of 9 in 10; null: none. */
  resolution: number | null;
}

export interface GateResult {
  gate: GateName;
  verdict: Verdict;
  /** A sentence without its final stop: what was compared, or what is missing. */
  says: string;
  findings: GateFinding[];
  /** What to know, and what fails nothing. */
  notes: string[];
}

export interface BuildHead {
  /** Name of the baseline, or what this build is called. */
  name: string;
  commit: string | null;
  dirty: boolean | null;
  node: string;
  platform: string;
  machine: string;
  command: string[];
  /** Ids, in the order in which they were made. */
  runs: string[];
}

export interface GateReport {
  format: typeof REPORT_FORMAT;
  version: typeof REPORT_VERSION;
  id: string;
  intellimap: string;
  verdict: Exclude<Verdict, 'off'>;
  baseline: BuildHead;
  candidate: BuildHead;
  /** How runs were made: `together`: pairs at the same time, on one processor · `in turn`: pairs, one after the other · `apart`: at other times. */
  design: 'together' | 'in turn' | 'apart';
  gates: GateResult[];
  figures: Figure[];
}

/** It seems to have grown by more than is let pass, and chance could still have done it. */
export const isOpen = ({ growth, limit, p }: Figure, level: number): boolean => growth >= limit && p > level;

export const findingsOf = (report: GateReport): GateFinding[] =>
  report.gates.flatMap(({ findings }) => findings);

/** Exit code: nothing but these is told by a gate that could do its work. */
export const exitCodeOf = (verdict: GateReport['verdict']): number =>
  ({ pass: 0, fail: 1, unsure: 2 })[verdict];
