/** Rows for people: columns as wide as the terminal has room for, or one value a line where it has none. */
import type { Json } from '../../query/index.ts';
import { counted, middle, oneLine } from '../format.ts';
import { table } from '../table.ts';
import { type Paint, printable } from '../terminal.ts';
import type { Format } from './writer.ts';

/** No column gets narrower than this; if that does not suffice, rows stand upright. */
const NARROWEST = 10;
/** Texts longer than this are cut where nothing else limits them. */
const WIDEST = 120;
const DIGITS = 6;

export const tabular: Format = ({ paint, columns, print }) => {
  let names: string[] = [];
  const all: Json[][] = [];
  return {
    head: (given) => void (names = given),
    rows: (rows) => {
      for (const row of rows) all.push(row);
    },
    end: () => {
      const isPlan = names.includes('explain_value');
      const text = isPlan ? plan(names, all) : rendered(names, all, paint, columns);
      print(`${text}\n${paint.dim(`  (${counted(all.length, 'row')})`)}`);
    },
  };
};

export const vertical: Format = ({ paint, print }) => {
  let names: string[] = [];
  let count = 0;
  return {
    head: (given) => void (names = given),
    rows: (rows) => {
      print(rows.map((row) => upright(names, row, (count += 1), paint)).join('\n'));
    },
    end: () => print(paint.dim(`  (${counted(count, 'row')})`)),
  };
};

/** What `explain` says is a drawing. */
const plan = (names: string[], rows: Json[][]): string =>
  rows.map((row) => printable(row[names.indexOf('explain_value')] as string)).join('\n');

function rendered(names: string[], rows: Json[][], paint: Paint, columns: number | null): string {
  const texts = rows.map((row) => row.map((cell) => textOf(cell)));
  const widths = names.map((name, column) =>
    texts.reduce((widest, row) => Math.max(widest, Math.min(row[column].length, WIDEST)), name.length),
  );
  const fitted = columns === null ? widths : fit(widths, columns - 2 * names.length - 1);
  if (fitted === null) return rows.map((row, index) => upright(names, row, index + 1, paint)).join('\n');
  const numeric = names.flatMap((_, column) =>
    rows.every((row) => typeof row[column] === 'number' || row[column] === null) ? [column] : [],
  );
  const cells = texts.map((row, at) =>
    row.map((text, column) => (rows[at][column] === null ? paint.dim('null') : middle(text, fitted[column]))),
  );
  const head = names.map((name, column) => paint.bold(middle(name, fitted[column])));
  return table(cells, { head, right: numeric });
}

/** The widest give way first, down to the narrowest that can be read; null: that does not suffice. */
export function fit(widths: number[], room: number): number[] | null {
  const total = (limit: number): number => widths.reduce((sum, width) => sum + Math.min(width, limit), 0);
  if (total(NARROWEST) > room) return null;
  let limit = Math.max(NARROWEST, ...widths);
  while (total(limit) > room) limit -= 1;
  // What is left over goes to the first that were cut.
  let left = room - total(limit);
  return widths.map((width) => {
    if (width <= limit) return width;
    const more = Math.min(left, width - limit);
    left -= more;
    return limit + more;
  });
}

function upright(names: string[], row: Json[], number: number, paint: Paint): string {
  const width = Math.max(...names.map((name) => name.length));
  const lines = names.map((name, column) => {
    const cell = row[column];
    const text = cell === null ? paint.dim('null') : manyLines(cell, width + 4);
    return `  ${paint.cyan(name.padStart(width))}  ${text}`;
  });
  return [paint.bold(`row ${number}`), ...lines].join('\n');
}

const manyLines = (cell: Json, indent: number): string =>
  printable(typeof cell === 'string' ? cell : JSON.stringify(cell)).replaceAll(
    '\n',
    `\n${' '.repeat(indent)}`,
  );

function textOf(cell: Json): string {
  if (cell === null) return 'null';
  // Digits beyond what a person reads; the other formats have all of them.
  if (typeof cell === 'number')
    return String(Number.isInteger(cell) ? cell : Number(cell.toPrecision(DIGITS)));
  return oneLine(typeof cell === 'string' ? cell : JSON.stringify(cell), WIDEST);
}
