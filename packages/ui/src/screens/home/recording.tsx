/** What is being recorded now. */
import { useState } from 'react';
import { type Live, useLive } from '../../api/live.ts';
import { commandOf, shortRun } from '../../state/run.ts';
import { lookAt } from '../../state/selection.ts';
import { count, duration, short } from '../../text/format.ts';

type Run = Live['runs'][number];

export function Recording() {
  const { runs } = useLive();
  // Pause holds what is shown, not what is recorded.
  const [held, setHeld] = useState<readonly Run[] | null>(null);
  if (runs.length === 0) return null;
  return (
    <section className="panel live" aria-label="Being recorded now">
      <header>
        <span className="live-dot" aria-hidden>
          ●
        </span>
        Recording
        <span className="spread" />
        <button className="button small" onClick={() => setHeld(held === null ? runs : null)}>
          {held === null ? 'Pause the view' : 'Go on'}
        </button>
      </header>
      {(held ?? runs).map((run) => (
        <LiveLine key={run.run} run={run} />
      ))}
    </section>
  );
}

function LiveLine({ run: { run, command, startedAt, counters } }: { run: Run }) {
  return (
    <div className="row live-row">
      <button className="mono link" title={run} onClick={() => lookAt(run)}>
        {shortRun(run)}
      </button>
      <span className="mono">{commandOf({ command })}</span>
      <span className="spread" />
      {counters === null ? (
        <span className="quiet">waiting for the first event …</span>
      ) : (
        <>
          <Figure value={duration((Date.now() - startedAt) * 1000)}>so far</Figure>
          <Figure value={short(counters.events)}>events</Figure>
          <Figure value={`${(counters.bytes / 2 ** 20).toFixed(1)} MiB`}>written</Figure>
          <Figure value={count(counters.threads)}>{counters.threads === 1 ? 'thread' : 'threads'}</Figure>
          {counters.lost > 0 && <Figure value={short(counters.lost)}>lost</Figure>}
          {counters.heldMs >= 50 && <Figure value={duration(counters.heldMs * 1000)}>event loop held</Figure>}
        </>
      )}
    </div>
  );
}

const Figure = ({ value, children }: { value: string; children: string }) => (
  <span className="live-figure">
    <b>{value}</b> {children}
  </span>
);
