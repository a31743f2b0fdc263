/**
 * Who is who between two snapshots of a workspace: ids survive what happens elsewhere, and this follows a function through what happens to itself.
 *
 * The steps go from sure to likely, and nobody is taken twice. Whoever has been found opens what is within: a renamed class or callback gives other ids to all
 * that it holds, and they are looked for there first. So steps are repeated until nothing new is found. Pure, and the same whatever the order of the files.
 */
import { byBody, bySharedText } from './by-text.ts';
import { byNeighbours } from './by-neighbours.ts';
import { byPlace } from './by-place.ts';
import type { PastFile } from './functions.ts';
import { type Alias, Matching, type Pair } from './matching.ts';
import { byContents } from './scopes-by-contents.ts';

export type { Alias, Pair } from './matching.ts';

/**
 * @param old files before; those that did not change may be missing on both sides
 * @param renames files that git takes for the same: old path → new path
 * @returns a row for each function that is on both sides, in the order of the old ones
 */
export function carryOver(
  old: readonly PastFile[],
  now: readonly PastFile[],
  renames: ReadonlyMap<string, string> = new Map(),
): Pair[] {
  const matching = new Matching(old, now, renames);
  const steps: ((matching: Matching) => boolean)[] = [
    (it) => byPlace(it, 'surely'),
    byContents,
    byBody,
    (it) => bySharedText(it, true),
    (it) => byPlace(it, 'likely'),
    (it) => bySharedText(it),
    byNeighbours,
    (it) => byPlace(it, 'left'),
  ];
  // The first step that finds something opens scopes: it is surest there, too.
  while (steps.some((step) => step(matching)));
  return matching.old.functions.flatMap((one) => matching.pairs.get(one) ?? []);
}

/** Those whose id is another one now. */
export const aliasesOf = (pairs: readonly Pair[]): Alias[] =>
  pairs
    .filter((pair) => pair.old !== pair.new)
    .map(({ old, new: now, reason, score }) => ({ old, new: now, reason, score }));
