/** What became of a function from one version to the next, in words. Pure. */
import type { PastFunction } from './functions.ts';
import type { Pair } from './matching.ts';

export const HAPPENINGS = ['made', 'edited', 'renamed', 'moved', 'removed'] as const;
export type Happening = (typeof HAPPENINGS)[number];

/** Nothing, where only a number of its id changed that tells it from others of its name. */
export function whatHappened({ from, to, isInPlace }: Pick<Pair, 'from' | 'to' | 'isInPlace'>): Happening[] {
  const found: Happening[] = [];
  const isMoved = from.path !== to.path || !isInPlace;
  const isRenamed = from.anchor !== to.anchor || (!isMoved && bare(from) !== bare(to));
  if (isMoved) found.push('moved');
  if (isRenamed) found.push('renamed');
  if (from.hash !== to.hash) found.push('edited');
  return found;
}

const bare = ({ scope }: PastFunction): string => scope.replaceAll(/~\d+(?=\/|$)/g, '');
