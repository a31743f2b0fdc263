/** The whole run as a table: calls and errors of each stretch. */
import { useMemo } from 'react';
import { type ColumnOf, Table } from '../../parts/table.tsx';
import { watch } from '../../state/moments.ts';
import { count, moment } from '../../text/format.ts';

interface Stretch {
  t: number;
  calls: number;
  errors: number;
}

const COLUMNS: readonly ColumnOf<Stretch>[] = [
  { id: 't', title: 'From', width: '160px', isNumber: true, cell: ({ t }) => moment(t) },
  { id: 'calls', title: 'Calls', width: '120px', isNumber: true, cell: ({ calls }) => count(calls) },
  { id: 'errors', title: 'Errors', width: '120px', isNumber: true, cell: ({ errors }) => count(errors) },
];

interface Columns {
  from: number;
  resolution: number;
  calls: Float64Array;
  errors: Uint32Array;
}

export default function WholeTable({ density: { from, resolution, calls, errors } }: { density: Columns }) {
  const rows = useMemo(
    () => Array.from(calls, (number, at): Stretch => ({ t: from + at * resolution, calls: number, errors: errors[at] })), // prettier-ignore
    [from, resolution, calls, errors],
  );
  return (
    <div className="whole-table">
      <Table
        label="The whole run"
        columns={COLUMNS}
        rows={rows}
        keyOf={({ t }) => String(t)}
        onOpen={({ t }) => watch({ t })}
      />
    </div>
  );
}
