/** How sure what is shown is: whether the server answers, what was recorded, what was lost, what recording cost. */
import { useAnswer } from '../api/ask.ts';
import { useRun, useWorkspace } from '../state/run.ts';
import { captureText, type Certain, overheadText } from './capture.ts';
import { overlay } from './overlay.ts';

export function StatusBar() {
  const { data: workspace, error } = useWorkspace();
  const run = useRun();
  const { data: summary } = useAnswer('summary', workspace?.runs.length ? run : null);
  const capture = summary && captureText(summary);
  const overhead = summary && overheadText(summary.overhead);
  return (
    <footer className="status">
      {error ? (
        <span className="bad" role="alert">
          ● {error.message}
          {error.hint ? `: ${error.hint}` : ''}
        </span>
      ) : (
        <span title={location.host}>
          <span className="connected" aria-hidden>
            ●
          </span>{' '}
          connected to :{location.port}
        </span>
      )}
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
