/** A session: the stored data, opened for reading, with one run chosen. Every question takes one. */
import { runNamed } from '../base/run-id.ts';
import type { EventsExtension } from '../base/extension/index.ts';
import { DEFAULTS, type Settings, sizeOf } from '../base/settings/index.ts';
import type { RowOf } from '../schema/index.ts';
import {
  databaseIdentity,
  isBroken,
  NO_RUN,
  openReading,
  type OpenOptions,
  READING_LIMITS,
  type ReadingLimits,
  type ReadingSession,
  refresh,
  setAside,
  type SurveySources,
} from '../store/index.ts';

export interface Session {
  readonly db: ReadingSession;
  /** The chosen run; plain table names in SQL mean its rows. */
  readonly run: RunRow;
  /** Of the workspace's `intellimap.config.ts`; the defaults where it says nothing. */
  readonly settings: Settings;
  /** Runs that could not be loaded, and why. */
  readonly failed: { run: string; reason: string }[];
  close(): void;
}

export type RunRow = RowOf<'runs'>;

export interface SessionOptions extends OpenOptions {
  /** Id of a run or a unique beginning of it; by default the latest that was recorded here, an import only if nothing was. */
  run?: string;
  /** Load new and changed recordings first (default true). */
  load?: boolean;
  /** With `sources`: where there is no run, the text can be asked nevertheless. The session's run is one of which nothing is known, its id is empty. */
  needsNoRun?: boolean;
  settings?: Settings;
  /** Kinds of events that have a view of their own. */
  events?: readonly EventsExtension[];
  /** Looks at the workspace's text first; without it, tables about the text are as they were. */
  sources?: SurveySources;
  onProgress?: (share: number, what: string) => void;
}

/**
 * Loads what is new in a workspace and opens its data.
 * @throws Fault: no such run, database in use or unreadable.
 */
export async function openSession(root: string, options: SessionOptions = {}): Promise<Session> {
  const loaded = options.load === false ? null : await refresh(root, options);
  const unreadable = loaded?.failed ?? [];
  const settings = options.settings ?? DEFAULTS;
  const db = await openReading(root, { ...options, limits: readingLimits(settings) });
  try {
    const canBeNone = options.needsNoRun === true && options.run === undefined && unreadable.length === 0;
    const chosen =
      canBeNone && !(await hasRuns(db)) ? undefined : await chosenRun(db, unreadable, options.run);
    await db.show(chosen?.id ?? NO_RUN);
    const run = chosen ?? (await db.all<RunRow>('SELECT * FROM runs'))[0];
    const failed = unreadable.map((each) => ({ run: each.run, reason: each.error.message }));
    return { db, run, settings, failed, close: () => db.close() };
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Opens a session for one question, or some, and closes it. A database whose damage shows only then is set aside, rebuilt from the recordings, and asked again.
 * @throws what `openSession` and `ask` throw.
 */
export async function withSession<T>(
  root: string,
  options: SessionOptions,
  ask: (session: Session) => Promise<T>,
): Promise<T> {
  const identity = databaseIdentity(root);
  try {
    return await askOnce(root, options, ask);
  } catch (error) {
    if (!isBroken(error)) throw error;
    setAside(root, (error as Error).message, identity, options);
    return await askOnce(root, options, ask);
  }
}

async function askOnce<T>(
  root: string,
  options: SessionOptions,
  ask: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await openSession(root, options);
  try {
    return await ask(session);
  } finally {
    session.close();
  }
}

export const readingLimits = ({ query }: Settings): ReadingLimits => ({
  memoryBytes: sizeOf(query.memory) ?? READING_LIMITS.memoryBytes,
  spillBytes: sizeOf(query.spill) ?? READING_LIMITS.spillBytes,
  threads: query.threads,
});

/** Who asks for a run that cannot be read, by name or as the latest, is told why, and not given another one. */
export async function chosenRun(
  db: ReadingSession,
  unreadable: { run: string; error: Error }[],
  wanted?: string,
): Promise<RunRow> {
  const meant = unreadable
    .filter(({ run }) => run.startsWith(wanted ?? ''))
    .toSorted((a, b) => (a.run < b.run ? 1 : -1))[0];
  try {
    const run = await resolveRun(db, wanted);
    if (wanted === undefined && meant !== undefined && meant.run > run.id) throw meant.error;
    return run;
  } catch (error) {
    throw meant?.error ?? error;
  }
}

const hasRuns = async (db: ReadingSession): Promise<boolean> =>
  (await db.all('SELECT 1 FROM all_runs.runs LIMIT 1')).length > 0;

/**
 * The run that an id, or a unique beginning of one, names; the latest when none is given: of the recorded ones, if there are any.
 * @throws Fault (NOT_FOUND) when there is none or more than one.
 */
export async function resolveRun(db: ReadingSession, wanted?: string): Promise<RunRow> {
  const runs = await db.all<RunRow>('SELECT * FROM all_runs.runs ORDER BY ts DESC, id DESC');
  const recorded = runs.filter((run) => run.imported === null);
  const id = runNamed(
    (wanted === undefined && recorded.length > 0 ? recorded : runs).map((run) => run.id),
    wanted,
  );
  return runs.find((run) => run.id === id)!;
}
