/** What an analysis is: three answers to the same data, so that report, gate and UI are mere renderings. */
import type { Session } from '../query/index.ts';
import type { TableName } from '../schema/index.ts';

export { percent, plural } from '../base/number-words.ts';

/**
 * How sure a finding is. `certain`: the recording shows it itself · `likely`: it follows from what was recorded and what the source says ·
 * `possible`: something that was not recorded could explain it otherwise.
 */
export type Confidence = 'certain' | 'likely' | 'possible';

/** A row of a table that shows it: table and key, e.g. `{table: 'calls', key: {thread_id: 1, call_id: 7}}`. */
export interface Evidence {
  /** `runs.id` */
  run: string;
  table: TableName;
  /** Columns that name the row, or rows. */
  key: Record<string, string | number>;
}

export interface Place {
  path: string;
  /** null: the whole file */
  line: number | null;
}

/** What every finding says, beside what its analysis adds. */
export interface Finding {
  /** The same in every run, whatever lines moved: `<analysis>:<ast_node_id or signature>`. Baselines compare by it. */
  id: string;
  confidence: Confidence;
  /** null: no place in the source is known. */
  place: Place | null;
  /** Rows that show it, the most telling first; never empty. */
  evidence: Evidence[];
}

/** Does it hold here? `unknown` comes with what is missing; nothing is guessed. */
export type Verdict<F extends Finding> =
  | { holds: 'yes'; findings: F[] }
  | { holds: 'no' }
  | { holds: 'unknown'; why: string };

export interface Analysis<F extends Finding> {
  /** For programs, e.g. `dead-code`. */
  readonly name: string;
  /** For people: heads the list of its findings. */
  readonly title: string;
  /** Findings come with the weightiest first. */
  check(session: Session): Promise<Verdict<F>>;
  /** One finding as a sentence without its final stop. */
  describe(finding: F): string;
  /** All findings as one sentence without its final stop. */
  summarise(findings: readonly F[]): string;
}

/** `12.3 ms`, `4.56 s` */
export const duration = (ms: number): string =>
  ms >= 1000 ? `${(ms / 1000).toFixed(2)} s` : `${ms.toFixed(ms < 10 ? 2 : 1)} ms`;

const why = (tier: string): string =>
  `${tier === 'minimal' ? 'a minimal run' : `a run of tier ${tier}`} does not record it; record with the performance tier`;
/** Verdict of an analysis that needs a timed call tree, when there is none. */
export const needsCalls = ({ run }: Session): { holds: 'unknown'; why: string } | null =>
  run.tier === 'performance' ? null : { holds: 'unknown', why: why(run.tier) };
/** Verdict of findings, none of which is an answer too. */
export const verdict = <F extends Finding>(findings: F[]): Verdict<F> =>
  findings.length > 0 ? { holds: 'yes', findings } : { holds: 'no' };
