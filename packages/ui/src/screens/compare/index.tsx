/** Compare: what did this change do? Two runs side by side, as changes, as one tree of calls, and on the map. */
import { useMemo } from 'react';
import { useAnswer } from '../../api/ask.ts';
import { useCommands } from '../../commands/registry.ts';
import { Failed, Waiting } from '../../parts/notice.tsx';
import { useAgainst, useRun, useRunLine, useWorkspace } from '../../state/run.ts';
import { useSelection } from '../../state/selection.ts';
import { count } from '../../text/format.ts';
import { AskedMap } from '../map/asked-map.tsx';
import { Changes } from './changes/changes.tsx';
import { commandsOf, show } from './commands.ts';
import { Head } from './head/head.tsx';
import { NoOther, NoRun } from './head/nothing.tsx';
import { type View, viewOf } from './options.ts';
import { TreeView } from './tree/tree-view.tsx';
import '../../parts/detail.css';
import './compare.css';

export default function Compare() {
  const workspace = useWorkspace();
  const line = useRunLine();
  const asked = { ...useRun(), ...useAgainst() };
  const { data, error, refetch } = useAnswer('compare', line === null ? null : asked);
  const view = useSelection(({ options }) => viewOf(options));
  const other = data?.before ?? null;
  const now = data?.now ?? null;
  useCommands(useMemo(() => commandsOf(now, other), [now, other]));
  if (workspace.error && !workspace.data) return <Failed error={workspace.error} />;
  if (workspace.data && line === null) return <NoRun {...workspace.data} />;
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />;
  if (data === undefined || workspace.data === undefined || line === null)
    return <Waiting>Reading both runs …</Waiting>;
  if (data === null) return <NoOther runs={workspace.data.runs} run={line} />;
  // While another pair is on its way, all of the screen is about the last one.
  return (
    <div className="compare">
      <Head compared={data} runs={workspace.data.runs} />
      <Tabs view={view} changes={data.changes.length} />
      <section className="compare-view" role="tabpanel" aria-label={TITLES[view]}>
        {view === 'changes' ? (
          <Changes compared={data} />
        ) : view === 'tree' ? (
          <TreeView run={data.now} against={data.before} />
        ) : (
          <AskedMap by={{ run: data.now, against: data.before }} compared={null} />
        )}
      </section>
    </div>
  );
}

const TITLES: Readonly<Record<View, string>> = { changes: 'Changes', tree: 'Call tree', map: 'Map' };

function Tabs({ view, changes }: { view: View; changes: number }) {
  return (
    <div className="compare-tabs" role="tablist" aria-label="What differs, as">
      {(Object.keys(TITLES) as View[]).map((each) => (
        <button key={each} role="tab" aria-selected={each === view} onClick={() => show(each)}>
          {TITLES[each]}
          {each === 'changes' && <span className="quiet"> {count(changes)}</span>}
        </button>
      ))}
      <span className="quiet compare-hint">
        <kbd className="key">[</kbd> <kbd className="key">]</kbd> other view ·{' '}
        <kbd className="key">Shift X</kbd> swap · <kbd className="key">?</kbd> keys
      </span>
    </div>
  );
}
