/**
 * Functions that are where they were: the same anchor within the same scope, by whatever name that goes now. Pure.
 *
 * Anchors that several have (`it(…)@1`, `list.map@0`, `fn`) are told apart by a number, which changes when one is put in front of them. So these are
 * taken together and aligned.
 */
import { aligned } from './align.ts';
import { isNameless, type PastFunction } from './functions.ts';
import type { Matching } from './matching.ts';

/** One that has less in common is looked for elsewhere first. */
const SURELY = 0.5;
/** Of anchors that name nothing, one that has less in common is another function. */
const NAMELESS = 0.4;
/** But for one that nobody else is left for. */
const LEFT = 0.15;
/** Of those with the same text, what stands in front of them decides. */
const FRONT = 0.05;
/** More pairs of one anchor are not compared: those of one number are taken. */
const MOST_PAIRS = 40_000;

export type How = 'surely' | 'likely' | 'left';

/** @param how `surely`: only those that have much in common */
export function byPlace(matching: Matching, how: How): boolean {
  const before = matching.pairs.size;
  const news = grouped(matching.new.free());
  // In order of appearance: who is found tells where those within are.
  for (const olds of grouped(matching.old.free()).values()) {
    const [{ id, scope, anchor }] = olds;
    const now = matching.scopeNow(scope === '' ? id : scope);
    if (now === undefined) continue;
    if (scope === '') {
      const module = matching.new.byId.get(now);
      if (module !== undefined && !matching.new.taken.has(module)) settle(matching, olds[0], module);
      continue;
    }
    const there = news.get(`${now} ${anchor}`)?.filter((one) => !matching.new.taken.has(one)) ?? [];
    if (there.length > 0) settleAll(matching, olds, there, leastFor(anchor, how));
  }
  return matching.pairs.size > before;
}

/** Those of one anchor, in order of appearance; a module is alone. */
function grouped(functions: PastFunction[]): Map<string, PastFunction[]> {
  const groups = new Map<string, PastFunction[]>();
  for (const one of functions) {
    const key = one.scope === '' ? one.id : `${one.scope} ${one.anchor}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}

function leastFor(anchor: string, how: How): number {
  if (how === 'surely') return SURELY;
  if (!isNameless(anchor)) return 0;
  return how === 'left' ? LEFT : NAMELESS;
}

function settleAll(matching: Matching, olds: PastFunction[], news: PastFunction[], least: number): void {
  const isAlone = olds.length === 1 && news.length === 1;
  const score = (from: PastFunction, to: PastFunction): number => {
    if (from.hash === to.hash) return isAlone ? 1 : 1 + FRONT * matching.alikeInFront(from, to);
    const alike = matching.alike(from, to, least);
    return alike < least ? 0 : Math.max(alike, 0.01) * 0.9;
  };
  if (olds.length * news.length > MOST_PAIRS) {
    for (const old of olds) {
      const same = matching.new.byId.get(old.id);
      if (same?.hash === old.hash && !matching.new.taken.has(same)) settle(matching, old, same);
    }
    return;
  }
  for (const [i, k] of aligned(olds.length, news.length, (a, b) => score(olds[a], news[b])))
    settle(matching, olds[i], news[k]);
}

function settle(matching: Matching, from: PastFunction, to: PastFunction): void {
  matching.pair(from, to, from.hash === to.hash ? 'unchanged' : 'same place');
}
