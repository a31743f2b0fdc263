/**
 * A reading session: the database attached read-only to an empty one in memory, where views with the tables' names show
 * one run. `calls` is that run's calls, `all_runs.calls` those of every run. No file, network or setting can be reached from
 * the SQL of such a session.
 */
import { existsSync, rmSync } from 'node:fs';
import { ExitCode, Fault } from '../base/fault.ts';
import type { EventsExtension } from '../base/extension/index.ts';
import { once } from '../base/once.ts';
import {
  eventViews,
  identifier,
  literal,
  RUN_TABLES,
  runColumn,
  SOURCE_TABLES,
  VIEWS,
  viewsOfOneRun,
} from '../schema/index.ts';
import {
  type Cell,
  connectBeside,
  connectTo,
  IN_MEMORY,
  isBroken,
  isNewer,
  type OpenedDatabase,
  type OpenOptions,
  openWaiting,
  shut,
} from './database.ts';
import { explain, type Plan } from './explain.ts';
import { type Answer, type AnswerListener, select, type SelectLimits, tell } from './select.ts';
import { spillFolder } from './spill.ts';
import { storeFile } from './store-file.ts';

/** Name under which the whole database is attached. */
export const ALL_RUNS = 'all_runs';

/** What answering may take of the machine. */
export interface ReadingLimits {
  memoryBytes: number;
  /** What may go to disk for a while. */
  spillBytes: number;
  /** null: as many as there are processors */
  threads: number | null;
}

export const READING_LIMITS: ReadingLimits = { memoryBytes: 2 ** 29, spillBytes: 2 ** 31, threads: null };

export interface ReadingSession extends OpenedDatabase {
  /** The workspace. */
  readonly root: string;
  /** Makes plain table names mean this run. */
  show(run: string): Promise<void>;
  /** Another session on the same database, for a question asked at the same time: plain table names mean this run, and stopping it stops nothing else. Closed by itself. */
  beside(run: string): Promise<ReadingSession>;
  /**
   * Runs a SELECT somebody wrote. At most `limit` rows come back.
   * @throws Fault: USAGE when it is not one single SELECT-like statement, is wrong, or takes too long; INTERRUPTED when it was stopped.
   */
  select(sql: string, limits: SelectLimits): Promise<Answer>;
  /** As `select`, rows as they come. @returns whether there are more */
  tell(sql: string, limits: SelectLimits, listener: AnswerListener): Promise<boolean>;
  /** What is done to answer a SELECT, with times and rows. @throws Fault: as `select` */
  explain(sql: string, values: Record<string, Cell>, limits: Omit<SelectLimits, 'limit'>): Promise<Plan>;
}

/** @throws Fault when there is no database, it is in use for too long, or it cannot be read. */
export async function openReading(
  root: string,
  options: OpenOptions & { limits?: ReadingLimits; events?: readonly EventsExtension[] } = {},
): Promise<ReadingSession> {
  const more = viewsOfOneRun(eventViews(options.events ?? []));
  const file = storeFile(root);
  if (!existsSync(file))
    throw new Fault(
      ExitCode.NOT_FOUND,
      `there is no recording in ${root}`,
      'Make one: npx intellimap run -- <command>',
    );
  const database = await openWaiting(
    file,
    () => attach(file, root, options.limits ?? READING_LIMITS, more),
    options,
  );
  return sessionOf(database, database, root, { made: new Map(), more });
}

/** Schemas of runs that `beside` has shown, by run. */
interface Schemas {
  made: Map<string, Promise<string>>;
  /** Statements that make views beside ours. */
  more: readonly string[];
}

function sessionOf(
  whole: OpenedDatabase,
  database: OpenedDatabase,
  root: string,
  schemas: Schemas,
): ReadingSession {
  return {
    ...database,
    root,
    show: (run) => show(database, run),
    beside: async (run) => sessionOf(whole, await besides(whole, schemas, run), root, schemas),
    select: (sql, limits) => select(database, sql, limits),
    tell: (sql, limits, listener) => tell(database, sql, limits, listener),
    explain: (sql, values, limits) => explain(database, sql, values, limits),
  };
}

