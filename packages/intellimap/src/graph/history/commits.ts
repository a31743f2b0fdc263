/** What changed from one commit to another, as functions: only files that changed are read. I/O: runs `git`. */
import { languageOf } from '../../load/scope.ts';
import type { Blobs } from './blobs.ts';
import { type PastFile, readPast } from './functions.ts';
import { pieces } from './git.ts';

/** A file that differs; null where it is not there. Paths are from the top of the repository. */
export interface ChangedFile {
  oldPath: string | null;
  newPath: string | null;
  /** Names of the contents, for `Blobs`. */
  oldBlob: string | null;
  newBlob: string | null;
}

/** Two snapshots, of what changed only. */
export interface Snapshots {
  old: PastFile[];
  now: PastFile[];
  /** Files that git takes for the same: old path → new path. */
  renames: Map<string, string>;
}

/**
 * Program texts that differ between two commits; renames as git finds them (half of the text the same).
 * @param to null: as they are in the work tree; then `newBlob` says nothing
 */
export async function* changedFiles(
  folder: string,
  from: string,
  to: string | null,
): AsyncGenerator<ChangedFile> {
  const options = ['-r', '-M', '--raw', '-z', '--no-abbrev', '--no-ext-diff'];
  const words = pieces(
    folder,
    to === null ? ['diff-index', ...options, from, '--'] : ['diff-tree', ...options, from, to, '--'],
  );
  for await (const word of words) {
    const [, oldBlob, newBlob, status] = /^:\d+ \d+ ([0-9a-f]+) ([0-9a-f]+) ([A-Z])/.exec(word) ?? [];
    if (status === undefined) continue;
    const first = (await words.next()).value as string;
    const second = status === 'R' || status === 'C' ? ((await words.next()).value as string) : first;
    if (languageOf(first) === undefined && languageOf(second) === undefined) continue;
    const [isAdded, isGone] = [status === 'A' || status === 'C', status === 'D'];
    yield {
      oldPath: isAdded ? null : first,
      newPath: isGone ? null : second,
      oldBlob: isAdded ? null : oldBlob,
      newBlob: isGone ? null : newBlob,
    };
  }
}

/**
 * @param most files that are read at most: commits that change thousands of them are made by programs
 * @param read path and content's name → functions, by whatever path they shall have: `readBlob`, or who remembers
 */
export async function snapshotsOf(
  changes: AsyncIterable<ChangedFile> | Iterable<ChangedFile>,
  read: (path: string, blob: string, side: 'old' | 'now') => Promise<PastFile | null>,
  most: number,
): Promise<Snapshots> {
  const found: Snapshots = { old: [], now: [], renames: new Map() };
  let files = 0;
  for await (const { oldPath, newPath, oldBlob, newBlob } of changes) {
    if (++files > most) break;
    const old = oldPath === null ? null : await read(oldPath, oldBlob!, 'old');
    const now = newPath === null ? null : await read(newPath, newBlob!, 'now');
    if (old !== null) found.old.push(old);
    if (now !== null) found.now.push(now);
    if (old !== null && now !== null && old.path !== now.path) found.renames.set(old.path, now.path);
  }
  return found;
}

/** Functions of a file of some commit; null: it is no program text, or cannot be read. */
export async function readBlob(blobs: Blobs, path: string, blob: string): Promise<PastFile | null> {
  if (languageOf(path) === undefined) return null;
  const text = await blobs.read(blob);
  return text === null ? null : readPast(text, path);
}
