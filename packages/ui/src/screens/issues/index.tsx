/** Errors over time: which are new, and what do they share? */
import { useMemo } from 'react';
import { useAnswer } from '../../api/ask.ts';
import { Failed, Notice, Waiting } from '../../parts/notice.tsx';
import { type ColumnOf, Table } from '../../parts/table.tsx';
import { type Command, useCommands } from '../../commands/registry.ts';
import { useRun } from '../../state/run.ts';
import { choose, selection, toggle, useSelection } from '../../state/selection.ts';
import { watch } from '../../state/moments.ts';
import { count, duration, moment, plural } from '../../text/format.ts';
import { watched } from '../../text/watched.ts';
import { Anomalies } from './anomalies.tsx';
import { byModule, rowOf } from './by-module.ts';
import { IssueDetail } from './detail.tsx';
import { BUCKETS } from './heat.ts';
import '../../parts/detail.css';
import './issues.css';
import { Matrix } from './matrix.tsx';
import { bucketMoment, type IssuesAnswer, type Signature } from './signature.ts';

export default function Issues() {
  const run = useRun();
  const { data, error, refetch } = useAnswer('issues', { ...run, buckets: BUCKETS });
  const options = useSelection((now) => now.options);
  const shown = options['tab'];
  const chosen = data?.signatures.find(({ id }) => id === options['issue']) ?? null;
  const asTable = options['table'] === '1';
  useCommands(useMemo(() => commands(data ?? null, chosen), [data, chosen]));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting>Asking for errors …</Waiting>;
  if (shown === 'anomalies')
    return (
      <div className="issues">
        <section className="issue-list">
          <header className="report-head">
            <div>
              <h1>Anomalies</h1>
              <p>
                What is otherwise than before, than others of its kind, or than at the beginning of the run.
              </p>
            </div>
            <Tabs shown={shown} />
          </header>
          <Anomalies />
        </section>
      </div>
    );
  if (data.signatures.length === 0)
    return (
      <div className="issues">
        <section className="issue-list">
          <header className="report-head">
            <h1>Issues</h1>
            <Tabs shown={undefined} />
          </header>
          <NoErrors />
        </section>
      </div>
    );
  const isByModule = shown === 'modules';
  const rows = isByModule ? byModule(data.signatures) : data.signatures;
  const row = isByModule ? rowOf(data.signatures, chosen?.id ?? null) : (chosen?.id ?? null);
  const total = data.signatures.reduce((sum, { count: times }) => sum + times, 0);
  const fresh = data.signatures.filter(({ newAfter }) => newAfter > 0).length;
  return (
    <div className={chosen === null ? 'issues' : 'issues split'}>
      <section className="issue-list">
        <header className="report-head">
          <div>
            <h1>Issues</h1>
            <p>
              {plural(total, 'error')} of {plural(data.signatures.length, 'kind')} in{' '}
              {duration(data.to - data.from)},{' '}
              {fresh === 0 ? 'none of them new' : <b className="bad">{count(fresh)} new</b>}.
            </p>
          </div>
          <span className="quiet issue-tools">
            <Tabs shown={shown} />
            <kbd className="key">E</kbd> next error <kbd className="key">T</kbd>{' '}
            {asTable ? 'matrix' : 'table'}
          </span>
        </header>
        {asTable ? (
          <Table
            label="Errors"
            columns={COLUMNS}
            rows={rows}
            keyOf={({ id }) => id}
            chosen={row}
            onChoose={({ id }) => choose({ issue: id, bucket: null }, { replace: true })}
            onOpen={open}
          />
        ) : (
          <Matrix issues={{ ...data, signatures: rows }} chosen={row} bucket={options['bucket'] ?? null} />
        )}
      </section>
      {chosen !== null && <IssueDetail key={chosen.id} issues={data} signature={chosen} />}
    </div>
  );
}

const TABS = [
  [null, 'Errors'],
  ['modules', 'By module'],
  ['anomalies', 'Anomalies'],
] as const;

const Tabs = ({ shown }: { shown: string | undefined }) => (
  <span className="segments" role="group" aria-label="Issues">
    {TABS.map(([id, title]) => (
      <button
        key={title}
        aria-pressed={(shown ?? null) === id}
        onClick={() => choose({ tab: id, bucket: null })}
      >
        {title}
      </button>
    ))}
  </span>
);

const open = ({ first }: Signature): void => {
  if (first !== null) watch(first);
};

const COLUMNS: readonly ColumnOf<Signature>[] = [
  {
    id: 'error',
    title: 'Error',
    width: 'minmax(240px, 1fr)',
    cell: ({ name, message }) => `${name}: ${message}`,
  },
  { id: 'count', title: 'Times', width: '70px', isNumber: true, cell: ({ count: times }) => count(times) },
  {
    id: 'uncaught',
    title: 'Uncaught',
    width: '80px',
    isNumber: true,
    cell: ({ uncaught }) => count(uncaught),
  },
  { id: 'first', title: 'First at', width: '120px', isNumber: true, cell: ({ first }) => (first?.t == null ? '–' : moment(first.t)) }, // prettier-ignore
  { id: 'runs', title: 'Runs', width: '60px', isNumber: true, cell: ({ runs }) => count(runs) },
  { id: 'place', title: 'Place', width: 'minmax(160px, 0.6fr)', cell: ({ path, line }) => (path === null ? '–' : `${path}:${line}`) }, // prettier-ignore
];

function commands(issues: IssuesAnswer | null, chosen: Signature | null): Command[] {
  const step = (by: number) => () => {
    if (issues === null || issues.signatures.length === 0) return;
    const all = issues.signatures;
    const at = chosen === null ? (by > 0 ? -1 : 0) : all.indexOf(chosen);
    choose({ issue: all[(at + by + all.length) % all.length].id, bucket: null }, { replace: true });
  };
  const moments: Command[] =
    chosen?.first == null
      ? []
      : [{ id: 'issues.watch', title: 'Watch it happen', group: 'Issues', keys: ['Space'], run: () => watch(bucketMoment(issues!, chosen, selection.getState().options['bucket'])) }]; // prettier-ignore
  return [
    { id: 'issues.next', title: 'Next error', group: 'Issues', keys: ['e'], run: step(1) },
    { id: 'issues.previous', title: 'Previous error', group: 'Issues', keys: ['Shift+E'], run: step(-1) },
    {
      id: 'view.table',
      title: 'As a table',
      group: 'View',
      keys: ['t'],
      run: () => toggle('table'),
    },
    ...moments,
  ];
}

function NoErrors() {
  const { data: summary } = useAnswer('summary', useRun());
  return (
    <Notice title="No errors in this run" tone="good">
      {summary && (
        <p>
          Watched: {watched(summary)}
          {summary.eventsLost > 0 ? `, but ${count(summary.eventsLost)} events were lost` : ''}.
        </p>
      )}
    </Notice>
  );
}
