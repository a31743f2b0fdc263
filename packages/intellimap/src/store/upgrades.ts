/**
 * From the tables of one version to those of the next. Nothing of a database is lost by it, and recordings need not be loaded again, unless a step says so.
 * What there was before version 5 is rebuilt from the recordings.
 */
import { ddl, SCHEMA_VERSION, type Table, TABLES } from '../schema/index.ts';
import type { OpenedDatabase } from './database.ts';

/** [version] statements that lead from it to the next; tables that are new need none, they are made as they are now. */
const STEPS: Record<number, readonly string[]> = {
  // Recordings are loaded again for `frames`; what cannot be is kept as it is.
  5: [
    `UPDATE runs SET loaded_state = 'version 5'`,
    'ALTER TABLE tasks ADD COLUMN busy_ms DOUBLE',
    'ALTER TABLE tasks ADD COLUMN awaits BIGINT',
    'ALTER TABLE costs ADD COLUMN main_ms DOUBLE',
  ],
};

/** Whether there is a way from the tables of a version to those of now. */
export const canUpgrade = (version: number): boolean =>
  Array.from({ length: Math.max(0, SCHEMA_VERSION - version) }, (_, step) => version + step).every(
    (from) => STEPS[from] !== undefined,
  );

/** Takes a database of an older version to this one, wholly or not at all. */
export async function upgradeTables(database: OpenedDatabase, version: number): Promise<void> {
  const { connection } = database;
  await connection.run('BEGIN');
  try {
    for (let from = version; from < SCHEMA_VERSION; from++)
      for (const statement of STEPS[from]) await connection.run(statement);
    for (const statement of ddl(await missing(database))) await connection.run(statement);
    await connection.run(`UPDATE schema_version SET version = ${SCHEMA_VERSION}`);
    await connection.run('COMMIT');
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function missing(database: OpenedDatabase): Promise<Record<string, Table>> {
  const rows = await database.all<{ name: string }>(
    'SELECT table_name AS name FROM duckdb_tables() WHERE NOT internal',
  );
  const known = new Set(rows.map(({ name }) => name));
  return Object.fromEntries(Object.entries(TABLES).filter(([name]) => !known.has(name)));
}
