/** What the lanes draw, as a table: the same bars, longest first. */
import { useMemo } from 'react';
import { type ColumnOf, Table } from '../../../parts/table.tsx';
import { useSelection } from '../../../state/selection.ts';
import { count, duration, moment } from '../../../text/format.ts';
import { chosenCall } from '../director/call.ts';
import { useShown } from '../director/shown.ts';
import type { Parts } from '../parts.ts';
import { laneTitle } from './titles.ts';
import type { LanesScene } from './lanes-scene.ts';
import type { BarRef } from './overlay.ts';
import { keysOf, threadOf } from './refs.ts';

/** A person does not read more, and the page need not hold them. */
const MOST = 20_000;

const nameOf = ({ bars, n }: BarRef): string => bars.functions[bars.fn[n]].name;

const COLUMNS: readonly ColumnOf<BarRef>[] = [
  { id: 'at', title: 'Time', width: '120px', isNumber: true, cell: ({ bars, n }) => moment(bars.from[n]) },
  {
    id: 'lane',
    title: 'Lane',
    width: '180px',
    cell: ({ place }) => laneTitle(place),
  },
  { id: 'depth', title: 'Depth', width: '60px', isNumber: true, cell: ({ bars, n }) => bars.depth[n] },
  {
    id: 'name',
    title: 'Function',
    width: 'minmax(160px, 1fr)',
    cell: (bar) => <span className="mono">{nameOf(bar)}</span>,
  },
  {
    id: 'duration',
    title: 'Duration',
    width: '90px',
    isNumber: true,
    cell: ({ bars, n }) => (Number.isFinite(bars.to[n]) ? duration(bars.to[n] - bars.from[n]) : 'not ended'),
  },
  { id: 'count', title: 'Calls', width: '70px', isNumber: true, cell: ({ bars, n }) => count(bars.count[n]) },
  {
    id: 'failed',
    title: 'Failed',
    width: '70px',
    isNumber: true,
    cell: ({ bars, n }) => (bars.failed[n] > 0 ? count(bars.failed[n]) : ''),
  },
];

interface Props {
  scene: LanesScene;
  parts: Parts;
  close: () => void;
}

export function BarTable({ scene, parts, close }: Props) {
  const window = useSelection((selection) => selection.window);
  const chosen = useSelection((selection) => selection.call);
  const level = useSelection((selection) => selection.level);
  const bars = useShown(parts.director.shown, (shown) => shown.bars);
  const tasks = useShown(parts.director.shown, (shown) => shown.tasks);
  const tracks = useShown(parts.director.shown, (shown) => shown.tracks);
  const folded = useShown(parts.director.shown, (shown) => shown.folded);
  const unfolded = useShown(parts.director.shown, (shown) => shown.unfolded);
  const rows = useMemo(() => {
    const all = [...scene.inView()].toSorted(
      (a, b) => b.bars.to[b.n] - b.bars.from[b.n] - (a.bars.to[a.n] - a.bars.from[a.n]) || 0,
    );
    const shown = all.slice(0, MOST);
    return { shown, keys: keysOf(shown), of: all.length };
    // What is in view hangs on these.
  }, [scene, window, level, bars, tasks, tracks, folded, unfolded]);
  const go = (bar: BarRef): void => {
    const { bars, n } = bar;
    const fn = bars.functions[bars.fn[n]];
    const thread = threadOf(bar);
    parts.moves.goTo({
      t: bars.from[n],
      ...(Number.isNaN(bars.call[n]) || thread === null
        ? {}
        : chosenCall({ thread, call: bars.call[n] }, fn.id, fn.module)),
    });
  };
  return (
    <div className="bar-table">
      <header>
        {count(rows.of)} bars in view
        <button className="button aright" onClick={close}>
          Lanes (T)
        </button>
      </header>
      <Table
        label="Bars in view, longest first"
        columns={COLUMNS}
        rows={rows.shown}
        keyOf={(_, at) => rows.keys[at]}
        chosen={chosen}
        onChoose={go}
        onOpen={(bar) => {
          go(bar);
          close();
        }}
      />
    </div>
  );
}
