/** Rows as JSON: one array of objects, a line each, or one object a line (NDJSON). Numbers, texts, lists and NULL stay what they are. */
import type { Json } from '../../query/index.ts';
import type { Format } from './writer.ts';

export const json: Format = ({ print }) => {
  let names: string[] = [];
  // A line is printed when it is known whether another one follows.
  let last: string | null = null;
  let begun = false;
  return {
    head: (columns) => void (names = columns),
    rows: (rows) => {
      const lines = rows.map((row) => `  ${objectOf(names, row)}`);
      const ready = [...(last === null ? [] : [last]), ...lines.slice(0, -1)];
      if (!begun) print('[');
      begun = true;
      if (ready.length > 0) print(`${ready.join(',\n')},`);
      last = lines.at(-1) ?? last;
    },
    end: () => print(begun ? `${last}\n]` : '[]'),
  };
};

export const ndjson: Format = ({ print }) => {
  let names: string[] = [];
  return {
    head: (columns) => void (names = columns),
    rows: (rows) => print(rows.map((row) => objectOf(names, row)).join('\n')),
    end: () => {},
  };
};

const objectOf = (names: string[], row: Json[]): string =>
  JSON.stringify(Object.fromEntries(names.map((name, index) => [name, row[index]])));
