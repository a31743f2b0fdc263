/** The execution cinema: lanes over time, and what holds at the playhead. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { useCommands } from '../../commands/registry.ts';
import { useSelection } from '../../state/selection.ts';
import { cinemaCommands } from './commands.ts';
import { useShown } from './director/shown.ts';
import type { LanesScene } from './lanes/lanes-scene.ts';
import { Lanes } from './lanes/lanes.tsx';
import { OverviewStrip } from './overview/strip.tsx';
import { createParts, type Parts } from './parts.ts';
import { Source } from './source/source.tsx';
import { StatePanel } from './state/state-panel.tsx';
import { BarTable } from './lanes/bar-table.tsx';
import { TrackChips } from './tracks/track-chips.tsx';
import { Transport } from './transport/transport.tsx';
import { TreePanel } from './tree/tree-panel.tsx';
import './cinema.css';
import './panels.css';
import './lanes/lanes.css';
import './tracks/tracks.css';
import './transport/transport.css';

export default function Cinema() {
  const [parts] = useState(createParts);
  const [scene, setScene] = useState<LanesScene | null>(null);
  const [isTable, setTable] = useState(false);
  useEffect(() => {
    const stop = parts.director.start();
    const forget = parts.tracks.start();
    return () => {
      parts.player.stop();
      forget();
      stop();
    };
  }, [parts]);
  useCommands(
    useMemo(
      () =>
        cinemaCommands(parts, {
          table: () => setTable((was) => !was),
          escape: () => parts.director.cancel(),
        }),
      [parts],
    ),
  );
  const close = useCallback(() => setTable(false), []);
  return (
    <div className="cinema">
      <Progress parts={parts} />
      <OverviewStrip parts={parts} />
      <TrackChips parts={parts} />
      <Halves
        top={
          <div className="panel lanes-panel">
            <Lanes parts={parts} onScene={setScene} />
            {isTable && scene !== null && <BarTable scene={scene} parts={parts} close={close} />}
            <Empty parts={parts} />
          </div>
        }
        left={<Source parts={parts} />}
        right={<Right parts={parts} />}
      />
      <Transport parts={parts} />
    </div>
  );
}

/** At level Line the source takes most of the room. */
function Halves({ top, left, right }: Record<'top' | 'left' | 'right', React.ReactNode>) {
  const isLine = useSelection(({ level }) => level === 'line');
  const name = isLine ? 'cinema-line' : 'cinema';
  const rows = useDefaultLayout({ id: `${name}-rows`, storage: localStorage });
  const columns = useDefaultLayout({ id: `${name}-columns`, storage: localStorage });
  return (
    <div className="halves">
      <Group key={name} orientation="vertical" {...rows}>
        <Panel id="lanes" defaultSize={isLine ? '26%' : '56%'} minSize="90px">
          {top}
        </Panel>
        <Separator className="split" aria-label="Height of the lanes" />
        <Panel id="below" minSize="80px">
          <Group orientation="horizontal" {...columns}>
            <Panel id="source" defaultSize="58%" minSize="200px">
              {left}
            </Panel>
            <Separator className="split" aria-label="Width of the source" />
            <Panel id="right" minSize="200px">
              {right}
            </Panel>
          </Group>
        </Panel>
      </Group>
    </div>
  );
}

function Right({ parts }: { parts: Parts }) {
  const layout = useDefaultLayout({ id: 'cinema-right', storage: localStorage });
  return (
    <Group orientation="vertical" {...layout}>
      <Panel id="tree" defaultSize="48%" minSize="60px">
        <TreePanel parts={parts} />
      </Panel>
      <Separator className="split" aria-label="Height of the call tree" />
      <Panel id="state" minSize="60px">
        <StatePanel parts={parts} />
      </Panel>
    </Group>
  );
}

/** A thin line while an answer takes longer than one notices; and what is wrong, where something is. */
function Progress({ parts: { director } }: { parts: Parts }) {
  const isBusy = useShown(director.shown, (shown) => shown.isBusy);
  const failure = useShown(director.shown, (shown) => shown.failure);
  return (
    <>
      <div
        className="busy"
        data-busy={isBusy || undefined}
        role="status"
        aria-label={isBusy ? 'Loading' : undefined}
      />
      {failure !== null && (
        <div className="banner" role="alert">
          <strong>{failure.message}</strong>
          {failure.hint !== undefined && <span>{failure.hint}</span>}
          <button className="button" onClick={() => director.again()}>
            Try again
          </button>
        </div>
      )}
    </>
  );
}

/** A run without timed calls has nothing to play. */
function Empty({ parts: { director } }: { parts: Parts }) {
  const lanes = useShown(director.shown, ({ window }) => window?.head.lanes.length ?? null);
  const isEmpty = useShown(
    director.shown,
    ({ overview }) => overview !== null && overview.columns.calls.every((calls) => calls === 0),
  );
  if (lanes !== 0 && !isEmpty) return null;
  return (
    <div className="nothing">
      <p>No calls with times were recorded in this run.</p>
      <p className="quiet">
        The tiers <code>minimal</code> and <code>edges</code> count calls and read no clock;{' '}
        <code>intellimap run</code> without <code>--tier</code> records them one by one.
      </p>
    </div>
  );
}
