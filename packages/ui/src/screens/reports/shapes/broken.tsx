import type { Findings } from '../../../../../intellimap/src/serve/contract.ts';
import { ago, count, plural } from '../../../text/format.ts';
import { column, numbers, PLACE, type Shape, SURE } from './shape.tsx';

type Broken = Findings.BrokenFinding;

const what = ({ failure, silent, module }: Broken): string =>
  failure !== null
    ? `${failure.name}: ${failure.message}`
    : `${silent?.name ?? module} fails, and nobody sees it`;

const tasksOf = ({ failure, silent }: Broken): string[] => failure?.tasks ?? silent?.tasks ?? [];

export const broken: Shape = {
  columns: [
    SURE,
    column<Broken>('what', 'Error', 'minmax(240px, 1fr)', (finding) => <span title={what(finding)}>{what(finding)}</span>, what), // prettier-ignore
    numbers<Broken>('count', 'Times', '70px', ({ count: times }) => times, count),
    numbers<Broken>('uncaught', 'Uncaught', '76px', ({ failure }) => failure?.uncaught ?? null, count),
    column<Broken>('new', 'New?', '110px', ({ failure }) => newness(failure), ({ failure }) => failure?.newAfter ?? -1), // prettier-ignore
    PLACE,
  ],
  detail: (row) => {
    const finding = row.finding as Broken;
    const tasks = tasksOf(finding);
    const { failure, silent } = finding;
    return (
      <>
        {tasks.length > 0 && <p>During {tasks.join(', ')}.</p>}
        {silent !== null && (
          <p>
            {count(silent.count)} of {count(silent.calls)} calls were left by an exception
            {silent.endedIn === null ? '' : `, which ended in ${silent.endedIn}`}.
          </p>
        )}
        {failure !== null && (
          <p>
            Seen in {plural(failure.runs, 'run')}, first {ago(failure.since, Date.now())}.
          </p>
        )}
        {(failure?.causes ?? []).map(({ name, message }) => (
          <p key={name + message}>
            Caused by {name}: {message}
          </p>
        ))}
      </>
    );
  },
};

function newness(failure: Broken['failure']) {
  if (failure === null) return <span className="quiet">–</span>;
  if (failure.newAfter > 0) return <b className="bad">new</b>;
  return failure.runs > 1 ? (
    <span className="quiet">in {failure.runs} runs</span>
  ) : (
    <span className="quiet">first run</span>
  );
}

type Seen = Findings.ErrorFinding;

export const errors: Shape = {
  columns: [
    column<Seen>('what', 'Error', 'minmax(240px, 1fr)', ({ error }) => <span title={error.message}>{`${error.name}: ${error.message}`}</span>, ({ error }) => error.name), // prettier-ignore
    column<Seen>('kind', 'How', '84px', ({ error }) => <span className={error.kind === 'uncaught' ? 'bad' : 'quiet'}>{error.kind}</span>, ({ error }) => error.kind), // prettier-ignore
    numbers<Seen>('count', 'Times', '70px', ({ error }) => error.count, count),
    column<Seen>('function', 'In', 'minmax(120px, 0.4fr)', ({ error }) => <span className="mono">{error.function}</span>, ({ error }) => error.function ?? ''), // prettier-ignore
    PLACE,
  ],
  detail: (row) => {
    const { error } = row.finding as Seen;
    return (
      <>
        <pre className="stack">{error.stack}</pre>
        {error.note !== null && <p className="quiet">{error.note}</p>}
      </>
    );
  },
};
