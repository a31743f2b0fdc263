/**
 * A reading session: the database attached read-only to an empty one in memory, where views with the tables' names show
 * one run. `calls` is that run's calls, `all_runs.calls` those of every run. No file, network or setting can be reached from
 * the SQL of such a session.
 */
import { existsSync } from 'node:fs';
import { ExitCode, Fault } from '../base/fault.ts';
import { identifier, literal, RUN_TABLES, runColumn, VIEWS, viewsOfOneRun } from '../schema/index.ts';
import {
  type Cell,
  duckdb,
  isBroken,
  isNewer,
  type OpenedDatabase,
  type OpenOptions,
  openWaiting,
  toText,
  wrap,
} from './database.ts';
import { storeFile } from './store.ts';

/** Name under which the whole database is attached. */
export const ALL_RUNS = 'all_runs';

export interface Answer {
  columns: string[];
  /** SQL types of the columns. */
  types: string[];
  rows: Cell[][];
  /** There are more rows than were asked for. */
  more: boolean;
}

export interface ReadingSession extends OpenedDatabase {
  /** The workspace. */
  readonly root: string;
  /** Makes plain table names mean this run. */
  show(run: string): Promise<void>;
  /**
   * Runs a SELECT somebody wrote. At most `limit` rows come back.
   * @throws Fault (USAGE) when it is not one single SELECT-like statement, is wrong, or takes longer than `timeoutMs`.
   */
  select(sql: string, options: { limit: number; timeoutMs: number }): Promise<Answer>;
}

/** @throws Fault when there is no database, it is in use for too long, or it cannot be read. */
export async function openReading(root: string, options: OpenOptions = {}): Promise<ReadingSession> {
  const file = storeFile(root);
  if (!existsSync(file))
    throw new Fault(
      ExitCode.NOT_FOUND,
      `there is no recording in ${root}`,
      'Make one: npx intellimap run -- <command>',
    );
  const database = await openWaiting(file, () => attach(file), options);
  return {
    ...database,
    root,
    show: (run) => show(database, run),
    select: (sql, limits) => select(database, sql, limits),
  };
}

async function attach(file: string): Promise<OpenedDatabase> {
  const { DuckDBInstance } = await duckdb();
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await connection.run(`ATTACH ${literal(file)} AS ${ALL_RUNS} (READ_ONLY)`);
    for (const table of RUN_TABLES)
      await connection.run(
        `CREATE VIEW ${identifier(table)} AS SELECT * FROM ${ALL_RUNS}.${identifier(table)} WHERE false`,
      );
    for (const statement of viewsOfOneRun(VIEWS)) await connection.run(statement);
    // Order matters: nothing can be changed after the lock.
    await connection.run('SET enable_external_access = false');
    await connection.run('SET autoinstall_known_extensions = false');
    await connection.run('SET autoload_known_extensions = false');
    await connection.run('SET lock_configuration = true');
  } catch (error) {
    connection.closeSync();
    instance.closeSync();
    if (isNewer(error) || isBroken(error))
      throw new Fault(
        ExitCode.UNREADABLE,
        `cannot read ${file}: ${(error as Error).message}`,
        `Remove it: it is rebuilt from the recordings.`,
      );
    throw error;
  }
  return wrap(file, instance, connection);
}

async function show(database: OpenedDatabase, run: string): Promise<void> {
  for (const table of RUN_TABLES)
    await database.connection.run(
      `CREATE OR REPLACE VIEW ${identifier(table)} AS SELECT * FROM ${ALL_RUNS}.${identifier(table)} WHERE ${identifier(runColumn(table))} = ${literal(run)}`,
    );
}

/** First words of statements that only read. The statement type alone does not tell: PRAGMA counts as SELECT. */
const READS = new Set(['select', 'with', 'from', 'values', 'table', 'describe', 'desc', 'show', 'summarize']);
/** White space, comments and brackets before a word. Its alternatives begin differently, so that it takes linear time. */
const BEFORE_WORD = /(?:[\s(]|--[^\n]*|\/\*[^*]*\*+(?:[^*/][^*]*\*+)*\/)*/y;

/** Whether the first word, after `explain` and `explain analyze`, is one that reads. */
function readsOnly(sql: string): boolean {
  let at = 0;
  for (let words = 0; words < 3; words++) {
    BEFORE_WORD.lastIndex = at;
    BEFORE_WORD.test(sql);
    const begin = BEFORE_WORD.lastIndex;
    const word = /^[a-z]{0,20}/i.exec(sql.slice(begin, begin + 20))![0].toLowerCase();
    if (READS.has(word)) return true;
    if (word !== 'explain' && !(words === 1 && word === 'analyze')) return false;
    at = begin + word.length;
  }
  return false;
}

const refuse = (problem: string, advice?: string): Fault => new Fault(ExitCode.USAGE, problem, advice);

async function select(
  database: OpenedDatabase,
  sql: string,
  limits: { limit: number; timeoutMs: number },
): Promise<Answer> {
  if (!readsOnly(sql))
    throw refuse(
      'only SELECT statements can be asked',
      'Begin with select, with, from, describe, summarize or explain.',
    );
  const { connection } = database;
  const { StatementType } = await duckdb();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    connection.interrupt();
  }, limits.timeoutMs);
  try {
    const statements = await connection.extractStatements(sql);
    if (statements.count !== 1) throw refuse(`one statement at a time; these are ${statements.count}`);
    const prepared = await statements.prepare(0);
    if (prepared.statementType !== StatementType.SELECT && prepared.statementType !== StatementType.EXPLAIN)
      throw refuse('only SELECT statements can be asked');
    const reader = await prepared.streamAndReadUntil(limits.limit + 1);
    const rows = reader.convertRows(toText);
    return {
      columns: reader.columnNames(),
      types: reader.columnTypes().map(String),
      rows: rows.slice(0, limits.limit),
      more: rows.length > limits.limit,
    };
  } catch (error) {
    if (error instanceof Fault || isBroken(error)) throw error;
    if (late) throw refuse(`the query took longer than ${limits.timeoutMs / 1000} s and was stopped`);
    throw refuse((error as Error).message);
  } finally {
    clearTimeout(timer);
  }
}
