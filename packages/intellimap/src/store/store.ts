/** The workspace's database: one file, one writer, made from recordings and therefore always replaceable. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ExitCode, explainFileError, Fault, unreadable } from '../base/fault.ts';
import { ddl, identifier, RUN_TABLES, runColumn, SCHEMA_VERSION } from '../schema/index.ts';
import { appendRows } from './append.ts';
import {
  connectTo,
  isBroken,
  isNewer,
  MEMORY,
  messageOf,
  type OpenedDatabase,
  type OpenOptions,
  openWaiting,
  shut,
} from './database.ts';
import { storeFile } from './store-file.ts';
import { canUpgrade, upgradeTables } from './upgrades.ts';
import { renewViews } from './views.ts';

export interface Store extends OpenedDatabase {
  readonly file: string;
  readonly root: string;
  /** Why the database was made anew; its runs are to be loaded again. */
  readonly rebuilt: string | null;
}

/**
 * Opens the workspace's database for writing and brings its tables to this version.
 * A database that cannot be read is set aside as `store.duckdb.broken-<time>` and made anew, empty.
 * @throws Fault when it is in use for longer than `waitMs`, written by a newer IntelliMap, or cannot be written.
 */
export async function openStore(root: string, options: OpenOptions = {}): Promise<Store> {
  const file = storeFile(root);
  try {
    mkdirSync(dirname(file), { recursive: true });
    return await openWaiting(file, () => openFile(file, root, options), options);
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault(
      ExitCode.UNWRITABLE,
      `cannot open the database: ${explainFileError(error as Error, file)}`,
      /permission denied|read-only/i.test(messageOf(error)) ? MUST_WRITE : undefined,
    );
  }
}

const MUST_WRITE =
  'What changed since somebody asked last is written there first: whoever may write must ask once, or let you write.';

async function openFile(file: string, root: string, options: OpenOptions): Promise<Store> {
  const identity = databaseIdentity(root);
  try {
    const database = await connect(file);
    const rebuilt = await brought(database, file, identity !== undefined);
    if (rebuilt === null) return { ...database, file, root, rebuilt };
    return await startAnew(file, root, rebuilt, options, 'outdated');
  } catch (error) {
    if (isNewer(error))
      throw new Fault(
        ExitCode.UNREADABLE,
        `${file} was written by a newer IntelliMap`,
        `Update intellimap, or remove ${file}: it is rebuilt from the recordings.`,
      );
    if (identity === undefined || !isBroken(error)) throw error;
    // Somebody else saw it, too, and has made a new one meanwhile.
    if (databaseIdentity(root) !== identity) return await openFile(file, root, options);
    return await startAnew(file, root, messageOf(error), options, 'broken');
  }
}

/** Tables and views of this version. Returns why the database must be made anew, or null; if so, or if it fails, it is closed. */
async function brought(database: OpenedDatabase, file: string, existed: boolean): Promise<string | null> {
  let isUsable = false;
  try {
    const reason = await upgrade(database, file, existed);
    if (reason !== null) return reason;
    await renewViews(database);
    isUsable = true;
    return null;
  } finally {
    if (!isUsable) shut(database);
  }
}

const connect = async (file: string): Promise<OpenedDatabase> =>
  await connectTo(file, { memory_limit: MEMORY });

/** Which file it is, whatever it is called; undefined: there is none. @throws Fault when nobody can say. */
export function databaseIdentity(root: string): number | undefined {
  const file = storeFile(root);
  try {
    return statSync(file, { throwIfNoEntry: false })?.ino;
  } catch (error) {
    throw unreadable(error, file);
  }
}

/**
 * Sets a database aside that turned out to be damaged after it was opened: blocks are checked when they are read. Not if somebody else has done so meanwhile.
 * @param identity of the damaged one
 */
