/** Answers of typed questions as columns: for thousands of rows, objects of rows cost more than the answer. */
import type { Cell, OpenedDatabase } from './database.ts';

/**
 * Columns by name, all of the same length; without rows, empty ones. The SELECT gives numbers as INTEGER or DOUBLE, texts and booleans: BIGINT would come as
 * bigint, and nothing is converted here.
 */
export async function columnsOf<R extends object>(
  { connection }: Pick<OpenedDatabase, 'connection'>,
  sql: string,
  values?: Record<string, Cell>,
): Promise<{ [Name in keyof R]: R[Name][] }> {
  const reader = await connection.runAndReadAll(sql, values);
  const columns = reader.getColumns();
  return Object.fromEntries(reader.columnNames().map((name, at) => [name, columns[at] ?? []])) as {
    [Name in keyof R]: R[Name][];
  };
}
