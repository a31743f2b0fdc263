/** Bulk load: columns → data chunks → appender. 1 M rows of 12 columns take about half a second; row inserts took minutes. */
import type { DuckDBConnection, DuckDBDataChunk, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { type Column, type RowOf, type Table, type TableName, TABLES } from '../schema/index.ts';
import { duckdb } from './database.ts';

type Api = Awaited<ReturnType<typeof duckdb>>;

/** DuckDB's vector size: the most a chunk can hold. */
const CHUNK_ROWS = 2048;

/** A column to be written: one value for all rows, or a value for each row. */
export type Source = { constant: unknown } | { at: (row: number) => unknown };

/** Writes `count` rows; every column of the table must be given, values as `RowOf` has them (NaN counts as NULL). */
export async function appendColumns<N extends TableName>(
  connection: DuckDBConnection,
  table: N,
  count: number,
  sources: Record<keyof RowOf<N> & string, Source>,
): Promise<void> {
  if (count === 0) return;
  const api = await duckdb();
  const columns = Object.entries((TABLES[table] as Table).columns);
  const types = columns.map(([, column]) => typeOf(api, column));
  const appender = await connection.createAppender(table);
  const chunk = api.DuckDBDataChunk.create(types);
  const sourceOf = (name: string): Source => sources[name as keyof RowOf<N> & string];
  const [constant, varying] = [true, false].map((isConstant) =>
    [...columns.entries()].filter(([, [name]]) => 'constant' in sourceOf(name) === isConstant),
  );
  // An append leaves the chunk as it is: what all rows share is written once.
  chunk.rowCount = Math.min(CHUNK_ROWS, count);
  for (const [index, [name, column]] of constant) fill(api, chunk, index, column, 0, sourceOf(name));
  for (let from = 0; from < count; from += CHUNK_ROWS) {
    chunk.rowCount = Math.min(CHUNK_ROWS, count - from);
    for (const [index, [name, column]] of varying) fill(api, chunk, index, column, from, sourceOf(name));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
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

function fill(
  api: Api,
  chunk: DuckDBDataChunk,
  index: number,
  column: Column,
  from: number,
  source: Source,
): void {
  const vector = chunk.getColumnVector(index);
  const convert = converters[column.type];
  const count = chunk.rowCount;
  if ('constant' in source) {
    const value = isNothing(source.constant) ? null : convert(source.constant, api);
    for (let row = 0; row < count; row++) vector.setItem(row, value);
  } else {
    for (let row = 0; row < count; row++) {
      const value = source.at(from + row);
      vector.setItem(row, isNothing(value) ? null : convert(value, api));
    }
  }
  vector.flush();
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
