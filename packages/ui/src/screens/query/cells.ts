/** Values of an answer as text, and what may be drawn of them. Pure. */
import type { SqlAnswer } from './asking.ts';

type Cell = SqlAnswer['rows'][number][number];

export const isNumeric = (type: string | undefined): boolean =>
  /^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|DOUBLE|FLOAT|DECIMAL.*)$/.test(type ?? '');

/** Numbers to six digits, whole ones as they are; lists and structs as JSON. */
export function shownCell(value: Cell): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number') return asNumber(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export type Drawing =
  /** Bars with names. */
  | { kind: 'bars'; names: string[]; title: string; values: number[] }
  /** Lines over what the first column says, in its order. */
  | { kind: 'lines'; x: number[]; title: string; lines: { title: string; values: (number | null)[] }[] };

/** More bars are no picture. */
const BARS = 40;

/** @returns null: there is nothing that could be drawn */
export function drawingOf({ columns, types, rows }: SqlAnswer): Drawing | null {
  const numeric = columns.flatMap((_, at) => (isNumeric(types[at]) ? [at] : []));
  if (rows.length === 0 || numeric.length === 0) return null;
  const numberIn = (value: Cell): number | null => (typeof value === 'number' ? value : null);
  const named = columns.findIndex((_, at) => !isNumeric(types[at]));
  if (numeric[0] === 0 && numeric.length > 1) {
    const inOrder = rows.filter((row) => typeof row[0] === 'number').toSorted((a, b) => (a[0] as number) - (b[0] as number)); // prettier-ignore
    return {
      kind: 'lines',
      title: columns[0],
      x: inOrder.map((row) => row[0] as number),
      lines: numeric
        .slice(1)
        .map((at) => ({ title: columns[at], values: inOrder.map((row) => numberIn(row[at])) })),
    };
  }
  const value = numeric.find((at) => !/(?:^|_)(?:line|id|column)$/.test(columns[at]));
  if (named < 0 || value === undefined) return null;
  const shown = rows.slice(0, BARS);
  return {
    kind: 'bars',
    title: columns[value],
    names: shown.map((row) => shownCell(row[named])),
    values: shown.map((row) => numberIn(row[value]) ?? 0),
  };
}

/** Six digits where there is a fraction, and never fewer than it has in front of it: `12.5714`, `1,857,610.4`, `3e-7`. */
function asNumber(value: number): string {
  const size = Math.abs(value);
  if (!Number.isInteger(value) && size < 1e-3) return String(Number(value.toPrecision(6)));
  const inFront = size < 1 ? 0 : Math.floor(Math.log10(size)) + 1;
  return value.toLocaleString('en-US', { maximumFractionDigits: Math.max(1, 6 - inFront) });
}
