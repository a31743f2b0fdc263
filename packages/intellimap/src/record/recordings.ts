/** Recordings of a workspace as their folders show them; protecting them, and taking them away. I/O: the folder `.intellimap`. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RunFile } from '../base/recording.ts';
import { isAlive } from '../store/is-alive.ts';
import { listRunFolders, recordingsFolder, runFolder } from './folder.ts';
import { replaceFile } from '../store/replace-file.ts';
import type { RecordingFacts } from './retention.ts';

/** A run without an end whose folder changed so lately may be running where its processes cannot be seen: in another container. */
const QUIET_MS = 600_000;
const REMOVED = 'removed-';

/** Oldest first. */
export function recordingFacts(root: string, now: number): RecordingFacts[] {
  const baselines = baselineTexts(root);
  const facts = listRunFolders(root).map((id) => {
    const folder = runFolder(root, id);
    const { bytes, changedAt } = measured(folder);
    const { startedAt = 0, ...run } = readRun(folder);
    const held = isRunning(folder, run, changedAt, now) ? 'running' : heldBy(root, id, baselines);
    // An old profile is not old when it has just been imported.
    return { id, startedAt: run.imported === undefined ? startedAt : changedAt, bytes, held };
  });
  return facts.toSorted((a, b) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1));
}

/** Bytes of a file; 0: there is none. */
export function fileBytes(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}

function measured(folder: string): { bytes: number; changedAt: number } {
  let bytes = 0;
  let changedAt = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    try {
      const { size, mtimeMs } = statSync(join(entry.parentPath, entry.name));
      bytes += size;
      changedAt = Math.max(changedAt, mtimeMs);
    } catch {
      // It went away meanwhile.
    }
  }
  return { bytes, changedAt };
}

function readRun(folder: string): Partial<RunFile> {
  try {
    return JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as Partial<RunFile>;
  } catch {
    return {};
  }
}

function isRunning(
  folder: string,
  { endedAt, recorder }: Partial<RunFile>,
  changedAt: number,
  now: number,
): boolean {
  if (endedAt !== undefined) return false;
  if (recorder !== undefined && isAlive(recorder)) return true;
  return processes(folder).some(isAlive) || now - changedAt < QUIET_MS;
}

function processes(folder: string): number[] {
  try {
    return readdirSync(join(folder, 'processes')).map((name) => Number.parseInt(name, 10));
  } catch {
    return [];
  }
}

const protectedFile = (root: string, id: string): string => join(recordingsFolder(root), 'protected', id);

/** Who asked that it stays; null: nobody. */
function heldBy(root: string, id: string, baselines: Map<string, string>): string | null {
  for (const [name, text] of baselines) if (text.includes(id)) return `baseline ${name}`;
  try {
    const why = readFileSync(protectedFile(root, id), 'utf8').trim();
    return why === '' ? 'protected' : `protected: ${why}`;
  } catch {
    return null;
  }
}

/** Texts of the baselines of a workspace, which name the runs that they were made from. */
function baselineTexts(root: string): Map<string, string> {
  const folder = join(recordingsFolder(root), 'baselines');
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
    return new Map(names.map((name) => [name.slice(0, -5), readFileSync(join(folder, name), 'utf8')]));
  } catch {
    return new Map();
  }
}

/** The recording is not removed with old ones. @param why in words; may be empty */
export function protect(root: string, id: string, why: string): void {
  const file = protectedFile(root, id);
  mkdirSync(join(file, '..'), { recursive: true });
  replaceFile(file, `${why}\n`);
}

/** @returns whether it was protected */
export function release(root: string, id: string): boolean {
  const was = fileBytes(protectedFile(root, id)) > 0;
  rmSync(protectedFile(root, id), { force: true });
  return was;
}

/**
 * Takes folders away. Each is gone at once: one that is half removed would be half a recording.
 * @throws the file system's error
 */
export function removeFolders(root: string, ids: readonly string[]): void {
  const recordings = recordingsFolder(root);
  for (const id of ids) {
    renameSync(runFolder(root, id), join(recordings, REMOVED + id));
    // How far a loader of it was, and where moments are in it.
    rmSync(join(recordings, 'loading', id), { recursive: true, force: true });
    rmSync(join(recordings, 'moments', id), { recursive: true, force: true });
  }
  // Those as well that an earlier one began with.
  for (const name of readdirSync(recordings))
    if (name.startsWith(REMOVED)) rmSync(join(recordings, name), { recursive: true, force: true });
}

/** What somebody made of recordings, and wants to compare later ones with. */
const STAYS = ['baselines', 'reports', 'seals'];

/** Recordings, the database, the history: all but what stands for itself. The folder goes, too, when nothing is left in it. */
export function removeEverything(root: string): void {
  const recordings = recordingsFolder(root);
  if (!existsSync(recordings)) return;
  const names = readdirSync(recordings);
  const stay = names.filter((name) => STAYS.includes(name));
  if (stay.length === 0) return rmSync(recordings, { recursive: true, force: true });
  for (const name of names)
    if (!STAYS.includes(name) && name !== '.gitignore')
      rmSync(join(recordings, name), { recursive: true, force: true });
}
