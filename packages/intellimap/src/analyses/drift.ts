/** What a run does otherwise than the one before it. */
import { type Change, drift } from '../query/index.ts';
import { type Analysis, type Evidence, type Finding, plural, verdict } from './analysis.ts';

export interface DriftFinding extends Finding {
  change: Change;
  /** The run that is compared with. */
  other: string;
}

export const runtimeDrift: Analysis<DriftFinding> = {
  name: 'drift',
  title: 'Otherwise than the run before',
  async check(session) {
    const found = await drift(session);
    if (found === null)
      return { holds: 'unknown', why: 'there is no earlier complete run of the same command and tier' };
    return verdict(found.changes.map((change) => findingOf(change, session.run.id, found.other)));
  },
  describe: ({ change }) => describeChange(change),
  summarise(findings) {
    const code = findings.filter(({ change }) => change.because === 'code').length;
    const changes = plural(findings.length, 'difference');
    return `${changes}, ${code} of them where the code changed; compared with ${findings[0]?.other ?? 'no run'}`;
  },
};

const findingOf = (change: Change, run: string, other: string): DriftFinding => ({
  change,
  other,
  id: `drift:${change.kind}:${change.what}:${change.key}`,
  confidence: change.confidence,
  place: change.path === null ? null : { path: change.path, line: change.line },
  evidence: [run, other]
    .filter((id) => (id === run ? change.now !== 0 : change.before !== 0))
    .map((id) => evidenceOf(change, id)),
});

function evidenceOf({ kind, key }: Change, run: string): Evidence {
  const [first, second] = key.split('\n');
  switch (kind) {
    case 'error':
      return { run, table: 'errors', key: { signature: key } };
    case 'edge':
    case 'latency':
      return { run, table: 'edges_runtime', key: { src: first, dst: second } };
    case 'calls':
      return second === undefined
        ? { run, table: 'nodes_runtime', key: { ast_node_id: key } }
        : { run, table: 'edges_runtime', key: { src: first, dst: second } };
    case 'import':
      return { run, table: 'imports', key: { src: first, specifier: second } };
    case 'task':
      return { run, table: 'tasks', key: { kind: first.split(' ', 1)[0] } };
    default:
      return { run, table: 'nodes_runtime', key: { ast_node_id: key } };
  }
}

/** A sentence without its final stop: its subject, and what became of it. */
export function describeChange(change: Change): string {
  const { subject, because } = change;
  return `${subject} ${said(change)}${because === 'code' ? ' (its code changed)' : ''}`;
}

const counted = (count: number | null, noun: string): string =>
  `${figure(count)} ${noun}${count === 1 ? '' : 's'}`;

/** What became of its subject. */
export function said({ kind, what, before, now, unit }: Change): string {
  const figures = `${figure(before)} → ${figure(now)} ${unit}`;
  switch (kind) {
    case 'function':
      return what === 'added' ? `ran, and did not before (${counted(now, 'call')})` : `did not run, and did before (${counted(before, 'call')})`; // prettier-ignore
    case 'edge':
      return what === 'added' ? `is a new call (${counted(now, 'time')})` : `is called no more (${counted(before, 'time')} before)`; // prettier-ignore
    case 'error':
      if (what === 'added') return `is new (${counted(now, 'time')})`;
      return what === 'removed' ? `came no more (${counted(before, 'time')} before)` : `came ${what === 'more' ? 'more' : 'less'} often: ${figures}`; // prettier-ignore
    case 'import':
      if (what === 'other') return now === 1 ? 'now' : 'before, and does no more';
      return what === 'added' ? 'is new' : 'is gone';
    case 'order':
      return `was first called ${what}: as number ${figure(now)} of the start, not ${figure(before)}`;
    case 'task':
      if (what === 'more' || what === 'fewer') return `makes ${what} calls: ${figures}`;
      return `is ${what}: ${figures}`;
    default:
      return `${{ more: 'is called more often', fewer: 'is called less often', slower: 'is slower', faster: 'is faster', added: '', removed: '', earlier: '', later: '', other: '' }[what]}: ${figures}`; // prettier-ignore
  }
}

const figure = (value: number | null): string =>
  value === null ? '?' : Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(3)));
