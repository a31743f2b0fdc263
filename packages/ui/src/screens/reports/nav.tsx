/** The reports by group, each with its number once it is known. */
import { useQueries, useQuery } from '@tanstack/react-query';
import { type Answered, ask } from '../../api/ask.ts';
import { useRun } from '../../state/run.ts';
import { choose } from '../../state/selection.ts';
import { count } from '../../text/format.ts';
import type { Named } from './groups.ts';
import { OPTION } from './options.ts';

interface Props {
  groups: readonly { title: string; reports: readonly Named[] }[];
  chosen: string | null;
  /** The chosen one is there: now the others may be asked for. */
  ready: boolean;
}

export function Nav({ groups, chosen, ready }: Props) {
  const all = groups.flatMap(({ reports }) => reports);
  const answers = useNumbers(all, ready);
  return (
    <nav className="report-nav" aria-label="Reports">
      {groups.map(({ title, reports }) => (
        <section key={title}>
          <h2>{title}</h2>
          {reports.map(({ name, title: text }) => (
            <button
              key={name}
              id={`report-${name}`}
              aria-current={name === chosen ? 'page' : undefined}
              onClick={() => choose({ [OPTION.report]: name, [OPTION.finding]: null })}
            >
              <span>{text}</span>
              <Number of={answers.get(name)} />
            </button>
          ))}
        </section>
      ))}
    </nav>
  );
}

function Number({ of }: { of: Answered<'report'> | undefined }) {
  if (of === undefined) return null;
  if (of.holds === 'yes') return <span className="report-number">{count(of.findings.length)}</span>;
  if (of.holds === 'no') return <span className="quiet">none</span>;
  return (
    <span className="quiet" title={of.why ?? ''} aria-label={of.holds === 'failed' ? 'failed' : 'not known'}>
      {of.holds === 'failed' ? '✕' : '–'}
    </span>
  );
}

/** One after the other, in their order, so that the server always has time for what is asked by hand. */
function useNumbers(all: readonly Named[], ready: boolean): Map<string, Answered<'report'>> {
  const run = useRun();
  const known = useQueries({
    queries: all.map(({ name }) => ({ queryKey: ['report', { ...run, name }], enabled: false })),
  });
  const missing = known.findIndex(({ data, isError }) => data === undefined && !isError);
  const next = ready && missing >= 0 ? all[missing] : null;
  const name = next?.name ?? '';
  useQuery({
    queryKey: ['report', { ...run, name }],
    queryFn: ({ signal }) => ask('report', { ...run, name }, signal),
    enabled: next !== null,
  });
  return new Map(
    all.flatMap(({ name }, at) => {
      const { data } = known[at];
      return data === undefined ? [] : [[name, data as Answered<'report'>] as const];
    }),
  );
}
