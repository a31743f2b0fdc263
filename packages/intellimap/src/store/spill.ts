/** Where a database that answers puts what does not fit into memory: a folder named after the process, so that what a killed one left behind is known. */
import { isAlive } from './is-alive.ts';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Folders of sessions, and copies of the database that were not finished (`compact.ts`). */
const NAME = /^(?:spill-|store\.duckdb\.)(\d+)(?:-\d+|\.tmp(?:\.\w+)?)$/;
let sessions = 0;

/** A folder for one session; those of processes that are no more are taken away. */
export function spillFolder(root: string): string {
  const recordings = join(root, '.intellimap');
  for (const name of readdirSync(recordings)) {
    const pid = Number(NAME.exec(name)?.[1] ?? process.pid);
    if (pid !== process.pid && !isAlive(pid)) remove(join(recordings, name));
  }
  sessions += 1;
  return join(recordings, `spill-${process.pid}-${sessions}`);
}

function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // It is somebody else's, or the disk is read-only: no reason not to answer.
  }
}
