/** Answers of typed questions as columns: for thousands of rows, objects of rows cost more than the answer. */
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Cell } from './database.ts';

/** A list for each field of what would be rows, all of the same length. */
export type InColumns<R extends object> = { [Name in keyof R]: R[Name][] };

/**
 * Columns by name; without rows, empty ones. The SELECT gives numbers as INTEGER or DOUBLE, texts and booleans: BIGINT would come as
 * bigint, and nothing is converted here.
 */
export async function columnsOf<R extends object>(
  connection: DuckDBConnection,
  sql: string,
  values?: Record<string, Cell>,
): Promise<InColumns<R>> {
  const reader = await connection.runAndReadAll(sql, values);
  const columns = reader.getColumns();
  return Object.fromEntries(
    reader.columnNames().map((name, at) => [name, columns[at] ?? []]),
  ) as InColumns<R>;
}
