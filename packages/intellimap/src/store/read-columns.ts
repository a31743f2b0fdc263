/** Rows of a question that has many of them, column by column: objects for a million of them would take more than a second. */
import { type Cell, type OpenedDatabase, toPlain } from './database.ts';

/** By name of the column; null where there is none. Numbers are best asked for as DOUBLE. */
export async function readColumns<Names extends string>(
  { connection }: OpenedDatabase,
  sql: string,
  values?: Record<string, Cell>,
): Promise<Record<Names, Cell[]>> {
  const reader = await connection.runAndReadAll(sql, values);
  const names = reader.columnNames() as Names[];
  const columns = reader.getColumns();
  const plain = (column: readonly unknown[]): Cell[] =>
    column.every((each) => typeof each === 'number') ? (column as number[]) : column.map(toPlain);
  return Object.fromEntries(names.map((name, at) => [name, plain(columns[at] ?? [])])) as Record<
    Names,
    Cell[]
  >;
}
