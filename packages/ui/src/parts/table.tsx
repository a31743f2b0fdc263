/** A table of any number of rows: those in view are in the page. One tab stop; arrows choose, Enter opens. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef } from 'react';
import './table.css';

export interface ColumnOf<Row> {
  id: string;
  title: string;
  /** As in `grid-template-columns`. */
  width: string;
  /** Left out where there is little room: what is chosen says it, too. */
  isSpare?: boolean;
  /** Numbers stand to the right. */
  isNumber?: boolean;
  cell: (row: Row) => ReactNode;
  /** Absent: it cannot be sorted by. */
  sortBy?: (row: Row) => number | string;
}

export interface Sorting {
  column: string;
  descending: boolean;
}

interface Props<Row> {
  label: string;
  columns: readonly ColumnOf<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row, index: number) => string;
  /** Key of the chosen row. */
  chosen?: string | null;
  onChoose?: (row: Row) => void;
  onOpen?: (row: Row) => void;
  sorting?: Sorting | null;
  onSort?: (column: string) => void;
}

const ROW_PX = 26;
const PAGE = 20;

export function Table<Row>(props: Props<Row>) {
  const { label, columns, rows, keyOf, chosen = null, onChoose, onOpen, sorting, onSort } = props;
  const view = useRef<HTMLDivElement>(null);
  const own = useId();
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => view.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  // There may be many, and each scroll draws anew.
  const at = useMemo(
    () => (chosen === null ? -1 : rows.findIndex((row, index) => keyOf(row, index) === chosen)),
    [chosen, rows, keyOf],
  );
  useEffect(() => {
    if (at >= 0) list.scrollToIndex(at);
  }, [at, list]);
  const template = columns.map(({ width }) => width).join(' ');

  function press(event: KeyboardEvent): void {
    const to = steppedTo(event.key, at, rows.length);
    if (to !== null && onChoose !== undefined) onChoose(rows[to]);
    else if (event.key === 'Enter' && at >= 0 && event.target === event.currentTarget) onOpen?.(rows[at]);
    else return;
    event.preventDefault();
  }

  return (
    <div
      className="table"
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      tabIndex={0}
      ref={view}
      onKeyDown={press}
      aria-activedescendant={at < 0 ? undefined : `${own}${at}`}
    >
      <div className="table-head" role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
        {columns.map((column) => (
          <Head key={column.id} column={column} sorting={sorting ?? null} onSort={onSort} />
        ))}
      </div>
      <div className="table-body" role="rowgroup" style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          const key = keyOf(row, index);
          return (
            <div
              key={key}
              id={`${own}${index}`}
              className={onChoose === undefined ? 'table-row' : 'table-row choice'}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={index === at}
              style={{ gridTemplateColumns: template, transform: `translateY(${start}px)` }}
              onClick={() => onChoose?.(row)}
              onDoubleClick={() => onOpen?.(row)}
            >
              {columns.map(({ id, cell, isNumber }) => (
                <div key={id} role="gridcell" className={isNumber ? 'number' : undefined}>
                  {cell(row)}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface HeadProps<Row> {
  column: ColumnOf<Row>;
  sorting: Sorting | null;
  onSort: ((column: string) => void) | undefined;
}

function Head<Row>({ column: { id, title, isNumber, sortBy }, sorting, onSort }: HeadProps<Row>) {
  const isSorted = sorting?.column === id;
  const order = isSorted ? (sorting.descending ? 'descending' : 'ascending') : undefined;
  return (
    <div role="columnheader" aria-sort={order} className={isNumber ? 'number' : undefined}>
      {sortBy === undefined || onSort === undefined ? (
        title
      ) : (
        <button onClick={() => onSort(id)}>
          {title}
          <span aria-hidden>{isSorted ? (sorting.descending ? ' ↓' : ' ↑') : ''}</span>
        </button>
      )}
    </div>
  );
}

/** Index of the row that a key leads to; null: none. */
export function steppedTo(key: string, at: number, count: number): number | null {
  const steps: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + PAGE,
    PageUp: at - PAGE,
    Home: 0,
    End: count - 1,
  };
  const to = steps[key];
  return to === undefined || count === 0 ? null : Math.min(count - 1, Math.max(0, to));
}

/** Rows in the order that was asked for; as they came where none was. */
export function sorted<Row>(
  rows: readonly Row[],
  columns: readonly ColumnOf<Row>[],
  sorting: Sorting | null,
): readonly Row[] {
  const by = columns.find(({ id }) => id === sorting?.column)?.sortBy;
  if (by === undefined || sorting === null) return rows;
  const sign = sorting.descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [x, y] = [by(a), by(b)];
    return sign * (x < y ? -1 : x > y ? 1 : 0);
  });
}

/** Numbers begin with the greatest, then the smallest, then as they came. */
export function nextSorting(now: Sorting | null, column: string): Sorting | null {
  if (now?.column !== column) return { column, descending: true };
  return now.descending ? { column, descending: false } : null;
}
