/** A run → a folder with a Parquet file for each table, and a manifest that tells what they are. */
import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ExitCode, explainFileError, Fault } from '../base/fault.ts';
import {
  identifier,
  literal,
  RUN_TABLES,
  runColumn,
  SCHEMA_VERSION,
  type TableName,
} from '../schema/index.ts';
import {
  connectTo,
  IN_MEMORY,
  type Database,
  MEMORY,
  type OpenedDatabase,
  type OpenOptions,
  openWaiting,
  shut,
} from './database.ts';
import { storeFile } from './store-file.ts';

/** Name of the manifest within the folder. */
export const PARQUET_MANIFEST = 'export.json';

export interface ParquetManifest {
  format: 'intellimap-parquet';
  version: 1;
  /** Version of the tables: `SCHEMA_VERSION`. */
  schema: number;
  run: { id: string; startedAt: number; command: string[] };
  tables: { table: string; file: string; rows: number; bytes: number; sha256: string }[];
}

/**
 * Writes a run that is in the database. The database must not be open in this process.
 * @param target a folder that does not exist, or is empty
 * @throws Fault when it cannot be written; nothing is left behind then
 */
export async function exportParquet(
  root: string,
  run: ParquetManifest['run'],
  target: string,
  options: OpenOptions = {},
): Promise<ParquetManifest> {
  const folder = resolve(target);
  if (existsSync(folder) && (!statSync(folder).isDirectory() || readdirSync(folder).length > 0))
    throw new Fault(ExitCode.USAGE, `${folder} exists`, 'Name a folder that does not exist yet.');
  const draft = `${folder}.tmp`;
  const file = storeFile(root);
  const database = await openWaiting(file, () => attachPlain(file), options);
  try {
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { recursive: true });
    const tables = [];
    for (const table of RUN_TABLES) tables.push(await writeTable(database, table, run.id, draft));
    const manifest: ParquetManifest = {
      format: 'intellimap-parquet',
      version: 1,
      schema: SCHEMA_VERSION,
      run,
      tables,
    };
    writeFileSync(join(draft, PARQUET_MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    if (existsSync(folder)) rmdirSync(folder);
    renameSync(draft, folder);
    return manifest;
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (error instanceof Fault) throw error;
    throw new Fault(ExitCode.UNWRITABLE, `cannot write ${explainFileError(error as Error, folder)}`);
  } finally {
    database.close();
  }
}

/** Reading sessions cannot write files; this one can, and runs no SQL but ours. */
async function attachPlain(file: string): Promise<OpenedDatabase> {
  const database = await connectTo(file, { memory_limit: MEMORY }, IN_MEMORY);
  try {
    await database.connection.run(`ATTACH ${literal(file)} AS store (READ_ONLY)`);
  } catch (error) {
    shut(database);
    throw error;
  }
  return database;
}

async function writeTable(
  database: OpenedDatabase,
  table: TableName,
  run: string,
  folder: string,
): Promise<ParquetManifest['tables'][number]> {
  const file = `${table}.parquet`;
  const path = join(folder, file);
  // COPY takes no parameters.
  const rows = `FROM store.${identifier(table)} WHERE ${identifier(runColumn(table))} = ${literal(run)}`;
  await database.connection.run(`COPY (${rows}) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd)`);
  const count = await countRows(database, rows);
  return { table, file, rows: count, bytes: statSync(path).size, sha256: await sha256Of(path) };
}

async function countRows(database: Database, rows: string): Promise<number> {
  const [{ n }] = await database.all<{ n: number }>(`SELECT count(*) AS n ${rows}`);
  return n;
}

/** Of a file of any size; 64 hex digits. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
