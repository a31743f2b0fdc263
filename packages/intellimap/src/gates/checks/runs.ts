/** Gate: the command ends as it did, and its runs are whole. */
import type { Comparison } from '../comparison.ts';
import type { RunHead } from '../facts.ts';
import type { GateFinding, GateResult } from '../report.ts';

const failed = ({ exitCode, signal }: RunHead): boolean => signal !== null || exitCode !== 0;
const ending = ({ exitCode, signal }: RunHead): string =>
  signal ?? (exitCode === null ? 'no known end' : `exit code ${exitCode}`);

const someOf = ({ length }: RunHead[], all: readonly RunHead[]): boolean => length > 0 && length < all.length;
const how = ([first]: RunHead[]): string => (first === undefined ? '' : ` (${ending(first)})`);

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
  if (someOf(now, candidate.runs) || someOf(before, base.runs))
    return {
      ...result,
      verdict: 'unsure',
      says: `${now.length} of ${candidate.runs.length} runs failed${how(now)}, and ${before.length} of ${base.runs.length} of the baseline${now.length === 0 ? how(before) : ''}${design === 'together' ? ' (does the command need a port, or a file, of its own? then: --alternate)' : ''}`,
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
