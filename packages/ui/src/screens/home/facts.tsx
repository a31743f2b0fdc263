/** What ran, whatever the verdict: the functions and tasks that took most, and what this recording is. */
import type { ReactNode } from 'react';
import { type Answered, useAnswer } from '../../api/ask.ts';
import { PlaceLink } from '../../parts/place.tsx';
import { commandOf, useRun, useRunLine } from '../../state/run.ts';
import { watch } from '../../state/moments.ts';
import { count, duration, middle, plural, short } from '../../text/format.ts';

const LISTED = 5;

export function Facts() {
  const { data } = useAnswer('summary', useRun());
  if (!data) return null;
  return (
    <section className="facts" aria-label="What ran">
      <Hottest hottest={data.hottest} />
      <Tasks tasks={data.tasks} />
      <Recording summary={data} />
    </section>
  );
}

const Panel = ({ title, note, children }: { title: string; note: string; children: ReactNode }) => (
  <article className="panel">
    <header>
      {title}
      <span className="spread" />
      <span className="quiet">{note}</span>
    </header>
    {children}
  </article>
);

function Hottest({ hottest }: { hottest: Answered<'summary'>['hottest'] }) {
  const most = Math.max(...hottest.map(({ selfMs }) => selfMs ?? 0));
  return (
    <Panel title="Hottest functions" note="own time">
      {hottest.slice(0, LISTED).map(({ id, name, path, line, hits, selfMs }) => (
        <div key={id} className="row bar-row" title={`${path}:${line}, ${count(hits)} calls`}>
          <span className="bar" style={{ width: `${most > 0 ? ((selfMs ?? 0) / most) * 100 : 0}%` }} />
          <PlaceLink at={{ function: id, path, line }} text={name} room={34} />
          <span className="quiet">{short(hits)}×</span>
          <span className="card-right">{selfMs === null ? '' : duration(selfMs * 1000)}</span>
        </div>
      ))}
      {hottest.length === 0 && <p className="card-note">No function with a time (yet).</p>}
    </Panel>
  );
}

function Tasks({ tasks }: { tasks: Answered<'summary'>['tasks'] }) {
  return (
    <Panel title="Slowest tasks" note={`of ${count(tasks.count)}`}>
      {tasks.slowest
        .slice(0, LISTED)
        .map(({ threadId, taskId, name, startUs, durationMs, errors, calls }) => {
          const way = startUs == null ? null : () => watch({ t: startUs, thread: threadId });
          return (
            <button
              key={`${threadId} ${taskId}`}
              className="row card-row"
              disabled={way === null}
              onClick={() => way?.()}
              title={name}
            >
              <span className="mono">{middle(name, 40)}</span>
              {errors > 0 && <span className="bad">! {errors}</span>}
              <span className="card-right">
                {count(calls)} calls · {duration(durationMs * 1000)}
              </span>
            </button>
          );
        })}
      {tasks.slowest.length === 0 && <p className="card-note">No task with a time (yet).</p>}
    </Panel>
  );
}

/** `/checkout, /cart and 2 more` */
function pagesOf(threads: Answered<'summary'>['threads']): [string, string][] {
  const pages = threads.filter(({ kind }) => kind === 'page').map(({ name }) => name ?? 'page');
  if (pages.length === 0) return [];
  const names = [...new Set(pages)];
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return [['Pages', `${count(pages.length)}: ${names.slice(0, 3).join(', ')}${more}`]];
}

function Recording({
  summary: { functions, modules, run, threads, pauses, errors },
}: {
  summary: Answered<'summary'>;
}) {
  const line = useRunLine();
  const rows: [string, string][] = [
    ['Command', line === null ? '' : commandOf(line)],
    [
      'Functions that ran',
      `${count(functions.hit)} of ${count(functions.all)}${functions.unwatched > 0 ? ` (${count(functions.unwatched)} not instrumented)` : ''}`,
    ],
    ['Files loaded', `${count(modules.loaded)} of ${count(modules.all)}`],
    [
      'Errors',
      errors.count === 0
        ? 'none thrown in recorded code'
        : `${count(errors.count)} at ${plural(errors.places, 'place')}`,
    ],
    ['Threads', `${count(threads.length)}, held ${count(pauses.count)} times`],
    ...pagesOf(threads),
    ['Recorded', `tier ${run.tier}${line?.commit ? ` at ${line.commit.slice(0, 9)}` : ''}, ${new Date(run.ts).toLocaleString('en-GB')}`], // prettier-ignore
  ];
  return (
    <Panel title="This recording" note={run.id}>
      <dl className="recording">
        {rows.map(([name, value]) => (
          <div key={name} className="row">
            <dt>{name}</dt>
            <dd title={value}>{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
