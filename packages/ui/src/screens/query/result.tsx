/** The answer as a table; ids, places and times in it are links. */
import { useCallback, useMemo, useState } from 'react';
import { type ColumnOf, nextSorting, sorted, type Sorting, Table } from '../../parts/table.tsx';
import { watch } from '../../state/moments.ts';
import { useChosenText } from '../../state/chosen-text.ts';
import { lookAt } from '../../state/selection.ts';
import type { SqlAnswer } from './asking.ts';
import { linkOf } from './links.ts';
import { isNumeric, shownCell } from './cells.ts';

interface Row {
  at: number;
  cells: SqlAnswer['rows'][number];
}

export function ResultTable({ answer }: { answer: SqlAnswer }) {
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const columns = useMemo(() => columnsOf(answer), [answer]);
  const rows = useMemo(
    () =>
      sorted(
        answer.rows.map((cells, at): Row => ({ at, cells })),
        columns,
        sorting,
      ),
    [answer, columns, sorting],
  );
  const [chosen, setChosen] = useState<string | null>(null);
  useChosenText(
    useCallback(() => {
      const row = chosen === null ? undefined : answer.rows[Number(chosen)];
      const lines = row?.map((cell, at) => `${answer.columns[at]}: ${shownCell(cell)}`);
      return lines === undefined ? null : { what: 'the row', text: lines.join('\n') };
    }, [chosen, answer]),
  );
  return (
    <Table
      label="Answer"
      columns={columns}
      rows={rows}
      keyOf={({ at }) => String(at)}
      chosen={chosen}
      onChoose={({ at }) => setChosen(String(at))}
      sorting={sorting}
      onSort={(column) => setSorting(nextSorting(sorting, column))}
    />
  );
}

/** Rows that widths are measured by. */
const MEASURED = 200;
const WIDEST = 46;
const LETTER_PX = 7.25;

function columnsOf({ columns, types, rows }: SqlAnswer): ColumnOf<Row>[] {
  return columns.map((name, at) => {
    const isNumber = isNumeric(types[at]);
    const letters = rows
      .slice(0, MEASURED)
      .reduce((most, row) => Math.max(most, shownCell(row[at]).length), name.length + 2);
    const wide = Math.round(Math.min(WIDEST, letters) * LETTER_PX) + 6;
    return {
      id: String(at),
      title: name,
      // The font of numbers and names has letters of one width.
      width: isNumber ? `${wide}px` : `minmax(${wide}px, ${wide}fr)`,
      isNumber,
      cell: ({ cells }) => <Cell columns={columns} row={cells} at={at} />,
      sortBy: ({ cells }) => {
        const value = cells[at];
        return typeof value === 'number'
          ? value
          : value === null
            ? isNumber
              ? -Infinity
              : ''
            : shownCell(value);
      },
    };
  });
}

function Cell({ columns, row, at }: { columns: readonly string[]; row: Row['cells']; at: number }) {
  const value = row[at];
  if (value === null) return <span className="quiet">NULL</span>;
  const text = shownCell(value);
  const link = linkOf(columns, row, at);
  const way = link === null ? null : link.kind === 'run' ? () => lookAt(link.run) : () => watch(link.place); // prettier-ignore
  if (way === null)
    return (
      <span className="mono" title={text}>
        {text}
      </span>
    );
  return (
    <button
      className="mono link"
      title={link?.kind === 'run' ? `Look at the run ${text}` : text}
      onClick={(event) => {
        event.stopPropagation();
        way();
      }}
    >
      {text}
    </button>
  );
}
