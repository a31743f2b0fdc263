/** The same as the flame, as a table: where a difference is made comes first. */
import { useMemo, useState } from 'react';
import type { CompareTree } from '../../../../../intellimap/src/serve/contract.ts';
import { type ColumnOf, nextSorting, sorted, type Sorting, Table } from '../../../parts/table.tsx';
import { isShared, paceOf, wayOf, wordsOf } from './direction.ts';
import { amount, calls, difference, nameOf } from './figures.ts';
import { byOwnDifference, chainOf } from './flame.ts';

interface Props {
  tree: CompareTree;
  chosen: number;
  onChoose: (row: number) => void;
  onOpen: (row: number) => void;
}

export function PathTable({ tree, chosen, onChoose, onOpen }: Props) {
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const columns = useMemo(() => columnsOf(tree), [tree]);
  const rows = useMemo(() => byOwnDifference(tree, paceOf(tree)), [tree]);
  return (
    <Table
      label="Paths of calls in both runs"
      columns={columns}
      rows={sorted(rows, columns, sorting)}
      keyOf={String}
      chosen={chosen < 0 ? null : String(chosen)}
      onChoose={onChoose}
      onOpen={onOpen}
      sorting={sorting}
      onSort={(column) => setSorting((now) => nextSorting(now, column))}
    />
  );
}

function columnsOf(tree: CompareTree): ColumnOf<number>[] {
  const { measure, now, before, ownNow, ownBefore, callsNow, callsBefore } = tree;
  const about = (row: number): string => (isShared(tree, row) ? '~ ' : '');
  const number = (id: string, title: string, text: (row: number) => string, value: (row: number) => number, width = '88px'): ColumnOf<number> => ({ id, title, width, isNumber: true, cell: text, sortBy: value });
  return [
    { id: 'function', title: 'Function', width: 'minmax(140px, 1fr)', cell: (row) => <span className="mono">{nameOf(tree, row)}</span>, sortBy: (row) => nameOf(tree, row) },
    { id: 'path', title: 'Called by', width: 'minmax(140px, 1.2fr)', isSpare: true, cell: (row) => <CalledBy tree={tree} row={row} />, sortBy: (row) => tree.parent[row] },
    { id: 'way', title: 'Which way', width: '112px', cell: (row) => <WayText tree={tree} row={row} />, sortBy: (row) => wayOf(tree, row).direction },
    number('own', 'Own part', (row) => about(row) + difference(measure, ownNow[row] - ownBefore[row]), (row) => ownNow[row] - ownBefore[row], '96px'),
    number('all', 'With all below', (row) => about(row) + difference(measure, now[row] - before[row]), (row) => now[row] - before[row], '104px'),
    number('before', 'Before', (row) => amount(measure, before[row]), (row) => before[row]),
    number('now', 'Now', (row) => amount(measure, now[row]), (row) => now[row]),
    ...(measure === 'calls' ? [] : [number('calls', 'Calls', (row) => `${calls(callsBefore[row])} → ${calls(callsNow[row])}`, (row) => callsNow[row] - callsBefore[row], '132px')]),
  ];
} // prettier-ignore

function CalledBy({ tree, row }: { tree: CompareTree; row: number }) {
  const above = chainOf(tree, row).slice(0, -1);
  const text = above.map((each) => nameOf(tree, each)).join(' › ');
  return (
    <span className="mono quiet" title={text}>
      {above.length === 0 ? '–' : nameOf(tree, above.at(-1)!)}
      {above.length > 1 && ` ‹ ${nameOf(tree, above.at(-2)!)}`}
      {above.length > 2 && ' ‹ …'}
    </span>
  );
}

export function WayText({ tree, row }: { tree: CompareTree; row: number }) {
  const { direction, isClear } = wayOf(tree, row);
  return (
    <span className={`way ${direction}`}>
      <span aria-hidden>{WAY_SIGNS[direction]}</span> {wordsOf(direction, tree.measure)}
      {!isClear && direction !== 'same' && <span className="quiet"> (a bit)</span>}
    </span>
  );
}

const WAY_SIGNS = { more: '▲', less: '▼', new: '+', gone: '−', same: '·' } as const;
