/** Functions between the same neighbours within the same parent: there less in common will do, and a name that is nearly the same speaks for itself. Pure. */
import { aligned } from './align.ts';
import type { PastFunction } from './functions.ts';
import { dice, bagOfPairs } from './likeness.ts';
import type { Matching } from './matching.ts';

/** What the texts must have in common at least, and with what the names have in common. */
const LEAST = 0.2;
const LEAST_TOGETHER = 0.55;
/** What a name that is the same adds to it. */
const NAME = 0.35;
/** Names have to have that in common, or else the texts this. */
const NAMED = 0.4;
const UNNAMED = 0.5;
/** Gaps with more pairs than that were written anew. */
const MOST_PAIRS = 400;

export function byNeighbours(matching: Matching): boolean {
  const before = matching.pairs.size;
  const news = children(matching.new.functions);
  for (const [scope, olds] of children(matching.old.functions)) {
    const there = news.get(matching.scopeNow(scope) ?? '');
    if (there !== undefined) fillGaps(matching, olds, there);
  }
  return matching.pairs.size > before;
}

function children(functions: readonly PastFunction[]): Map<string, PastFunction[]> {
  const found = new Map<string, PastFunction[]>();
  for (const one of functions) {
    if (one.scope === '') continue;
    const list = found.get(one.scope);
    if (list === undefined) found.set(one.scope, [one]);
    else list.push(one);
  }
  return found;
}

/** Between two siblings who are known, in a row on both sides, stand those who are not. */
function fillGaps(matching: Matching, olds: readonly PastFunction[], news: readonly PastFunction[]): void {
  const place = new Map(news.map((one, index) => [one, index]));
  let gap: PastFunction[] = [];
  let from = 0;
  const fill = (to: number): void => {
    const there = news.slice(from, to).filter((one) => !matching.new.taken.has(one));
    if (gap.length > 0 && gap.length * there.length <= MOST_PAIRS) pairGap(matching, gap, there);
    gap = [];
  };
  for (const one of olds) {
    const known = matching.pairs.get(one);
    if (known === undefined) {
      gap.push(one);
      continue;
    }
    const here = place.get(known.to);
    // It went elsewhere, or in front of those before it.
    if (here === undefined || here < from) continue;
    fill(here);
    from = here + 1;
  }
  fill(news.length);
}

function pairGap(matching: Matching, olds: PastFunction[], news: PastFunction[]): void {
  const score = (from: PastFunction, to: PastFunction): number => {
    const alike = matching.alike(from, to);
    const name = dice(bagOfPairs(from.anchor), bagOfPairs(to.anchor));
    const isLikely = alike >= (name >= NAMED ? LEAST : UNNAMED) && alike + NAME * name >= LEAST_TOGETHER;
    return isLikely ? alike + NAME * name : 0;
  };
  const pairs = aligned(olds.length, news.length, (i, k) => score(olds[i], news[k]));
  for (const [i, k] of pairs) matching.pair(olds[i], news[k], 'alike, same spot');
}
