/** Sessions of runs, two for each: what is quick waits for nothing that is slow. What a quick one remembers outlives the opened database, until its run changes. */
import { once } from '../../base/once.ts';
import type { Settings } from '../../base/settings/index.ts';
import { chosenRun, type RunRow, type Session } from '../session.ts';
import { failedOf, type Opened } from './opened.ts';
import { type SharedReading, sharedReading } from './shared-reading.ts';

/** What is remembered of a session may be some MB. */
const KEPT = 4;

interface Kept {
  session: Session;
  db: SharedReading;
}

type SessionOf = (data: Opened, wanted: { run?: string | undefined; slow?: boolean }) => Promise<Session>;

export function createSessions(settings: Settings): SessionOf {
  /** Quick ones by run, the one that was begun last at the end. */
  const kept = new Map<string, Kept>();

  async function begun({ db, unreadable }: Opened, run: RunRow, slow: boolean): Promise<Session> {
    const own = await db.beside(run.id);
    const before = slow ? undefined : kept.get(run.id);
    if (before !== undefined && before.session.run.loaded_state === run.loaded_state) {
      before.db.use(own);
      return before.session;
    }
    const shared = sharedReading(own, run.id);
    const failed = failedOf(unreadable);
    const session = { db: shared, run, settings, failed, close: () => shared.close() };
    if (!slow) keep(run.id, { session, db: shared });
    return session;
  }

  function keep(run: string, made: Kept): void {
    kept.delete(run);
    kept.set(run, made);
    const [oldest] = kept.keys();
    if (kept.size > KEPT) kept.delete(oldest);
  }

  return async (data, { run: wanted, slow = false }) => {
    const run = await once(data.runs, wanted ?? '', () => chosenRun(data.db, data.unreadable, wanted));
    return await once(data.sessions, `${run.id} ${slow ? 'slow' : 'quick'}`, () => begun(data, run, slow));
  };
}