export function setAside(
  root: string,
  reason: string,
  identity: number | undefined,
  options: OpenOptions = {},
): void {
  if (databaseIdentity(root) === identity) moveAway(storeFile(root), reason, options, 'broken');
}

function moveAway(file: string, reason: string, options: OpenOptions, word: string): void {
  // One of them is kept: whoever wants to know what happened looks at the last.
  for (const name of readdirSync(dirname(file)))
    if (/^store\.duckdb\.(broken|outdated)-/.test(name)) rmSync(join(dirname(file), name));
  const aside = `${file}.${word}-${new Date().toISOString().replace(/[:.]/g, '-')}`;
  renameSync(file, aside);
  if (existsSync(`${file}.wal`)) renameSync(`${file}.wal`, `${aside}.wal`);
  options.onMessage?.(
    `the database could not be used (${firstLine(reason)}); it was set aside as ${aside} and is rebuilt from the recordings`,
  );
}

/** Sets the file aside and makes a new one. */
async function startAnew(
  file: string,
  root: string,
  reason: string,
  options: OpenOptions,
  word: string,
): Promise<Store> {
  moveAway(file, reason, options, word);
  const database = await connect(file);
  await brought(database, file, false);
  return { ...database, file, root, rebuilt: reason };
}

const firstLine = (text: string): string => text.split('\n', 1)[0];

/** Makes the tables of an empty database. Returns why the database must be made anew, or null. */
async function upgrade(database: OpenedDatabase, file: string, existed: boolean): Promise<string | null> {
  const [found] = await database.all<{ n: number }>(
    "SELECT count(*) AS n FROM duckdb_tables() WHERE table_name = 'schema_version' AND NOT internal",
  );
  if (found.n === 0) {
    const [others] = await database.all<{ n: number }>(
      'SELECT count(*) AS n FROM duckdb_tables() WHERE NOT internal',
    );
    if (existed && others.n > 0) return 'it holds other tables';
    await create(database);
    return null;
  }
  const [row] = await database.all<{ version: number }>('SELECT version FROM schema_version');
  const version = row?.version ?? 0;
  if (version > SCHEMA_VERSION)
    throw new Fault(
      ExitCode.UNREADABLE,
      `${file} was written by a newer IntelliMap (tables ${version}; this one knows ${SCHEMA_VERSION})`,
      `Update intellimap, or remove ${file}: it is rebuilt from the recordings.`,
    );
  if (version === SCHEMA_VERSION) return null;
  if (!canUpgrade(version))
    return `its tables are version ${version}, now they are version ${SCHEMA_VERSION}`;
  await upgradeTables(database, version);
  return null;
}

async function create(database: OpenedDatabase): Promise<void> {
  const { connection } = database;
  await connection.run('BEGIN');
  await connection.run(ddl().join(';'));
  await appendRows(connection, 'schema_version', [{ version: SCHEMA_VERSION, created_by: 'intellimap' }]);
  await connection.run('COMMIT');
}

/** Removes all rows of a run; to be called inside a transaction. */
export async function deleteRun(store: OpenedDatabase, id: string): Promise<void> {
  for (const table of RUN_TABLES)
    await store.connection.run(
      `DELETE FROM ${identifier(table)} WHERE ${identifier(runColumn(table))} = $id`,
      { id },
    );
}

/** Forgets runs whose folders are about to be removed. Does nothing when there is no database. */
export async function removeRuns(
  root: string,
  ids: readonly string[],
  options: OpenOptions = {},
): Promise<void> {
  if (!existsSync(storeFile(root))) return;
  const store = await openStore(root, options);
  try {
    await inTransaction(store, async () => {
      for (const id of ids) await deleteRun(store, id);
    });
  } finally {
    store.close();
  }
}

export async function inTransaction(store: OpenedDatabase, work: () => Promise<void>): Promise<void> {
  await store.connection.run('BEGIN');
  try {
    await work();
    await store.connection.run('COMMIT');
  } catch (error) {
    await store.connection.run('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
