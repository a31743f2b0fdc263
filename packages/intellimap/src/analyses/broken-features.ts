/**
 * What does not work: error signatures by module. Errors that a program throws on purpose (a declined payment) look like others; what tells them apart
 * is who saw them and what they are, and the confidence says so:
 *
 *   certain   nobody caught it
 *   likely    the language threw it (`TypeError`, …), or it left the recorded files without anyone in them having seen it
 *   possible  thrown, and caught by somebody who may know what to do
 */
import { type Failure, failures, type SilentFailure, silentFailures } from '../query/index.ts';
import { type Analysis, type Confidence, type Finding, plural, verdict } from './analysis.ts';
import { during } from './during.ts';

/** What V8 throws for mistakes in a program. A `SyntaxError` is one of its data: `JSON.parse`. */
const LANGUAGE_ERRORS = new Set(['TypeError', 'ReferenceError', 'RangeError', 'AssertionError']);
const RANK: Record<Confidence, number> = { certain: 0, likely: 1, possible: 2 };

export interface BrokenFinding extends Finding {
  /** Module it is in; null: outside of the recorded files. */
  module: string | null;
  count: number;
  failure: Failure | null;
  /** Nobody in the recorded files saw the error: only which calls it left is known. */
  silent: SilentFailure | null;
}

export const brokenFeatures: Analysis<BrokenFinding> = {
  name: 'broken-features',
  title: 'Broken features',
  async check(session) {
    const run = session.run.id;
    const seen = (await failures(session)).map((failure): BrokenFinding => ({
      id: `broken-features:${failure.signature}`,
      confidence: confidenceOf(failure),
      module: failure.path,
      count: failure.count,
      place: failure.path === null ? null : { path: failure.path, line: failure.line },
      failure,
      silent: null,
      evidence: [{ run, table: 'errors', key: { signature: failure.signature } }],
    }));
    const { tier, calls_rule: rows } = session.run;
    // Where the calls that an exception left have no row, it cannot be told where it began.
    const unseen = tier === 'performance' && rows !== 'long' ? await silentFailures(session) : [];
    const silent = unseen.map((failure): BrokenFinding => ({
      id: `broken-features:${failure.id}`,
      confidence: 'likely',
      module: failure.path,
      count: failure.count,
      place: { path: failure.path, line: failure.line },
      failure: null,
      silent: failure,
      evidence: [{ run, table: 'calls', key: { thread_id: failure.threadId, call_id: failure.callId } }],
    }));
    const all = [...seen, ...silent];
    return verdict(all.toSorted((a, b) => RANK[a.confidence] - RANK[b.confidence] || b.count - a.count));
  },
  describe: (finding) =>
    finding.failure === null ? describeSilent(finding.silent!) : describeFailure(finding.failure),
  summarise(findings) {
    const modules = new Set(findings.map(({ module }) => module)).size;
    const sure = findings.filter(({ confidence }) => confidence !== 'possible').length;
    return `${plural(findings.length, 'kind')} of errors in ${plural(modules, 'module')}, ${sure} of them hardly meant`;
  },
};

function confidenceOf({ uncaught, name }: Failure): Confidence {
  if (uncaught > 0) return 'certain';
  return LANGUAGE_ERRORS.has(name) ? 'likely' : 'possible';
}

function describeFailure(failure: Failure): string {
  const { name, template, count, uncaught, path, line, function: around, causes, newAfter, tasks } = failure;
  const place = path === null ? '' : ` in ${around ?? path} (${path}${line === null ? '' : `:${line}`})`;
  const facts = [
    count === 1 ? 'once' : `${count} times`,
    uncaught > 0 && (uncaught === count ? 'uncaught' : `${uncaught} uncaught`),
    failure.isCaughtOnly && 'first seen by a catch clause',
    causes.length > 0 && `caused by ${causes.map((cause) => cause.name).join(', ')}`,
    newAfter > 0 && `in none of ${plural(newAfter, 'earlier run')}`,
  ].filter(Boolean);
  return `${name}: ${template}${place}, ${facts.join(', ')}${during(tasks)}`;
}

const describeSilent = ({ name, path, line, count, calls, tasks }: SilentFailure): string =>
  `${name} (${path}:${line}) failed in ${count} of ${plural(calls, 'call')} with an error that no recorded code threw or caught${during(tasks)}`;
