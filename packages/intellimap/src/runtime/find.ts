/** The processes of a run that can be steered. I/O: `control/*.json` in run folders. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONTROL_VERSION, type ControlFile } from '@intellimap/probe/wire';
import { listRunFolders, runFolder } from '../record/folder.ts';

/** What `control/` of a run names; some of them may have ended since. */
export function controlFiles(root: string, run: string): ControlFile[] {
  const folder = join(runFolder(root, run), 'control');
  return namesIn(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => readControl(join(folder, name)) ?? []);
}

/** Ids of runs, newest first. */
export const runsOf = (root: string): string[] => listRunFolders(root).toReversed();

/** The newest run that can be steered. */
export function newestRun(root: string): string | undefined {
  return runsOf(root).find((run) => controlFiles(root, run).some(({ pid }) => isAlive(pid)));
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's, but there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readControl(file: string): ControlFile | undefined {
  try {
    const control = JSON.parse(readFileSync(file, 'utf8')) as ControlFile;
    return control.version <= CONTROL_VERSION ? control : undefined;
  } catch {
    return undefined;
  }
}
