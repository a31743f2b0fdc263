/** A run that came as Parquet → the tables. Whoever imported it has compared the files with their manifest. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ExitCode, Fault } from '../base/fault.ts';
import {
  type Column,
  identifier,
  literal,
  RUN_TABLES,
  runColumn,
  sqlType,
  type Table,
  type TableName,
  TABLES,
} from '../schema/index.ts';
import type { RunFolder } from './run-folder.ts';

/** Fills all tables with the rows of `imported/<table>.parquet`; a table without a file stays empty: it is younger than the files. */
export async function insertParquet(
  connection: DuckDBConnection,
  { folder, run }: RunFolder,
  state: string,
): Promise<void> {
  for (const table of RUN_TABLES) {
    const file = join(folder, 'imported', `${table}.parquet`);
    if (!existsSync(file)) continue;
    try {
      await insert(connection, table, file, {
        [runColumn(table)]: literal(run.id),
        ...(table === 'runs' && {
          loaded_state: literal(state),
          imported: literal(JSON.stringify(run.imported)),
        }),
      });
    } catch (error) {
      if (error instanceof Fault) throw error;
      throw new Fault(
        ExitCode.UNREADABLE,
        `cannot read ${file}: ${(error as Error).message.split('\n', 1)[0]}`,
      );
    }
  }
}

/** @param own SQL of columns that do not come from the file */
async function insert(
  connection: DuckDBConnection,
  table: TableName,
  file: string,
  own: Record<string, string>,
): Promise<void> {
  const source = `read_parquet(${literal(exactly(file))}, hive_partitioning = false)`;
  const described = await connection.runAndReadAll(`DESCRIBE FROM ${source}`);
  const there = new Set(described.getRows().map(([name]) => String(name)));
  const columns = Object.entries((TABLES[table] as Table).columns);
  const values = columns.map(([name, column]) => {
    if (Object.hasOwn(own, name)) return own[name];
    if (there.has(name)) return `CAST(${identifier(name)} AS ${sqlType(column)})`;
    return MADE[`${table}.${name}`] ?? absent(column, `${file} has no column "${name}"`);
  });
  const names = columns.map(([name]) => identifier(name));
  await connection.run(
    `INSERT INTO ${identifier(table)} (${names.join(', ')}) SELECT ${values.join(', ')} FROM ${source}`,
  );
}

/** What columns that older files lack can be made of. */
const MADE: Record<string, string> = { 'threads.kind': "CASE WHEN tid = 0 THEN 'main' ELSE 'worker' END" };

/** Of files that an older version wrote: NULL, where that is allowed. */
function absent(column: Column, problem: string): string {
  if (column.none === undefined) throw new Fault(ExitCode.UNREADABLE, problem);
  return 'NULL';
}

/** DuckDB takes file names for patterns. */
const exactly = (file: string): string => file.replace(/[*?[]/g, '[$&]');
