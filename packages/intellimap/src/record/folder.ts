/** Recording folders on disk: making one, its `run.json`, finding those that exist. */
import { mkdirSync, readdirSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { unreadable } from '../base/fault.ts';
import type { RunFile } from '../base/recording.ts';
import { replaceFile } from '../store/replace-file.ts';

export const recordingsFolder = (root: string): string => join(root, '.intellimap');
export const runsFolder = (root: string): string => join(recordingsFolder(root), 'runs');
export const runFolder = (root: string, id: string): string => join(runsFolder(root), id);

/** Sorts by time, and is short enough to type a unique part of: `20261121-143005-k3f9`. */
export function newRunId(now: Date): string {
  const digits = now.toISOString().replace(/[-:]|\..*/g, '');
  return `${digits.replace('T', '-')}-${randomBytes(4).readUInt32LE().toString(36).padStart(4, '0').slice(-4)}`;
}

/** @throws the file system's error (EACCES, EROFS, ENOSPC, …) when the folder cannot be made; nothing is left behind then. */
export function createRunFolder(root: string, run: RunFile): string {
  const folder = runFolder(root, run.id);
  const existed = existsSync(recordingsFolder(root));
  try {
    mkdirSync(folder, { recursive: true });
    keepOutOfGit(root);
    writeRunFile(folder, run);
  } catch (error) {
    rmSync(existed ? folder : recordingsFolder(root), { recursive: true, force: true });
    throw error;
  }
  return folder;
}

/** Recordings hold whatever the program handled: they never go into version control by accident. */
export function keepOutOfGit(root: string): void {
  const ignore = join(recordingsFolder(root), '.gitignore');
  if (!existsSync(ignore)) writeFileSync(ignore, '*\n');
}

export function writeRunFile(folder: string, run: RunFile): void {
  replaceFile(join(folder, 'run.json'), `${JSON.stringify(run, null, 2)}\n`);
}

/** Ids of the recordings in a workspace, oldest first. @throws Fault when nobody can say. */
export function listRunFolders(root: string): string[] {
  try {
    return readdirSync(runsFolder(root), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(join(runsFolder(root), entry.name, 'run.json')))
      .map((entry) => entry.name)
      .toSorted();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw unreadable(error, runsFolder(root));
  }
}
