/** One error: where, since when, what it shares, its stack, and values that were recorded around it. */
import { previewText } from '../../../../intellimap/src/base/preview-text.ts';
import { Clipboard, Map, Play, X } from 'lucide-react';
import { useCallback } from 'react';
import { type Answered, useAnswer } from '../../api/ask.ts';
import { PlaceLink } from '../../parts/place.tsx';
import { showOnMap, watch } from '../../state/moments.ts';
import { useRun } from '../../state/run.ts';
import { choose, useSelection } from '../../state/selection.ts';
import { useChosenText } from '../../state/chosen-text.ts';
import { copy } from '../../text/copy.ts';
import { ago, count, moment } from '../../text/format.ts';
import { bucketMoment, type IssuesAnswer, type Signature } from './signature.ts';

export function IssueDetail({ issues, signature }: { issues: IssuesAnswer; signature: Signature }) {
  const { name, message, first, path, line, functionId, stack, tasks, causes } = signature;
  const bucket = useSelection(({ options }) => options['bucket']);
  useChosenText(useCallback(() => ({ what: 'the error', text: asText(signature) }), [signature]));
  const place = { path, line, function: functionId };
  return (
    <aside className="detail" aria-label="The chosen error">
      <header>
        <span className="bad">
          ✕ {signature.uncaught > 0 ? 'uncaught' : signature.isCaughtOnly ? 'caught' : 'thrown'}
        </span>
        <span className="spread" />
        <button
          aria-label="Close"
          title="Close"
          onClick={() => choose({ issue: null, bucket: null }, { replace: true })}
        >
          <X size={15} aria-hidden />
        </button>
      </header>
      <p className="detail-text">
        <b>{name}</b>: {message}
      </p>
      <div className="buttons">
        {first !== null && (
          <button className="button small" onClick={() => watch(bucketMoment(issues, signature, bucket))}>
            <Play size={12} aria-hidden /> Watch it happen
          </button>
        )}
        {path !== null && (
          <button className="button small" onClick={() => showOnMap(place)}>
            <Map size={12} aria-hidden /> Map
          </button>
        )}
        <button className="button small" onClick={() => void copy(asText(signature), 'the error')}>
          <Clipboard size={12} aria-hidden /> Copy
        </button>
      </div>
      <Facts signature={signature} />
      {causes.length > 0 && <h2>Caused by</h2>}
      {causes.map((cause) => (
        <p key={cause.name + cause.message}>
          {cause.name}: {cause.message}
        </p>
      ))}
      <h2>Stack</h2>
      <ul className="places">
        {stack.map((each, at) => (
          // oxlint-disable-next-line react/no-array-index-key
          <li key={at}>
            {each.path === null ? (
              <span className="mono quiet">{each.name}</span>
            ) : (
              <>
                <PlaceLink
                  at={{ path: each.path, line: each.line, ...(at === 0 && first) }}
                  text={each.name || '(anonymous)'}
                  room={34}
                />
                <span className="quiet">
                  {each.path}:{each.line}
                </span>
              </>
            )}
          </li>
        ))}
      </ul>
      {tasks.length > 0 && (
        <>
          <h2>During</h2>
          <ul className="places">
            {tasks.map((task) => (
              <li key={task} className="mono">
                {task}
              </li>
            ))}
          </ul>
        </>
      )}
      <Values functionId={functionId} />
    </aside>
  );
}

function Facts({
  signature: { count: times, timed, first, since, runs, newAfter },
}: {
  signature: Signature;
}) {
  return (
    <dl className="issue-facts">
      <dt>Times</dt>
      <dd>
        {count(times)}
        {timed < times && <span className="quiet"> ({count(timed)} with a known time)</span>}
      </dd>
      <dt>First seen</dt>
      <dd>{first?.t == null ? 'at a time that is not known' : `${moment(first.t)} after the start`}</dd>
      <dt>In runs</dt>
      <dd>
        {newAfter > 0
          ? `this one, and none of ${count(newAfter)} before`
          : `${count(runs)}, the first ${ago(since, Date.now())}`}
      </dd>
    </dl>
  );
}

/** The last calls of the function whose values were recorded: not of the error itself, unless it was among the last. */
function Values({ functionId }: { functionId: string | null }) {
  const run = useRun();
  const { data } = useAnswer('function', functionId === null ? null : { ...run, function: functionId });
  if (!data || functionId === null) return null;
  if (data.seen.length === 0)
    return (
      <>
        <h2>Values</h2>
        <p className="quiet">
          None were recorded of {data.name}. With{' '}
          <span className="mono">{`--values '${data.path}#${data.name}'`}</span>, its arguments and results
          are, at some 20 ns to 1.4 µs a call.
        </p>
      </>
    );
  return (
    <>
      <h2>Last values of {data.name}</h2>
      {data.seen.slice(0, 3).map((call) => (
        <Call key={`${call.threadId} ${call.callId}`} call={call} />
      ))}
    </>
  );
}

const Call = ({ call: { values } }: { call: Answered<'function'>['seen'][number] }) => (
  <dl className="values">
    {values.map(({ role, name, preview }, at) => (
      // oxlint-disable-next-line react/no-array-index-key
      <div key={at}>
        <dt>{role === 'result' ? '→' : (name ?? role)}</dt>
        <dd title={previewText(preview)}>{previewText(preview)}</dd>
      </div>
    ))}
  </dl>
);

const asText = ({ name, message, stack, count: times, tasks }: Signature): string =>
  [
    `${name}: ${message} (${times} times)`,
    ...stack.map((each) => `    at ${each.name}${each.path === null ? '' : ` (${each.path}:${each.line})`}`),
    ...(tasks.length > 0 ? [`during ${tasks.join(', ')}`] : []),
  ].join('\n');
