/** Gate: no errors that the baseline does not know, none more often, and in all not too many. */
import type { Comparison } from '../comparison.ts';
import { median } from '../../base/numbers.ts';
import type { ErrorFacts } from '../facts.ts';
import type { GateFinding, GateResult } from '../report.ts';
import { plain, plural } from '../words.ts';
import { appeared, grown } from './steady.ts';

/** Characters of a message that a sentence quotes. */
const QUOTED = 120;

export function checkErrors(comparison: Comparison): GateResult {
  const { candidate, settings } = comparison;
  const fresh: GateFinding[] = [];
  const more: GateFinding[] = [];
  const notes: string[] = [];
  for (const [signature, facts] of Object.entries(candidate.errors)) {
    const { finding, note } = judged(comparison, signature, facts);
    if (finding !== null) (finding.baseline === 0 ? fresh : more).push(finding);
    if (note !== null) notes.push(note);
  }
  const findings = [...(fresh.length > settings.newErrors ? fresh : []), ...more, ...tooMany(comparison)];
  return {
    gate: 'errors',
    verdict: findings.length > 0 ? 'fail' : 'pass',
    says: `${plural(Object.keys(candidate.errors).length, 'error signature')}, ${fresh.length} new, ${more.length} more often`,
    findings,
    notes,
  };
}

function judged(
  { base, candidate, settings }: Comparison,
  signature: string,
  facts: ErrorFacts,
): { finding: GateFinding | null; note: string | null } {
  const questions = Object.keys(candidate.errors).length;
  const before = base.errors[signature]?.count ?? base.runs.map(() => 0);
  const isNew = Math.max(...before) === 0;
  const answer = isNew
    ? appeared(
        before.map((count) => count > 0),
        facts.count.map((count) => count > 0),
        questions,
      )
    : grown(before, facts.count, settings.errorGrowth, questions);
  if (answer === 'yes') return { finding: found(signature, facts, before, isNew), note: null };
  if (answer === 'no') return { finding: null, note: null };
  const seen = facts.count.filter((count) => count > 0).length;
  const note = isNew
    ? `perhaps new, in ${seen} of ${plural(facts.count.length, 'run')}: ${titleOf(facts)}`
    : `perhaps more often, which varies: ${titleOf(facts)}`;
  return { finding: null, note };
}

function found(signature: string, facts: ErrorFacts, before: readonly number[], isNew: boolean): GateFinding {
  const [was, is] = [median(before), median(facts.count)];
  return {
    id: `errors:${isNew ? 'new' : 'more'}:${signature}`,
    gate: 'errors',
    message: isNew
      ? `new error ${titleOf(facts)} (${plain(is)}× in a run)`
      : `${plain(is)}× instead of ${plain(was)}× in a run: ${titleOf(facts)}`,
    place: facts.path === null ? null : { path: facts.path, line: facts.line },
    baseline: was,
    candidate: is,
    unit: 'errors',
    growth: was > 0 ? is / was - 1 : null,
    interval: null,
    p: null,
    causes: [],
  };
}

function tooMany({ candidate, settings }: Comparison): GateFinding[] {
  const total = candidate.runs.map((_, at) =>
    Object.values(candidate.errors).reduce((sum, { count }) => sum + count[at], 0),
  );
  const is = median(total);
  if (settings.maxErrors === null || !(is > settings.maxErrors)) return [];
  return [
    {
      id: 'errors:total:',
      gate: 'errors',
      message: `${plain(is)} errors in a run, ${plain(settings.maxErrors)} are allowed`,
      place: null,
      baseline: settings.maxErrors,
      candidate: is,
      unit: 'errors',
      growth: null,
      interval: null,
      p: null,
      causes: [],
    },
  ];
}

const titleOf = ({ name, message }: ErrorFacts): string => {
  const line = message.split('\n', 1)[0];
  return `${name}: ${line.length > QUOTED ? `${line.slice(0, QUOTED - 1)}…` : line}`;
};
