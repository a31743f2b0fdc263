/**
 * How many processes of a run are recorded at a time: each costs two threads, a socket and some 45 MiB, and a program may start more of them than a
 * machine can bear. A process that comes when all places are taken runs as it would without us, and is counted.
 *
 * The same holds for a process that has no working folder any more.
 *
 * A place is an empty file, `processes/<pid>`. Nobody needs to lock: who comes makes his file first and counts then, so that of those who come at
 * the same time too few may stay, but never too many. Places of processes that were killed are found when there are too many.
 */
import fs from 'node:fs';

// Taken now: programs replace them.
const { appendFileSync, closeSync, mkdirSync, openSync, readdirSync, unlinkSync } = fs;
const { stringify } = JSON;
const kill = process.kill.bind(process);
const cwd = process.cwd.bind(process);

/** Folder of the places, and the file with a line for each process that got none; below the run folder. */
const PLACES = 'processes';
const UNRECORDED = 'unrecorded.ndjson';

const placeOf = (runDir: string, pid: number): string => `${runDir}/${PLACES}/${pid}`;

/**
 * Takes a place for this process; false: there is none, which is noted. Where that cannot be told (nothing can be written), it is recorded:
 * its recording will say what is missing.
 * @param limit processes at a time; 0: any number
 */
export function admitted(runDir: string, pid: number, ppid: number, limit: number): boolean {
  if (!(limit > 0)) return true;
  try {
    const folder = `${runDir}/${PLACES}`;
    mkdirSync(folder, { recursive: true });
    closeSync(openSync(placeOf(runDir, pid), 'w'));
    if (readdirSync(folder).length <= limit) return true;
    if (clear(runDir, folder, pid) <= limit) return true;
    leave(runDir, pid);
    note(runDir, pid, ppid);
    return false;
  } catch {
    return true;
  }
}

/**
 * May threads start in this process? Where its working folder was removed, Node's fail as they start, and who waits for what one of ours
 * is to do would wait for long. Such a process is noted.
 */
export function hasWorkingFolder(runDir: string, pid: number, ppid: number): boolean {
  try {
    cwd();
    return true;
  } catch {
    // Noted or not, it cannot be recorded.
  }
  try {
    note(runDir, pid, ppid);
  } catch {
    // Nothing can be written.
  }
  return false;
}

const note = (runDir: string, pid: number, ppid: number): void =>
  appendFileSync(`${runDir}/${UNRECORDED}`, `${stringify({ __proto__: null, pid, ppid })}\n`);

/** Gives the place back. */
export function leave(runDir: string, pid: number): void {
  try {
    unlinkSync(placeOf(runDir, pid));
  } catch {
    // There was none, or the next one who finds no place will see that this process is gone.
  }
}

/** Takes away places of processes that are gone. Returns how many are left. */
function clear(runDir: string, folder: string, own: number): number {
  let left = 0;
  for (const name of readdirSync(folder)) {
    const pid = Number(name);
    if (pid === own || isAlive(pid)) left += 1;
    else leave(runDir, pid);
  }
  return left;
}

function isAlive(pid: number): boolean {
  try {
    return kill(pid, 0);
  } catch (error) {
    // Somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
