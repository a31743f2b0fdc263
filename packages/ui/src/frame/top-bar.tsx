/** What is looked at: project, run, the run it is compared with; the search for anything else; the verdict of the gate. */
import { Search } from 'lucide-react';
import { useAnswer, useKnown } from '../api/ask.ts';
import { useAgainst, useRun, useRunLine, useWorkspace } from '../state/run.ts';
import { lookAt } from '../state/selection.ts';
import { isMac } from './key-names.ts';
import { ComparePicker, RunPicker } from './run-picker.tsx';
import { overlay } from './overlay.ts';

export function TopBar() {
  const { data: workspace } = useWorkspace();
  const run = useRunLine();
  return (
    <header className="top">
      <span className="logo" aria-hidden>
        {(workspace?.name ?? '?').slice(0, 1).toUpperCase()}
      </span>
      <strong className="project" title={workspace?.root}>
        {workspace?.name}
      </strong>
      {workspace !== undefined && run !== null && (
        <>
          <RunPicker runs={workspace.runs} run={run} />
          {workspace.runs.length > 1 && <Compared />}
        </>
      )}
      {workspace !== undefined && run === null && workspace.runs.length > 0 && (
        <button className="chip" onClick={() => lookAt(null)}>
          This run is not here: show the latest
        </button>
      )}
      <button className="search" onClick={() => overlay('palette')}>
        <Search size={14} aria-hidden />
        <span>
          Jump to function, file, error, time… or type <b>&gt;</b> command, <b>:</b> SQL
        </span>
        <kbd className="key">{isMac() ? '⌘K' : 'Ctrl K'}</kbd>
      </button>
      <Gates />
    </header>
  );
}

function Compared() {
  const asked = { ...useRun(), ...useAgainst() };
  // Home and Compare have many answers in them: they are asked for by their screens alone.
  const { data: home } = useKnown('home', asked);
  const { data: compared } = useKnown('compare', asked);
  const { data: workspace } = useWorkspace();
  const run = useRunLine();
  return (
    <ComparePicker
      runs={workspace?.runs ?? []}
      run={run?.id ?? ''}
      against={home?.against?.run ?? compared?.before ?? asked.against ?? null}
    />
  );
}

/** Only where a gate judged this run. */
function Gates() {
  const { data: workspace } = useWorkspace();
  const run = useRun();
  const { data } = useAnswer('gates', workspace?.runs.length ? run : null);
  if (!data) return null;
  const asked = data.gates.filter(({ verdict }) => verdict !== 'off');
  const failed = asked.filter(({ verdict }) => verdict === 'fail').length;
  const unsure = asked.filter(({ verdict }) => verdict === 'unsure').length;
  const told = asked.map(({ gate, verdict, says }) => `${gate}: ${verdict}. ${says}`).join('\n');
  const title = `Compared with the baseline ${data.baseline}\n${told}`;
  if (failed > 0)
    return (
      <span className="chip bad" title={title}>
        ✕ {failed} of {asked.length} gates {failed === 1 ? 'fails' : 'fail'}
      </span>
    );
  if (unsure > 0)
    return (
      <span className="chip unsure" title={title}>
        ? {unsure} of {asked.length} gates unsure
      </span>
    );
  return (
    <span className="chip ok" title={title}>
      ✓ {asked.length} gates pass
    </span>
  );
}
