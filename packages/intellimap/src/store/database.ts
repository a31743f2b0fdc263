/**
 * Opening DuckDB. The native library (70 MB) is imported on first use, so that areas which only mention the store never pay for it.
 * A file has one writer; who finds it in use waits a while, says so, and then gives up with a clear message.
 */
import type * as DuckDB from '@duckdb/node-api';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { ExitCode, Fault } from '../base/fault.ts';
import { columnsOf, type InColumns } from './columns.ts';
import { notWanted, wanted } from './wanted.ts';

/** `@duckdb/node-api`, loaded on first use. Required: an `import` of its CommonJS reads each of its files twice, once to find the names. */
export const duckdb = async (): Promise<typeof DuckDB> =>
  createRequire(import.meta.url)('@duckdb/node-api') as typeof DuckDB;

export type Cell = string | number | boolean | null;

/** Something that answers SQL: the store while it is open for writing, or a reading session. */
export interface Database {
  /** Rows as objects; BIGINT comes as number, timestamps as ms since the epoch. Values are bound, never pasted. */
  all<R extends object = Record<string, Cell>>(sql: string, values?: Record<string, Cell>): Promise<R[]>;
}

export interface OpenOptions {
  /** How long to wait for another process that has the database open. */
  waitMs?: number;
  /** Told once when waiting begins, and about repairs. */
  onMessage?: (message: string) => void;
}

export const WAIT_MS = 15_000;
const RETRY_MS = 100;
/** Who holds it in order to be quick lets go within this time: that is not worth a word. */
const TELL_MS = 400;

/** Files this process has open: DuckDB's lock does not hold within a process. */
const openFiles = new Set<string>();

export interface OpenedDatabase extends Database {
  /** As `all`, for thousands of rows, see `columnsOf`. */
  columns<R extends object>(sql: string, values?: Record<string, Cell>): Promise<InColumns<R>>;
  readonly instance: DuckDBInstance;
  readonly connection: DuckDBConnection;
  close(): void;
}

/** Opens a file (or `:memory:`) through `connect`, which may be tried several times. */
export async function openWaiting<T>(
  file: string,
  connect: () => Promise<T>,
  options: OpenOptions,
): Promise<T> {
  const until = Date.now() + (options.waitMs ?? WAIT_MS);
  const tellsAt = Date.now() + TELL_MS;
  let waited = false;
  let told = false;
  for (;;) {
    if (!openFiles.has(file)) {
      openFiles.add(file);
      try {
        const connected = await connect();
        if (waited) notWanted(file);
        return connected;
      } catch (error) {
        released(file);
        if (!isLocked(error)) throw error;
      }
    }
    if (Date.now() >= until)
      throw new Fault(
        ExitCode.FAILED,
        `${file} is in use by another IntelliMap`,
        'Wait until it is done, or end it, and try again.',
      );
    if (!told && Date.now() >= tellsAt) {
      options.onMessage?.(`${file} is in use by another IntelliMap; waiting for it …`);
      told = true;
    }
    waited = true;
    wanted(file);
    await sleep(RETRY_MS);
  }
}

export const released = (file: string): void => void openFiles.delete(file);

/** What DuckDB may take while it writes or copies; beyond it, it goes on in files beside the database. */
export const MEMORY = '512MB';
/** A database to which a statement attaches the file. */
export const IN_MEMORY = ':memory:';

/**
 * One try, for `openWaiting`. DuckDB's values come as plain ones.
 * @param file whose name is released at the end
 * @param settings of DuckDB
 * @param path what is opened: the file, or `IN_MEMORY`
 */
export async function connectTo(
  file: string,
  settings: Record<string, string>,
  path = file,
): Promise<OpenedDatabase> {
  const { DuckDBInstance } = await duckdb();
  const instance = await DuckDBInstance.create(path, settings);
  const connection = await instance.connect();
  let open = true;
  return {
    ...asking(instance, connection),
    close() {
      if (!open) return;
      open = false;
      shut({ connection, instance });
      released(file);
    },
  };
}

/** Another connection to what is open; closing it closes nothing else. */
export async function connectBeside({ instance }: OpenedDatabase): Promise<OpenedDatabase> {
  const connection = await instance.connect();
  return { ...asking(instance, connection), close: () => connection.closeSync() };
}

const asking = (
  instance: DuckDBInstance,
  connection: DuckDBConnection,
): Pick<OpenedDatabase, 'instance' | 'connection' | 'all' | 'columns'> => ({
  instance,
  connection,
  async all<R extends object>(sql: string, values?: Record<string, Cell>): Promise<R[]> {
    const reader = await connection.runAndReadAll(sql, values);
    return reader.convertRowObjects(toPlain) as R[];
  },
  columns: async <R extends object>(sql: string, values?: Record<string, Cell>): Promise<InColumns<R>> =>
    await columnsOf<R>(connection, sql, values),
});

/** Not `close`: this process still holds the name. */
export function shut({ connection, instance }: Pick<OpenedDatabase, 'connection' | 'instance'>): void {
  connection.closeSync();
  instance.closeSync();
}

/** A DuckDB value for typed questions: timestamps as ms since the epoch. */
export function toPlain(value: unknown): Cell {
  const { millis } = (value ?? {}) as { millis?: unknown };
  return typeof millis === 'bigint' ? Number(millis) : toText(value);
}

/** A DuckDB value for people: as it is when JSON has a word for it, else as DuckDB writes it. */
export function toText(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  const { value: scaled, scale } = value as { value?: bigint; scale?: number };
  if (typeof scaled === 'bigint' && typeof scale === 'number') return Number(scaled) / 10 ** scale;
  return (value as { toString(): string }).toString();
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const isLocked = (error: unknown): boolean =>
  /could not set lock|conflicting lock|being used by another process/i.test(textOf(error));

/** The database's bytes are not what DuckDB wrote: to be rebuilt. Anything else (permissions, disk) is not. */
export const isBroken = (error: unknown): boolean =>
  /not a valid DuckDB|corrupt|checksum|deserializ|serialization error|WAL file|failed to read|could not read|INTERNAL Error|Cannot open database/i.test(
    textOf(error),
  ) &&
  !isLocked(error) &&
  !isNewer(error) &&
  !/permission denied|read-only file|no space/i.test(textOf(error));

export const isNewer = (error: unknown): boolean =>
  /newer version|can only read version|database file with version number/i.test(textOf(error));

export const messageOf = textOf;
