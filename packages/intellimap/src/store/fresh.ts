/**
 * Does the database already have all that is recorded? Asked of it read-only, as any number of processes may at once: who only reads waits for nobody that reads,
 * and a session that is open for long keeps nobody from asking.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SCHEMA_VERSION } from '../schema/index.ts';
import { connectTo, openWaiting, type OpenedDatabase } from './database.ts';
import { fingerprint, runFolders } from './run-folder.ts';
import { storeFile } from './store-file.ts';
import { hasViews } from './views.ts';

/** false as well where it cannot be asked: whoever opens it for writing waits, repairs it, or says what is wrong. */
export async function isFresh(root: string): Promise<boolean> {
  const file = storeFile(root);
  if (!existsSync(file)) return false;
  try {
    const database = await openWaiting(file, () => connectTo(file, { access_mode: 'READ_ONLY' }), {
      waitMs: 0,
    });
    try {
      return (
        (await isOfThisVersion(database)) && (await hasRuns(database, join(root, '.intellimap', 'runs')))
      );
    } finally {
      database.close();
    }
  } catch {
    return false;
  }
}

async function isOfThisVersion(database: OpenedDatabase): Promise<boolean> {
  const [row] = await database.all<{ version: number }>('SELECT version FROM schema_version');
  return row?.version === SCHEMA_VERSION && (await hasViews(database));
}

/** These runs as they are now, and no others. */
async function hasRuns(database: OpenedDatabase, folder: string): Promise<boolean> {
  const rows = await database.all<{ id: string; state: string }>(
    'SELECT id, loaded_state AS state FROM runs',
  );
  const known = new Map(rows.map(({ id, state }) => [id, state]));
  const ids = runFolders(folder);
  return ids.length === known.size && ids.every((id) => known.get(id) === fingerprint(join(folder, id)));
}