async function attach(
  file: string,
  root: string,
  limits: ReadingLimits,
  more: readonly string[],
): Promise<OpenedDatabase> {
  // Secrets that other programs have stored for DuckDB are none of ours.
  const database = await connectTo(file, { allow_persistent_secrets: 'false' }, IN_MEMORY);
  const { connection } = database;
  const spill = spillFolder(root);
  try {
    await connection.run(`ATTACH ${literal(file)} AS ${ALL_RUNS} (READ_ONLY)`);
    await connection.run([...viewsOf(null), ...more].join(';'));
    await connection.run([...limiting(spill, limits), ...LOCKED].join(';'));
  } catch (error) {
    shut(database);
    if (isNewer(error) || isBroken(error))
      throw new Fault(
        ExitCode.UNREADABLE,
        `cannot read ${file}: ${(error as Error).message}`,
        `Remove it: it is rebuilt from the recordings.`,
      );
    throw error;
  }
  return {
    ...database,
    close: () => {
      database.close();
      // Answers that nobody read to their end keep DuckDB from doing it.
      rmSync(spill, { recursive: true, force: true });
    },
  };
}

/** Order matters: nothing can be changed after the last one. */
const LOCKED = [
  'SET enable_external_access = false',
  'SET autoinstall_known_extensions = false',
  'SET autoload_known_extensions = false',
  'SET lock_configuration = true',
];

/** Less is too little for DuckDB to sort anything. */
const MIN_MEMORY = 2 ** 26;

function limiting(spill: string, { memoryBytes, spillBytes, threads }: ReadingLimits): string[] {
  return [
    `SET memory_limit = '${Math.max(MIN_MEMORY, memoryBytes)}B'`,
    // DuckDB makes the folder when it has something for it, and takes it away.
    `SET temp_directory = ${literal(spill)}`,
    `SET max_temp_directory_size = '${spillBytes}B'`,
    ...(threads === null ? [] : [`SET threads = ${threads}`]),
    'SET enable_progress_bar = true',
    'SET enable_progress_bar_print = false',
  ];
}

/** Views by the names of tables, of one run, and the views over them. @param run null: of none yet */
function viewsOf(run: string | null): string[] {
  return [
    ...RUN_TABLES.map((table) => `CREATE VIEW ${identifier(table)} AS ${rowsOf(table, run)}`),
    // Of no run: the same whichever is shown.
    ...SOURCE_TABLES.map(
      (table) => `CREATE VIEW ${identifier(table)} AS SELECT * FROM ${ALL_RUNS}.${identifier(table)}`,
    ),
    ...viewsOfOneRun(VIEWS),
  ];
}

/** Stands for a run where there is none: one of which nothing is known, so that what is said of the text in each run is said of the text alone. */
export const NO_RUN = '';

const rowsOf = (table: (typeof RUN_TABLES)[number], run: string | null): string =>
  table === 'runs' && run === NO_RUN
    ? `SELECT r.* REPLACE (${literal(NO_RUN)} AS id) FROM (SELECT 1) LEFT JOIN ${ALL_RUNS}.runs r ON false`
    : `SELECT * FROM ${ALL_RUNS}.${identifier(table)} WHERE ${run === null ? 'false' : `${identifier(runColumn(table))} = ${literal(run)}`}`;

/** A connection of its own, in a schema of the run: other connections may look at other runs meanwhile. */
async function besides(whole: OpenedDatabase, { made, more }: Schemas, run: string): Promise<OpenedDatabase> {
  const schema = await once(made, run, () => makeSchema(whole, run, more));
  const beside = await connectBeside(whole);
  await beside.connection.run(`USE ${identifier(schema)}`);
  return beside;
}

let schemasMade = 0;

async function makeSchema(
  { instance }: OpenedDatabase,
  run: string,
  more: readonly string[],
): Promise<string> {
  const schema = `run ${++schemasMade}`;
  const connection = await instance.connect();
  try {
    await connection.run(`CREATE SCHEMA ${identifier(schema)}`);
    await connection.run(`USE ${identifier(schema)}`);
    await connection.run([...viewsOf(run), ...more].join(';'));
    return schema;
  } finally {
    connection.closeSync();
  }
}

async function show(database: OpenedDatabase, run: string): Promise<void> {
  const views = RUN_TABLES.map(
    (table) => `CREATE OR REPLACE VIEW ${identifier(table)} AS ${rowsOf(table, run)}`,
  );
  await database.connection.run(views.join(';'));
}
