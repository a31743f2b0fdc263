/** Who a function was before a change, and who it is after: within its file, or wherever else the change went. I/O: runs `git`. */
import { carryOver } from './carry-over.ts';
import { type ChangedFile, changedFiles, type Snapshots, snapshotsOf } from './commits.ts';
import type { PastFile, PastFunction } from './functions.ts';
import type { Pair } from './matching.ts';
import type { Repository } from './repository.ts';

/** Files of one commit that are read at most, to see where a function came from or went. */
const MOST_FILES = 400;

/** Of the same file before. null: it was not there */
export function predecessorIn(old: PastFile | null, now: PastFile, here: PastFunction): Pair | null {
  if (old === null) return null;
  return untouched(old, here) ?? carryOver([old], [now]).find(({ to }) => to.id === here.id) ?? null;
}

/** Most commits change others: the same id with the same body is who it was, unless a number tells it from others of its name. */
function untouched(old: PastFile, here: PastFunction): Pair | null {
  const from = old.functions.find(({ id }) => id === here.id);
  const isSure = from?.hash === here.hash && !/~\d/.test(here.id);
  const isAlone =
    isSure &&
    !old.functions.some((one) => one !== from && one.anchor === here.anchor && one.scope === here.scope);
  if (!isAlone) return null;
  return { old: from.id, new: here.id, reason: 'unchanged', score: 1, from, to: here, isInPlace: true };
}

/** Of the same file after. null: it is not there any more */
export function successorIn(old: PastFile, now: PastFile | null, was: PastFunction): Pair | null {
  return now === null ? null : (carryOver([old], [now]).find(({ from }) => from.id === was.id) ?? null);
}

/**
 * In all that changed.
 * @param commit null: the work tree
 */
export async function wherefrom(
  repository: Repository,
  parent: string,
  commit: string | null,
  here: PastFunction,
): Promise<Pair | null> {
  const { old, now, renames } = await changesOf(repository, parent, commit, here.path);
  return carryOver(old, now, renames).find(({ to }) => to.id === here.id) ?? null;
}

/** As `wherefrom`, the other way. */
export async function whereto(
  repository: Repository,
  parent: string,
  commit: string | null,
  was: PastFunction,
): Promise<Pair | null> {
  const { old, now, renames } = await changesOf(repository, parent, commit, was.path);
  return carryOver(old, now, renames).find(({ from }) => from.id === was.id) ?? null;
}

/** @param path the file that comes first: not all may be read */
async function changesOf(
  repository: Repository,
  parent: string,
  commit: string | null,
  path: string,
): Promise<Snapshots> {
  const read = async (gitPath: string, blob: string, side: 'old' | 'now'): Promise<PastFile | null> => {
    const path = repository.nameOf(gitPath);
    return side === 'now' && commit === null ? repository.now(path) : await repository.blob(blob, path);
  };
  const changes: ChangedFile[] = [];
  for await (const change of changedFiles(repository.root, parent, commit)) changes.push(change);
  // Nothing went anywhere where all is new.
  if (changes.every(({ oldPath }) => oldPath === null)) return { old: [], now: [], renames: new Map() };
  const gitPath = repository.gitPath(path);
  const isOwn = ({ oldPath, newPath }: ChangedFile): boolean => oldPath === gitPath || newPath === gitPath;
  const own = changes.filter(isOwn);
  return await snapshotsOf([...own, ...changes.filter((each) => !isOwn(each))], read, MOST_FILES);
}
