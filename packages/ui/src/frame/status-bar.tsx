/** How sure what is shown is: whether the server answers, what was recorded, what was lost, what recording cost. */
import { type NoAnswer, useAnswer } from '../api/ask.ts';
import { useLive } from '../api/live.ts';
import { useRun, useWorkspace } from '../state/run.ts';
import { captureText, type Certain, overheadText } from './capture.ts';
import { overlay } from './overlay.ts';

export function StatusBar() {
  const { data: workspace, error } = useWorkspace();
  const run = useRun();
  const { data: summary } = useAnswer('summary', workspace?.runs.length ? run : null);
  const { runs } = useLive();
  const capture =
    summary &&
    captureText(
      summary,
      runs.some(({ run: id }) => id === summary.run.id),
    );
  const overhead = summary && overheadText(summary.overhead);
  return (
    <footer className="status">
      <Connection error={error} />
      {capture && <span>{capture.size}</span>}
      {capture && <Told {...capture.loss} />}
      {overhead && <Told {...overhead} />}
      <span className="spread" />
      <button onClick={() => overlay('help')}>? keys</button>
    </footer>
  );
}

const Told = ({ text, title, isBad }: Certain) => (
  <span title={title} className={isBad ? 'doubt' : undefined}>
    {text}
  </span>
);

/** The page stays as it is while the server is gone: what was answered is still there. */
function Connection({ error }: { error: NoAnswer | null }) {
  const { connection, runs } = useLive();
  if (connection === 'lost' || error?.status === 0)
    return (
      <span className="bad" role="alert" title="What was answered stays. Start it again: intellimap open">
        ● the server is gone, trying again
      </span>
    );
  if (error)
    return (
      <span className="bad" role="alert">
        ● {error.message}
        {error.hint ? `: ${error.hint}` : ''}
      </span>
    );
  return (
    <span title={location.host}>
      <span className="connected" aria-hidden>
        ●
      </span>{' '}
      connected to :{location.port}
      {runs.length > 0 && ` · recording ${runs.length === 1 ? 'a run' : `${runs.length} runs`}`}
    </span>
  );
}
