/** Which functions had a part in what grew, and which of them are other ones than in the baseline. Pure. */
import type { ChangedLines, Comparison } from './comparison.ts';
import { median, sum } from '../base/numbers.ts';
import type { FunctionFacts } from './facts.ts';
import type { Cause } from './report.ts';

/** Functions that are named. */
const NAMED = 5;
/** Less of the growth than this is not worth a name. */
const MIN_SHARE = 0.03;

/** By the growth of their self time in a run. */
export const timeCauses = (comparison: Comparison): Cause[] =>
  causesBy(comparison, 'ms', ({ selfMs }) => selfMs.map((value) => value ?? 0));

/** By the growth of their calls in a run. */
export const callCauses = (comparison: Comparison): Cause[] =>
  causesBy(comparison, 'calls', ({ hits }) => hits);

function causesBy(
  comparison: Comparison,
  unit: Cause['unit'],
  columnOf: (facts: FunctionFacts) => number[],
): Cause[] {
  const { base, candidate, changed } = comparison;
  const grew = Object.entries(candidate.functions)
    .map(([id, facts]) => {
      const before = base.functions[id];
      const was = before === undefined ? base.runs.map(() => 0) : columnOf(before);
      const growth = growthOf(was, columnOf(facts), comparison.design !== 'apart');
      const change = changeOf(before, facts, changed);
      return { id, name: facts.name, path: facts.path, line: facts.line, unit, growth, changed: change };
    })
    .filter(({ growth }) => growth > 0);
  const total = sum(grew.map(({ growth }) => growth));
  return grew
    .map((cause) => ({ ...cause, share: cause.growth / total }))
    .filter(({ share }) => share >= MIN_SHARE)
    .toSorted((a, b) => b.growth - a.growth)
    .slice(0, NAMED);
}

/** Between pairs in the middle, else between the middles. */
function growthOf(base: readonly number[], candidate: readonly number[], inPairs: boolean): number {
  return inPairs ? median(candidate.map((value, at) => value - base[at])) : median(candidate) - median(base);
}

function changeOf(
  before: FunctionFacts | undefined,
  { path, line, endLine, hash }: FunctionFacts,
  changed: ChangedLines | null,
): Cause['changed'] {
  if (before === undefined) return 'new';
  if (before.hash !== hash) return 'body';
  const touched = changed?.[path]?.some(([from, to]) => from <= endLine && to >= line);
  return touched ? 'lines' : null;
}
