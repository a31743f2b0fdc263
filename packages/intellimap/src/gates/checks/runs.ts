/** Gate: the command ends as it did, and its runs are whole. */
import type { Comparison } from '../comparison.ts';
import type { RunHead } from '../facts.ts';
import type { GateFinding, GateResult } from '../report.ts';

const failed = ({ exitCode, signal }: RunHead): boolean => signal !== null || exitCode !== 0;
const ending = ({ exitCode, signal }: RunHead): string =>
  signal ?? (exitCode === null ? 'no known end' : `exit code ${exitCode}`);

export function checkRuns({ base, candidate, design }: Comparison): GateResult {
  const [before, now] = [base, candidate].map(({ runs }) => runs.filter(failed));
  const notes = partial(base.runs, 'baseline').concat(partial(candidate.runs, 'build'));
  const result = { gate: 'runs' as const, findings: [], notes };
  if (now.length === candidate.runs.length && before.length === 0) {
    const message = `the command ends with ${ending(now[0])}, and did not in the baseline`;
    const finding: GateFinding = {
      id: 'runs:ending:',
      gate: 'runs',
      message,
      place: null,
      baseline: 0,
      candidate: now.length,
      unit: 'failed runs',
      growth: null,
      interval: null,
      p: null,
      causes: [],
    };
    return { ...result, verdict: 'fail', says: message, findings: [finding] };
  }
  const differ = now.length > 0 && (now.length < candidate.runs.length || before.length < base.runs.length);
  if (differ)
    return {
      ...result,
      verdict: 'unsure',
      says: `${now.length} of ${candidate.runs.length} runs failed (${ending(now[0])}), and ${before.length} of ${base.runs.length} of the baseline${design === 'together' ? ' (does the command need a port, or a file, of its own? then: --alternate)' : ''}`,
    };
  return {
    ...result,
    verdict: 'pass',
    says: `${candidate.runs.length} runs compared with ${base.runs.length}`,
  };
}

function partial(runs: readonly RunHead[], whose: string): string[] {
  const count = runs.filter(({ complete }) => !complete).length;
  return count === 0 ? [] : [`${count} of ${runs.length} runs of the ${whose} are not complete`];
}
