/**
 * Sessions that one program has open beside each other. A process opens the database once, so all of a workspace share what the first one opened, with the
 * recordings as they were then; the last one that is closed closes it.
 */
import { ExitCode, Fault } from '../base/fault.ts';
import { DEFAULTS } from '../base/settings/index.ts';
import { chosenRun, resolveRun, type RunRow, type Session, type SessionOptions } from './session.ts';
import { failedOf, isOutdated, openData, type Opened } from './standing/opened.ts';

interface Shared {
  data: Promise<Opened>;
  /** Sessions on it that are not closed, and those that are being opened. */
  sessions: number;
}

/** By workspace. */
const shared = new Map<string, Shared>();

/**
 * As `openSession`; beside others, settings, sources and kinds of events are those of the first one.
 * @throws Fault: no such run, database in use or unreadable; the run is not among what the first one opened
 */
export async function openBeside(
  root: string,
  options: Omit<SessionOptions, 'load' | 'needsNoRun'> = {},
): Promise<Session> {
  const settings = options.settings ?? DEFAULTS;
  const before = shared.get(root);
  const mine = before ?? { data: openData(root, settings, options), sessions: 0 };
  shared.set(root, mine);
  mine.sessions++;
  let data: Opened | undefined;
  try {
    data = await mine.data;
    const run = await (before === undefined
      ? chosenRun(data.db, data.unreadable, options.run)
      : knownRun(root, data, options.run));
    const db = await data.db.beside(run.id);
    const all = data.db;
    const close = (): void => {
      db.close();
      letGo(root, mine, all);
    };
    return { db, run, settings, failed: failedOf(data.unreadable), close: onlyOnce(close) };
  } catch (error) {
    letGo(root, mine, data?.db);
    throw error;
  }
}

/** What was recorded meanwhile cannot be loaded while others read: who wants it is told so, and not given another run. */
async function knownRun(root: string, data: Opened, wanted: string | undefined): Promise<RunRow> {
  if (!isOutdated(root, data)) return await chosenRun(data.db, data.unreadable, wanted);
  const known = wanted === undefined ? undefined : await resolveRun(data.db, wanted).catch(() => undefined);
  if (known !== undefined) return known;
  throw new Fault(
    ExitCode.FAILED,
    `recordings of ${root} changed since this program opened one of them`,
    'Close what it has open, and open it again; or name a run that was there.',
  );
}

function letGo(root: string, mine: Shared, db: Opened['db'] | undefined): void {
  if (--mine.sessions > 0) return;
  shared.delete(root);
  db?.close();
}

function onlyOnce(close: () => void): () => void {
  let isClosed = false;
  return () => {
    if (isClosed) return;
    isClosed = true;
    close();
  };
}
