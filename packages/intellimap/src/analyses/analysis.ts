/** What an analysis is: three answers to the same data, so that report, gate and UI are mere renderings. */
import type { Session } from '../query/index.ts';

/** Does it hold here? `unknown` comes with what is missing; nothing is guessed. */
export type Verdict<Finding> =
  | { holds: 'yes'; findings: Finding[] }
  | { holds: 'no' }
  | { holds: 'unknown'; why: string };

export interface Analysis<Finding> {
  readonly name: string;
  check(session: Session): Promise<Verdict<Finding>>;
  /** One finding as a sentence without its final stop. */
  describe(finding: Finding): string;
  /** All findings as one sentence without its final stop. */
  summarise(findings: readonly Finding[]): string;
}

/** `1 error`, `2 errors` */
export const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
/** `12.3 ms`, `4.56 s` */
export const duration = (ms: number): string =>
  ms >= 1000 ? `${(ms / 1000).toFixed(2)} s` : `${ms.toFixed(ms < 10 ? 2 : 1)} ms`;

const why = (tier: string): string =>
  `${tier === 'minimal' ? 'a minimal run' : `a run of tier ${tier}`} does not record it; record with the performance tier`;
/** Verdict of an analysis that needs a timed call tree, when there is none. */
export const needsCalls = ({ run }: Session): { holds: 'unknown'; why: string } | null =>
  run.tier === 'performance' ? null : { holds: 'unknown', why: why(run.tier) };
/** Verdict of findings, none of which is an answer too. */
export const verdict = <F>(findings: F[]): Verdict<F> =>
  findings.length > 0 ? { holds: 'yes', findings } : { holds: 'no' };
