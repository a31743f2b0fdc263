/** What could be asked, where nothing was: questions about what this run has. */
import { useAnswer } from '../../api/ask.ts';
import { useRun } from '../../state/run.ts';
import { examplesOf, READY } from './ready.ts';

export function Examples({ onTake }: { onTake: (sql: string) => void }) {
  const { data } = useAnswer('summary', useRun());
  const all = data ? examplesOf(data) : READY.slice(0, 6);
  return (
    <div className="examples">
      <h2>Ask anything of this run</h2>
      <p>
        Plain names of tables mean this run, <span className="mono">all_runs.calls</span> every run. Ids,
        places and times in answers are links.
      </p>
      <div className="example-list">
        {all.map(({ title, about, sql }) => (
          <button key={title} className="panel example" onClick={() => onTake(sql)}>
            <b>{title}</b>
            <span className="quiet">{about}</span>
            <code>{sql}</code>
          </button>
        ))}
      </div>
    </div>
  );
}
