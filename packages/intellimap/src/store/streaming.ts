/** Rows of a question that may have a million of them, a few at a time: what is read is not held. */
import { type Cell, type OpenedDatabase, toPlain } from './database.ts';

/**
 * Rows as `Database.all` gives them, in lists of up to 2048. No other question may be asked of the database in between.
 * Sorting is DuckDB's, which goes to disk when memory is short.
 */
export async function* streamRows<R extends object>(
  { connection }: OpenedDatabase,
  sql: string,
  values?: Record<string, Cell>,
): AsyncGenerator<R[]> {
  const result = await connection.stream(sql, values);
  for await (const rows of result.yieldConvertedRowObjects(toPlain)) yield rows as R[];
}
