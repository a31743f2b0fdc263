/** Functions that ran in one of the runs only: all of them, whatever the flame has room for. */
import { useMemo, useState } from 'react';
import type { Unmatched } from '../../../../../intellimap/src/serve/contract.ts';
import { Notice } from '../../../parts/notice.tsx';
import { PlaceLink } from '../../../parts/place.tsx';
import { type ColumnOf, nextSorting, sorted, type Sorting, Table } from '../../../parts/table.tsx';
import { go, useSelection } from '../../../state/selection.ts';
import { count, duration } from '../../../text/format.ts';

const WHY: Readonly<Record<Unmatched['ran'], Record<Unmatched['why'], string>>> = {
  now: { written: 'new: A did not have it', 'not called': 'A had it, and did not call it' },
  before: { written: 'gone: B does not have it', 'not called': 'B has it, and did not call it' },
};

const nameIn = (id: string): string => id.slice(id.indexOf('#') + 1);

const whyText = ({ ran, why, movedFrom }: Unmatched): string => {
  if (movedFrom === null) return WHY[ran][why];
  return ran === 'now' ? `the text of ${nameIn(movedFrom)}, moved` : `moved: now ${nameIn(movedFrom)}`;
};

const COLUMNS: readonly ColumnOf<Unmatched>[] = [
  { id: 'ran', title: 'Ran in', width: '92px', cell: ({ ran }) => <span className={`way ${ran === 'now' ? 'new' : 'gone'}`}>{ran === 'now' ? '+ B only' : '− A only'}</span>, sortBy: ({ ran }) => ran },
  { id: 'name', title: 'Function', width: 'minmax(180px, 1fr)', cell: ({ name }) => <span className="mono" title={name}>{name}</span>, sortBy: ({ name }) => name },
  { id: 'why', title: 'Why', width: 'minmax(190px, 0.8fr)', cell: (row) => <span title={row.movedFrom ?? undefined}>{whyText(row)}</span>, sortBy: whyText },
  { id: 'calls', title: 'Calls', width: '92px', isNumber: true, cell: ({ calls }) => count(calls), sortBy: ({ calls }) => calls },
  { id: 'own', title: 'Own time', width: '92px', isNumber: true, cell: ({ selfMs }) => (selfMs === null ? '–' : duration(selfMs * 1000)), sortBy: ({ selfMs }) => selfMs ?? -1 },
  { id: 'total', title: 'Latency', width: '92px', isNumber: true, cell: ({ totalMs }) => (totalMs === null ? '–' : duration(totalMs * 1000)), sortBy: ({ totalMs }) => totalMs ?? -1 },
  { id: 'place', title: 'Place', width: 'minmax(150px, 0.7fr)', isSpare: true, cell: ({ id, path, line }) => <PlaceLink at={{ path, line, function: id }} room={36} />, sortBy: ({ path, line }) => `${path}:${String(line).padStart(6, '0')}` },
]; // prettier-ignore

export function UnmatchedTable({ all }: { all: readonly Unmatched[] }) {
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const chosen = useSelection((selection) => selection.function);
  const rows = useMemo(() => sorted(all, COLUMNS, sorting), [all, sorting]);
  if (all.length === 0)
    return (
      <Notice title="Every function that ran in one run ran in the other, too" tone="good">
        <p>Functions are the same when they stand at the same place of the same file by name.</p>
      </Notice>
    );
  return (
    <Table
      label="Functions that ran in one of the runs only"
      columns={COLUMNS}
      rows={rows}
      keyOf={({ id, ran }) => `${ran} ${id}`}
      chosen={rows.filter(({ id }) => id === chosen).map(({ id, ran }) => `${ran} ${id}`)[0] ?? null}
      onChoose={({ id, path }) => go({ function: id, module: path, call: null }, { replace: true })}
      sorting={sorting}
      onSort={(column) => setSorting((now) => nextSorting(now, column))}
    />
  );
}
