/**
 * From the tables of one version to those of the next. Nothing of a database is lost by it, and recordings need not be loaded again, unless a step says so.
 * What there was before version 5 is rebuilt from the recordings.
 */
import {
  commentOn,
  ddl,
  identifier,
  SCHEMA_VERSION,
  sqlType,
  type Table,
  type TableName,
  TABLES,
} from '../schema/index.ts';
import type { OpenedDatabase } from './database.ts';

/** `table`: what is to be there already; where it is not, it is made as it is now. */
type Statement = string | { table: TableName; sql: string };

/** Statements that add a column to a table which has rows; `value` is theirs, as SQL. Columns are added at the end, in the order of the schema. */
function added(table: TableName, column: string, value = 'NULL'): Statement[] {
  const facts = (TABLES[table] as Table).columns[column];
  const [name, of] = [identifier(column), identifier(table)];
  return [
    `ALTER TABLE ${of} ADD COLUMN ${name} ${sqlType(facts)} DEFAULT ${value}`,
    ...(facts.none === undefined ? [`ALTER TABLE ${of} ALTER COLUMN ${name} SET NOT NULL`] : []),
    `ALTER TABLE ${of} ALTER COLUMN ${name} DROP DEFAULT`,
    commentOn(table, column, facts),
  ].map((sql) => ({ table, sql }));
}

/** [version] statements that lead from it to the next; tables that are new need none, they are made as they are now. */
const STEPS: Record<number, readonly Statement[]> = {
  5: [
    ...added('errors', 'signature', "''"),
    ...added('errors', 'template', "''"),
    ...added('errors', 'causes'),
    ...added('runs', 'labels', "'[]'"),
    ...added('runs', 'imported'),
    ...added('tasks', 'busy_ms'),
    ...added('tasks', 'awaits'),
    ...added('costs', 'main_ms'),
    ...added('calls', 'stalled_us'),
    ...added('tasks', 'stalled_ms'),
    ...added('threads', 'stalled_us'),
    ...added('pauses', 'stalled_us'),
    ...added('costs', 'stalled_ms'),
    // Recordings are loaded again for what these hold, and for `frames`; what cannot be is kept as it is.
    "UPDATE runs SET loaded_state = 'version 5'",
  ],
  // Recordings are loaded again for the tables about time.
  6: ["UPDATE runs SET loaded_state = 'version 6'"],
  7: [
    ...added('threads', 'kind', "'main'"),
    ...added('threads', 'url'),
    ...added('threads', 'agent'),
    ...added('threads', 'clock_shift_us'),
    ...added('threads', 'clock_unsure_us'),
    ...added('threads', 'parent_thread'),
    ...added('tasks', 'trace_id'),
    ...added('tasks', 'parent_span_id'),
    ...added('tasks', 'asked_thread_id'),
    ...added('tasks', 'asked_resource_id'),
    ...added('tasks', 'result'),
    ...added('resources', 'trace_id'),
    ...added('resources', 'span_id'),
    ...added('spans', 'events'),
    ...added('spans', 'links'),
    // No other program was recorded then.
    "UPDATE threads SET kind = 'worker' WHERE tid <> 0",
  ],
  // Tables about the text are new; it is read again, as another version of who reads it asks for.
  8: [...added('costs', 'turns')],
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
    const isMissing = await missing(database);
    for (let from = version; from < SCHEMA_VERSION; from++)
      for (const statement of STEPS[from]) {
        if (typeof statement === 'string') await connection.run(statement);
        else if (!Object.hasOwn(isMissing, statement.table)) await connection.run(statement.sql);
      }
    for (const statement of ddl(isMissing)) await connection.run(statement);
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
