/** Gate: a task makes no more calls, queries and awaits than it did. Such counts have no noise: one run shows what a stopwatch needs many for. */
import { callCauses } from '../causes.ts';
import type { Comparison } from '../comparison.ts';
import { median } from '../../base/numbers.ts';
import { known, type TaskFacts } from '../facts.ts';
import type { GateFinding, GateResult } from '../report.ts';
import { growthText, plain, plural } from '../words.ts';
import { grown } from './steady.ts';

interface Count {
  task: string;
  facts: TaskFacts;
  what: 'calls' | 'awaits' | 'queries';
  /** Of queries: the function. */
  id: string | null;
  base: number[];
  candidate: number[];
  tolerance: number;
}

export function checkCounts(comparison: Comparison): GateResult {
  const { base, candidate } = comparison;
  if (![...base.runs, ...candidate.runs].every(({ tasksWhole }) => tasksWhole))
    return none(
      'unsure',
      'not all tasks have rows: with more than 10,000 short ones, means of them tell nothing',
    );
  const counts = countsOf(comparison);
  if (counts.length === 0) return none('pass', 'no task is in both builds');
  const answers = counts.map((count) => ({
    count,
    answer: grown(count.base, count.candidate, count.tolerance, counts.length),
  }));
  const findings = answers
    .filter(({ answer }) => answer === 'yes')
    .map(({ count }) => found(count, comparison));
  const notes = answers
    .filter(({ answer }) => answer === 'maybe')
    .map(({ count }) => `perhaps grown, which varies from run to run: ${sentence(count, comparison)}`);
  return {
    gate: 'counts',
    verdict: findings.length > 0 ? 'fail' : 'pass',
    says: `${plural(counts.length, 'count')} of calls, queries and awaits in a task compared, ${findings.length} grown`,
    findings,
    notes,
  };
}

const none = (verdict: 'pass' | 'unsure', says: string): GateResult => ({
  gate: 'counts',
  verdict,
  says,
  findings: [],
  notes: [],
});

function countsOf({ base, candidate, settings }: Comparison): Count[] {
  return Object.entries(candidate.tasks).flatMap(([task, facts]) => {
    const before = base.tasks[task];
    if (before === undefined) return [];
    const plainCounts = (['calls', 'awaits'] as const).map((what) => ({
      what,
      id: null,
      base: known(before[what]),
      candidate: known(facts[what]),
      tolerance: settings[what],
    }));
    // A query that a task did not make is one that it made 0 times.
    const queries = Object.entries((before.queries && facts.queries) ?? {}).map(([id, calls]) => ({
      what: 'queries' as const,
      id,
      base: whereItCame(before, before.queries?.[id] ?? before.count.map(() => 0)),
      candidate: whereItCame(facts, calls),
      tolerance: settings.queries,
    }));
    return [...plainCounts, ...queries]
      .filter((count) => count.base.length > 0 && count.candidate.length > 0)
      .map((count) => ({ task, facts, ...count }));
  });
}

/** Of the runs in which there was such a task. */
const whereItCame = ({ count }: TaskFacts, calls: readonly number[]): number[] =>
  calls.filter((_, at) => count[at] > 0);

function sentence({ task, what, id, base, candidate }: Count, { candidate: facts }: Comparison): string {
  const [was, is] = [median(base), median(candidate)].map(plain);
  const whose = id === null ? what : `queries by ${facts.functions[id]?.name ?? id}`;
  return `${task} makes ${is} ${whose} instead of ${was}`;
}

function found(count: Count, comparison: Comparison): GateFinding {
  const [was, is] = [median(count.base), median(count.candidate)];
  const fn = count.id === null ? undefined : comparison.candidate.functions[count.id];
  const place = fn ?? count.facts;
  const growth = was > 0 ? is / was - 1 : null;
  return {
    id: `counts:${count.what}:${count.task}${count.id === null ? '' : `:${count.id}`}`,
    gate: 'counts',
    message: `${sentence(count, comparison)}${growth === null ? '' : ` (${growthText(growth)})`}`,
    place: place.path === null ? null : { path: place.path, line: place.line },
    baseline: was,
    candidate: is,
    unit: `${count.what} in a task`,
    growth,
    interval: null,
    p: null,
    // Whose awaits there are more of is not known; of queries it is said.
    causes: count.what === 'calls' ? callCauses(comparison) : [],
  };
}
