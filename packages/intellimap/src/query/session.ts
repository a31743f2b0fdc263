/** A session: the stored data, opened for reading, with one run chosen. Every question takes one. */
import { ExitCode, Fault } from '../base/fault.ts';
import type { RowOf } from '../schema/index.ts';
import { openReading, type OpenOptions, type ReadingSession, refresh } from '../store/index.ts';

export interface Session {
  readonly db: ReadingSession;
  /** The chosen run; plain table names in SQL mean its rows. */
  readonly run: RunRow;
  /** Runs that could not be loaded, and why. */
  readonly failed: { run: string; reason: string }[];
  close(): void;
}

export type RunRow = RowOf<'runs'>;

export interface SessionOptions extends OpenOptions {
  /** Id of a run or a unique beginning of it; the latest by default. */
  run?: string;
  /** Load new and changed recordings first (default true). */
  load?: boolean;
  onProgress?: (share: number, what: string) => void;
}

/**
 * Loads what is new in a workspace and opens its data.
 * @throws Fault: no such run, database in use or unreadable.
 */
export async function openSession(root: string, options: SessionOptions = {}): Promise<Session> {
  const loaded = options.load === false ? null : await refresh(root, options);
  const failed = (loaded?.failed ?? []).map(({ run, error }) => ({ run, reason: error.message }));
  const db = await openReading(root, options);
  try {
    const run = await resolveRun(db, options.run);
    await db.show(run.id);
    return { db, run, failed, close: () => db.close() };
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * The run that an id, or a unique beginning of one, names; the latest when none is given.
 * @throws Fault (NOT_FOUND) when there is none or more than one.
 */
export async function resolveRun(db: ReadingSession, wanted?: string): Promise<RunRow> {
  const runs = await db.all<RunRow>(
    'SELECT * FROM all_runs.runs WHERE starts_with(id, $wanted) ORDER BY ts DESC, id DESC',
    { wanted: wanted ?? '' },
  );
  const exact = runs.find((run) => run.id === wanted);
  if (exact !== undefined) return exact;
  if (runs.length === 0)
    throw new Fault(
      ExitCode.NOT_FOUND,
      wanted === undefined ? 'there is no recording yet' : `there is no run "${wanted}"`,
      'Make one: npx intellimap run -- <command>',
    );
  if (wanted !== undefined && runs.length > 1)
    throw new Fault(
      ExitCode.NOT_FOUND,
      `"${wanted}" could be any of ${runs.length} runs: ${runs
        .slice(0, 5)
        .map(({ id }) => id)
        .join(', ')}`,
      'Give more of the id.',
    );
  return runs[0];
}
