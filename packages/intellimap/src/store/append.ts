/** Bulk load: columns → data chunks → appender. 1 M rows of 12 columns take about half a second; row inserts took minutes. */
import type { DuckDBConnection, DuckDBType, DuckDBValue, DuckDBVector } from '@duckdb/node-api';
import { type Column, type RowOf, type Table, type TableName, TABLES } from '../schema/index.ts';
import { duckdb } from './database.ts';

type Api = Awaited<ReturnType<typeof duckdb>>;

/** DuckDB's vector size: the most a chunk can hold. */
const CHUNK_ROWS = 2048;

/** A column to be written. */
export type Source =
  /** One value for all rows. */
  | { constant: unknown }
  /** A value for each row. */
  | { at: (row: number) => unknown }
  /** Numbers of values in a list, which are converted once each. */
  | { among: readonly unknown[]; index: ArrayLike<number> }
  /** Whole numbers. */
  | { integers: ArrayLike<number> }
  /** Some rows have a value, in the order of rows; all others have none. */
  | { few: readonly (readonly [row: number, value: unknown])[] };

type Sources<N extends TableName> = Record<keyof RowOf<N> & string, Source>;

/** A table that is written to, several times before it is closed. */
export interface TableAppender<N extends TableName> {
  /** Writes `count` rows; every column of the table must be given, values as `RowOf` has them (NaN counts as NULL). */
  append(count: number, sources: Sources<N>): void;
  /** Rows are in the table once it is closed. */
  close(): void;
}

/** Opening one takes as long as some hundred rows. */
export async function openAppender<N extends TableName>(
  connection: DuckDBConnection,
  table: N,
): Promise<TableAppender<N>> {
  const api = await duckdb();
  const columns = Object.entries((TABLES[table] as Table).columns);
  const types = columns.map(([, column]) => typeOf(api, column));
  const appender = await connection.createAppender(table);
  const chunk = api.DuckDBDataChunk.create(types);
  let rows = 0;
  // Telling a chunk what it knows already makes it read all its columns again.
  const setRows = (count: number): void => {
    if (count !== rows) chunk.rowCount = count;
    rows = count;
  };
  return {
    append(count, sources) {
      const isConstant = (name: string): boolean => 'constant' in sources[name as keyof typeof sources];
      const fills = columns.map(([name, column], index) => ({
        index,
        isConstant: isConstant(name),
        fill: filling(api, column, sources[name as keyof typeof sources]),
      }));
      for (let from = 0; from < count; from += CHUNK_ROWS) {
        setRows(Math.min(CHUNK_ROWS, count - from));
        for (const { index, isConstant: isSame, fill } of fills) {
          // An append leaves the chunk as it is: what all rows share is written once.
          if (isSame && from > 0) continue;
          const vector = chunk.getColumnVector(index);
          fill(vector, from, rows);
          vector.flush();
        }
        appender.appendDataChunk(chunk);
      }
    },
    close: () => appender.closeSync(),
  };
}

/** Writes `count` rows, see `TableAppender`. */
export async function appendColumns<N extends TableName>(
  connection: DuckDBConnection,
  table: N,
  count: number,
  sources: Sources<N>,
): Promise<void> {
  if (count === 0) return;
  const appender = await openAppender(connection, table);
  appender.append(count, sources);
  appender.close();
}

/** Writes rows given as objects; for tables of up to some 100 000 rows. */
export async function appendRows<N extends TableName>(
  connection: DuckDBConnection,
  table: N,
  rows: readonly RowOf<N>[],
): Promise<void> {
  const names = Object.keys(TABLES[table].columns) as (keyof RowOf<N> & string)[];
  const sources = Object.fromEntries(names.map((name) => [name, { at: (row: number) => rows[row][name] }]));
  await appendColumns(connection, table, rows.length, sources as Record<keyof RowOf<N> & string, Source>);
}

function typeOf(api: Api, column: Column): DuckDBType {
  return column.type === 'ENUM' ? api.ENUM([...(column.values ?? [])]) : api[column.type];
}

/** Puts values of rows from `from` on into a column of a chunk. */
type Fill = (vector: DuckDBVector, from: number, count: number) => void;

function filling(api: Api, { type }: Column, source: Source): Fill {
  const convert = converters[type];
  const converted = (value: unknown): DuckDBValue => (isNothing(value) ? null : convert(value, api));
  if ('constant' in source) return fillConstant(converted(source.constant));
  if ('among' in source) return fillAmong(source.among.map(converted), source.index);
  if ('integers' in source) return fillIntegers(source.integers);
  if ('few' in source) return fillFew(source.few.map(([row, value]) => [row, converted(value)]));
  return (vector, from, count) => {
    for (let row = 0; row < count; row++) vector.setItem(row, converted(source.at(from + row)));
  };
}

const fillConstant =
  (value: DuckDBValue): Fill =>
  (vector, _, count) => {
    for (let row = 0; row < count; row++) vector.setItem(row, value);
  };

const fillAmong =
  (values: readonly DuckDBValue[], index: ArrayLike<number>): Fill =>
  (vector, from, count) => {
    for (let row = 0; row < count; row++) vector.setItem(row, values[index[from + row]]);
  };

const fillIntegers =
  (integers: ArrayLike<number>): Fill =>
  (vector, from, count) => {
    for (let row = 0; row < count; row++) vector.setItem(row, integers[from + row]);
  };

/** A chunk has what the one before had. */
function fillFew(values: readonly (readonly [number, DuckDBValue])[]): Fill {
  let next = 0;
  let last: number[] = [];
  return (vector, from, count) => {
    if (from === 0) for (let row = 0; row < count; row++) vector.setItem(row, null);
    for (const row of last) if (row < count) vector.setItem(row, null);
    last = [];
    for (; next < values.length && values[next][0] < from + count; next++) {
      const row = values[next][0] - from;
      vector.setItem(row, values[next][1]);
      last.push(row);
    }
  };
}

const isNothing = (value: unknown): boolean => value === null || value === undefined || Number.isNaN(value);

const converters: Record<Column['type'], (value: unknown, api: Api) => DuckDBValue> = {
  VARCHAR: (value) => cleanText(String(value)),
  ENUM: (value) => String(value),
  INTEGER: (value) => Number(value) | 0,
  BIGINT: (value) => BigInt(Math.round(Number(value))),
  DOUBLE: Number,
  BOOLEAN: Boolean,
  BLOB: (value, api) => api.blobValue(value as Uint8Array),
  TIMESTAMP_MS: (value, api) => api.timestampMillisValue(BigInt(Math.round(Number(value)))),
};

/** DuckDB's bulk door ends a text at NUL, and refuses half surrogate pairs. */
function cleanText(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}
