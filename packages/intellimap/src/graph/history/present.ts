/** Who a function is now that is named by an id that it had: renames and moves, forwards to the work tree. I/O: runs `git`, reads files. */
import { BROKEN, lastWord, type PastFile } from './functions.ts';
import { logOf } from './log.ts';
import type { Pair } from './matching.ts';
import { successorIn, whereto } from './predecessor.ts';
import { parsed, type Repository } from './repository.ts';

/** A function by its id, and its file. */
export interface Named {
  id: string;
  path: string;
}

/** @returns what it is in the work tree; of one that was removed, the last that it was; what was asked for, if nobody was ever called so */
export async function presentOf(repository: Repository, wanted: Named): Promise<Named> {
  let last = wanted;
  // On two branches, each may have become the other.
  const seen = new Set<string>();
  while (!seen.has(last.id)) {
    seen.add(last.id);
    const next = await nextOf(repository, last);
    if (next === null) return last;
    last = { id: next.new, path: next.to.path };
  }
  return last;
}

/** Who it became when it was there for the last time; null: it is there, or was removed. */
async function nextOf(repository: Repository, { id, path }: Named): Promise<Pair | null> {
  const { head } = repository;
  const present = repository.now(path);
  if (has(present, id)) return null;
  const committed = parsed(await repository.at(head, path));
  if (committed !== null && has(committed, id))
    return await successor(repository, committed, present, id, [head, null]);
  let newer = committed;
  for await (const commit of logOf(repository.root, head, path)) {
    const text = await repository.at(commit.id, path);
    // Who was there before a text that cannot be parsed is looked for in the next one that can.
    const now = text === BROKEN ? newer : text;
    newer = now;
    for (const parent of commit.parents) {
      if (!(await repository.mentions(parent, path, lastWord(id)))) continue;
      const old = parsed(await repository.at(parent, path));
      if (old !== null && has(old, id) && !has(now, id))
        return await successor(repository, old, now, id, [`${commit.id}^1`, commit.id]);
    }
  }
  return null;
}

const has = (file: PastFile | null, id: string): boolean =>
  file?.functions.some((one) => one.id === id) ?? false;

/** @param change the commits before and after; null: the work tree */
async function successor(
  repository: Repository,
  old: PastFile,
  now: PastFile | null,
  id: string,
  [parent, commit]: [string, string | null],
): Promise<Pair | null> {
  const was = old.functions.find((one) => one.id === id)!;
  return successorIn(old, now, was) ?? (await whereto(repository, parent, commit, was));
}
