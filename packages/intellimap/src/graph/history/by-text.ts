/** Functions that went elsewhere, or have another name: known by their text. Pure. */
import { isNameless, type PastFunction } from './functions.ts';
import { type Matching, outerOf } from './matching.ts';

/** Tokens of a text that says something by itself: `() => true` is everywhere. */
const TELLING = 8;
/** What the texts must have in common within the same parent or by the same name, and anywhere. */
const NEAR = 0.6;
const FAR = 0.75;
/** So much in common weighs more than a name that something else has now. */
const STRONG = 0.8;
/** Pairs that are compared in one step; beyond, the smallest functions are left out. */
const MOST_PAIRS = 2_000_000;

/** The same body. Of several, that in the same place, by the same name, in the same order. */
export function byBody(matching: Matching): boolean {
  const opened = new Set<string>();
  const news = new Map<string, PastFunction[]>();
  for (const one of matching.new.free())
    if (one.scope !== '') (news.get(one.hash) ?? newList(news, one.hash)).push(one);
  const olds = matching.old.free().filter(({ scope, hash }) => scope !== '' && news.has(hash));
  // Largest first: who is within is looked for by place afterwards.
  for (const old of bySize(olds)) {
    if (matching.old.taken.has(old) || isWithin(opened, old)) continue;
    const there = news.get(old.hash)!.filter((one) => !matching.new.taken.has(one));
    const best = bestOf(there, (one) => closeness(matching, old, one));
    if (best === undefined) continue;
    // What says nothing by itself is at least within who it was in.
    const isTold = matching.old.bagOf(old).length >= TELLING || closeness(matching, old, best) >= SAME_PARENT;
    if (!isTold) continue;
    matching.pair(old, best, 'same body');
    opened.add(old.id);
  }
  return opened.size > 0;
}

function isWithin(opened: ReadonlySet<string>, { scope }: PastFunction): boolean {
  for (let outer = scope; outer !== '' && !outer.endsWith('#'); outer = outerOf(outer))
    if (opened.has(outer)) return true;
  return false;
}

function newList(lists: Map<string, PastFunction[]>, key: string): PastFunction[] {
  const list: PastFunction[] = [];
  lists.set(key, list);
  return list;
}

const bySize = (functions: PastFunction[]): PastFunction[] =>
  functions.toSorted((a, b) => b.end - b.start - (a.end - a.start));

const SAME_PARENT = 4;

/** What speaks for two functions beside their text. */
function closeness(matching: Matching, old: PastFunction, one: PastFunction): number {
  const isSameParent = matching.scopeNow(old.scope) === one.scope;
  const isSameFile = matching.scopeNow(`ts:${old.path}#`) === `ts:${one.path}#`;
  return (isSameParent ? SAME_PARENT : 0) + (old.anchor === one.anchor ? 2 : 0) + (isSameFile ? 1 : 0);
}

/** The first of those with the highest rank. */
function bestOf<T>(list: readonly T[], rank: (one: T) => number): T | undefined {
  let best: T | undefined;
  let highest = -Infinity;
  for (const one of list) {
    const here = rank(one);
    if (here > highest) [best, highest] = [one, here];
  }
  return best;
}

interface Likely {
  from: PastFunction;
  to: PastFunction;
  score: number;
  rank: number;
}

/** Bodies that have much in common: less of them will do within the same parent, or with the same name. */
export function bySharedText(matching: Matching, strong = false): boolean {
  const found: Likely[] = [];
  const news = bySize(matching.new.free().filter(({ scope }) => scope !== ''));
  let left = MOST_PAIRS;
  for (const from of bySize(matching.old.free().filter(({ scope }) => scope !== ''))) {
    const scope = matching.scopeNow(from.scope);
    for (const to of news) {
      if (--left < 0) break;
      const isNear = to.scope === scope;
      const isNamesake = from.anchor === to.anchor && !isNameless(from.anchor);
      const score = matching.alike(from, to, isNear || isNamesake ? NEAR : FAR);
      const isLikely = strong
        ? (isNear || isNamesake) && score >= STRONG && isTelling(matching, from, to)
        : isNear || isNamesake
          ? score >= NEAR
          : score >= FAR && isTelling(matching, from, to);
      if (isLikely)
        found.push({
          from,
          to,
          score,
          rank: score + (isNamesake ? 0.2 : 0) + (isNear ? 0.1 : 0) + (from.path === to.path ? 0.02 : 0),
        });
    }
  }
  return pairBest(matching, found);
}

const isTelling = (matching: Matching, from: PastFunction, to: PastFunction): boolean =>
  Math.min(matching.old.bagOf(from).length, matching.new.bagOf(to).length) >= TELLING;

function pairBest(matching: Matching, found: Likely[]): boolean {
  const { old, new: now } = matching;
  const place = ({ from, to }: Likely): number =>
    old.order.get(from)! * now.functions.length + now.order.get(to)!;
  found.sort((a, b) => b.rank - a.rank || place(a) - place(b));
  const opened = new Set<string>();
  for (const { from, to, score } of found) {
    if (old.taken.has(from) || now.taken.has(to)) continue;
    // Who is in what was found just now is looked for there first.
    if (isWithin(opened, from)) continue;
    matching.pair(
      from,
      to,
      matching.scopeNow(from.scope) === to.scope ? 'alike, same parent' : 'alike',
      score,
    );
    opened.add(from.id);
  }
  return opened.size > 0;
}
