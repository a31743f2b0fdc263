/** All gates → one report. Pure. */
import { checkCounts } from './checks/counts.ts';
import { checkCoverage } from './checks/coverage.ts';
import { checkErrors } from './checks/errors.ts';
import { checkRuns } from './checks/runs.ts';
import { checkTimes } from './checks/times.ts';
import type { Comparison, GateSettings } from './comparison.ts';
import {
  type Figure,
  type GateName,
  type GateReport,
  type GateResult,
  GATES,
  isOpen,
  REPORT_FORMAT,
  REPORT_VERSION,
} from './report.ts';

const CHECKS: Record<GateName, (comparison: Comparison) => GateResult & { figures?: Figure[] }> = {
  runs: checkRuns,
  coverage: checkCoverage,
  errors: checkErrors,
  counts: checkCounts,
  times: checkTimes,
};

/** @param only gates that are asked; those that are not are `off` */
export function judge(
  comparison: Comparison,
  { id, intellimap, only }: { id: string; intellimap: string; only: readonly GateName[] },
): GateReport {
  // Runs that broke off did less, and took less time: that says nothing about the build.
  const isBroken = checkRuns(comparison).verdict === 'unsure';
  const results = GATES.map((gate): GateResult & { figures?: Figure[] } => {
    if (!only.includes(gate)) return plain(gate, 'off', 'not asked');
    return isBroken && gate !== 'runs'
      ? plain(gate, 'unsure', 'some of the runs failed, and others did not')
      : CHECKS[gate](comparison);
  });
  return {
    format: REPORT_FORMAT,
    version: REPORT_VERSION,
    id,
    intellimap,
    verdict: verdictOf(results),
    baseline: comparison.baseHead,
    candidate: comparison.candidateHead,
    design: comparison.design,
    gates: results.map(({ gate, verdict, says, findings, notes }) => ({
      gate,
      verdict,
      says,
      findings,
      notes,
    })),
    figures: results.flatMap((result) => result.figures ?? []),
  };
}

const plain = (gate: GateName, verdict: 'off' | 'unsure', says: string): GateResult => ({
  gate,
  verdict,
  says,
  findings: [],
  notes: [],
});

/** Whether more runs may change the answer about times. */
export function wantsMore({ gates, figures }: GateReport, settings: GateSettings, looks: number): boolean {
  const verdict = gates.find(({ gate }) => gate === 'times')?.verdict;
  if (verdict === 'unsure') return true;
  return verdict === 'pass' && figures.some((figure) => isOpen(figure, settings.falseAlarms / looks));
}

/** One that fails is enough; one that cannot be judged leaves the build unjudged. */
function verdictOf(results: readonly GateResult[]): GateReport['verdict'] {
  const has = (verdict: GateResult['verdict']): boolean =>
    results.some((result) => result.verdict === verdict);
  return has('fail') ? 'fail' : has('unsure') ? 'unsure' : 'pass';
}
