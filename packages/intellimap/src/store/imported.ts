/**
 * Rows that an import made, or a collector, `imported/<table>.ndjson` of a run folder → tables. Anybody may have written to them since:
 * what does not fit into its column is refused, with its line.
 */
import type { DuckDBConnection } from '@duckdb/node-api';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ExitCode, Fault } from '../base/fault.ts';
import { type Column, type RowOf, type Table, type TableName, TABLES } from '../schema/index.ts';
import { appendRows } from './append.ts';
import type { RunFolder } from './run-folder.ts';
import { wholeLines } from './whole-lines.ts';

/** Tables that imports may fill; those of runs are made of `run.json`. */
const IMPORTED_TABLES = [
  'threads',
  'cpu_nodes',
  'cpu_samples',
  'coverage',
  'spans',
  'log_records',
  'metric_points',
] as const satisfies TableName[];

/** Rows that are in memory at a time. */
const BATCH_ROWS = 16_384;

export async function writeImported(connection: DuckDBConnection, { folder, run }: RunFolder): Promise<void> {
  for (const table of IMPORTED_TABLES) {
    const file = join(folder, 'imported', `${table}.ndjson`);
    if (!existsSync(file)) continue;
    for await (const rows of rowsOf(table, file, run.id)) await appendRows(connection, table, rows);
  }
}

async function* rowsOf<N extends TableName>(
  table: N,
  file: string,
  runId: string,
): AsyncGenerator<RowOf<N>[]> {
  const columns: Record<string, Column> = (TABLES[table] as Table).columns;
  let rows: RowOf<N>[] = [];
  let number = 0;
  // Of a collector that is writing, or was killed, one that is not whole was not acknowledged.
  for await (const line of wholeLines(file)) {
    rows.push(rowOf(columns, line, runId, `${file}, line ${++number}`) as RowOf<N>);
    if (rows.length < BATCH_ROWS) continue;
    yield rows;
    rows = [];
  }
  yield rows;
}

function rowOf(columns: Record<string, Column>, line: string, runId: string, where: string): object {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch {
    throw damaged(where, 'it is no JSON');
  }
  if (typeof row !== 'object' || row === null) throw damaged(where, 'it is no object');
  const given = row as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => {
      if (name === 'run_id') return [name, runId];
      const value = Object.hasOwn(given, name) ? given[name] : null;
      if (!fits(column, value)) throw damaged(where, `"${name}" is no ${column.type}`);
      return [name, value];
    }),
  );
}

function fits(column: Column, value: unknown): boolean {
  if (value === null) return column.none !== undefined;
  switch (column.type) {
    case 'VARCHAR':
      return typeof value === 'string';
    case 'ENUM':
      return column.values?.includes(value as string) === true;
    case 'BOOLEAN':
      return typeof value === 'boolean';
    case 'INTEGER':
      return Number.isInteger(value) && (value as number) === ((value as number) | 0);
    case 'BIGINT':
      return Number.isSafeInteger(value);
    default:
      return Number.isFinite(value);
  }
}

const damaged = (where: string, why: string): Fault =>
  new Fault(ExitCode.UNREADABLE, `${where} is damaged: ${why}`, 'Remove the run, and import the file again.');
