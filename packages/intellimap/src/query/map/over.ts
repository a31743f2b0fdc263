/** Which runs the map is made of, where it is asked about more than one. */
import type { ReadingSession } from '../../store/index.ts';
import type { RunRow } from '../session.ts';

/** The last runs up to the one that is asked about: of the same command, or of any. */
export type Over = 'command' | 'all';

/** More runs are of other code, mostly. */
const MOST = 20;

/** Ids, newest first, the asked one among them. Imported ones have no functions of their own. */
export async function runsOver(db: ReadingSession, run: RunRow, over: Over): Promise<string[]> {
  const rows = await db.all<{ id: string }>(
    `SELECT p.id FROM all_runs.runs p JOIN all_runs.runs r ON r.id = $run
     WHERE p.ts <= r.ts AND p.imported IS NULL ${over === 'command' ? 'AND p.command = r.command' : ''}
     ORDER BY p.ts DESC, p.id DESC LIMIT ${MOST}`,
    { run: run.id },
  );
  const ids = rows.map(({ id }) => id);
  return ids.includes(run.id) ? ids : [run.id, ...ids];
}
