/** The chosen path: its figures, where it comes from, and what of it is told apart. */
import { Map, Play } from 'lucide-react';
import type { CompareTree } from '../../../../../intellimap/src/serve/contract.ts';
import { PlaceLink } from '../../../parts/place.tsx';
import { watchSlowest } from '../../../state/slowest.ts';
import { show } from '../commands.ts';
import { isShared, paceOf, ROUND } from './direction.ts';
import { amount, calls, difference, nameOf } from './figures.ts';
import { chainOf, type Flame } from './flame.ts';
import { WayText } from './path-table.tsx';

interface Props {
  flame: Flame;
  row: number;
  onChoose: (row: number) => void;
}

export function PathInspector({ flame, row, onChoose }: Props) {
  const { tree } = flame;
  const { id, path, line, isSame } = tree.functions[tree.fn[row]];
  const below = (flame.children.get(row) ?? []).toSorted((a, b) => changeOf(tree, b) - changeOf(tree, a));
  return (
    <aside className="detail" aria-label="The chosen path">
      <p className="detail-text">
        <b className="mono">{nameOf(tree, row)}</b>
      </p>
      <p>
        <PlaceLink at={{ path, line, function: id }} room={40} />
      </p>
      <p>
        <WayText tree={tree} row={row} />
        {isSame !== null && <span className="quiet"> · its text {isSame ? 'is the same' : 'changed'}</span>}
      </p>
      <Facts tree={tree} row={row} />
      {isShared(tree, row) && (
        <p className="quiet">
          ~ Some function of this path has other callers, too. Which of them its callees ran for is not known: each
          is given its share by time, or by calls.
        </p>
      )}
      {(tree.flags[row] & ROUND) !== 0 && (
        <p className="quiet">It calls functions above it again; what those do stands there.</p>
      )}
      <div className="buttons">
        <button className="button small" onClick={() => void watchSlowest({ function: id }, { run: tree.run, against: tree.other })}>
          <Play size={12} aria-hidden /> Slowest call now
        </button>
        <button className="button small" onClick={() => void watchSlowest({ function: id }, { run: tree.other, against: tree.run })}>
          <Play size={12} aria-hidden /> … and before
        </button>
        <button className="button small" onClick={() => show('map')}>
          <Map size={12} aria-hidden /> On the map
        </button>
      </div>
      <Rows title="Called by" tree={tree} rows={chainOf(tree, row).slice(0, -1)} onChoose={onChoose} />
      <Rows title="Calls" tree={tree} rows={below.slice(0, 12)} onChoose={onChoose} />
    </aside>
  );
} // prettier-ignore

const changeOf = (tree: CompareTree, row: number): number =>
  Math.abs(tree.now[row] - tree.before[row] * paceOf(tree));

function Facts({ tree, row }: { tree: CompareTree; row: number }) {
  const { measure, now, before, ownNow, ownBefore, callsNow, callsBefore } = tree;
  const lines: [string, string, string, string][] = [
    ['With all below', amount(measure, before[row]), amount(measure, now[row]), difference(measure, now[row] - before[row])],
    ['Its own part', amount(measure, ownBefore[row]), amount(measure, ownNow[row]), difference(measure, ownNow[row] - ownBefore[row])],
    ...(measure === 'calls' ? [] : [['Calls', calls(callsBefore[row]), calls(callsNow[row]), difference('calls', callsNow[row] - callsBefore[row])] satisfies [string, string, string, string]]),
  ];
  return (
    <table className="facts">
      <thead>
        <tr>
          <th aria-label="Figure" />
          <th>A</th>
          <th>B</th>
          <th aria-label="Difference">±</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(([name, a, b, by]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{a}</td>
            <td>{b}</td>
            <td>{by}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
} // prettier-ignore

interface RowsProps extends Pick<Props, 'onChoose'> {
  title: string;
  tree: CompareTree;
  rows: readonly number[];
}

function Rows({ title, tree, rows, onChoose }: RowsProps) {
  if (rows.length === 0) return null;
  return (
    <>
      <h2>{title}</h2>
      <ul className="places">
        {rows.map((row) => (
          <li key={row}>
            <button className="mono link" onClick={() => onChoose(row)}>
              {nameOf(tree, row)}
            </button>
            <span className="quiet">{difference(tree.measure, tree.now[row] - tree.before[row])}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
