/**
 * Functions of which each call is to be looked at by itself, and what is said within them. What such a function is given does not get about: it writes to what it is given,
 * makes functions that use it, or hands it on by a name. Looked at once for all of their calls, each caller would have what all others gave.
 */
import type { Scopes } from '../scopes/scopes.ts';
import type { Collector } from './collect.ts';
import type { Extent, FunctionFacts, Range, Slot } from './facts.ts';

/** Things said within a function; a larger one would cost more than it tells. */
const MOST_SAID = 40;

const LISTS = ['functions', 'classes', 'holds', 'flows', 'loads', 'stores', 'inherits', 'sites'] as const;

/** How much was said so far. */
export interface Stand {
  slots: number;
  objects: number;
  imports: number;
  lists: number[];
}

export const standOf = ({ facts }: Collector): Stand => ({
  slots: facts.slots,
  objects: facts.objects,
  imports: facts.imports.length,
  lists: LISTS.map((name) => facts[name].length),
});

/**
 * @param before what was said when the function began
 * @returns null: one look at it will do
 */
export function extentOf(
  node: number,
  it: FunctionFacts,
  before: Stand,
  into: Collector,
): Extent | null {
  const { facts, tree } = into;
  if (it.parameters.length === 0 && it.rest.length === 0) return null;
  const lists = LISTS.map((name, index): Range => [before.lists[index], facts[name].length]);
  const said = lists.reduce((sum, [from, to]) => sum + to - from, 0);
  if (said > MOST_SAID || facts.imports.length > before.imports) return null;
  const [functions, classes, holds, flows, loads, stores, inherits, sites] = lists;
  // It is itself the first function, and the first thing that is held.
  functions[0]++;
  holds[0]++;
  const isSure = changesWhatItIsGiven(it, stores, loads, into) || definesByName(sites, into);
  if (!isSure && !handsOnNames(sites, into)) return null;
  const bindings = bindingsWithin(node, tree.after[node], into.scopes);
  if (bindings === null) return null;
  const slots: Range = [before.slots, facts.slots];
  if (!isSure) into.namesHandedOn.push(it);
  return { bindings, slots, functions, classes, objects: [before.objects, facts.objects], holds, flows, loads, stores, inherits, sites };
} // prettier-ignore

/** It writes a member of a parameter, or of `this` by a name that is not always the same. */
function changesWhatItIsGiven(it: FunctionFacts, stores: Range, loads: Range, { facts }: Collector): boolean {
  const given = new Set<Slot>(it.parameters);
  for (const { object, to } of facts.loads.slice(...loads)) if (given.has(object)) given.add(to);
  return facts.stores.slice(...stores).some(({ object, key }) => given.has(object) || key >= 0);
} // prettier-ignore

const DEFINE = /\b(?:defineProperty|__define[GS]etter__)$/;

const handsOnNames = (sites: Range, { facts }: Collector): boolean =>
  facts.sites.slice(...sites).some(({ literals }) => literals.some((each) => typeof each === 'number'));

const definesByName = (sites: Range, { facts }: Collector): boolean =>
  facts.sites
    .slice(...sites)
    .some(({ text, literals }) => DEFINE.test(text) && literals.some((each) => typeof each === 'number'));

/** Of functions that hand on a name that they are given, those are looked at for each call that hand it to one which is. To be asked when the whole file was seen. */
export function settleNames({ facts, namesHandedOn }: Collector): void {
  const open = new Set(namesHandedOn);
  const names = new Set(
    facts.functions.flatMap((each) => (each.extent === null || open.has(each) ? [] : [nameOf(each)])),
  );
  for (let found = true; found;) {
    found = false;
    for (const it of open) {
      const isOne = facts.sites
        .slice(...it.extent!.sites)
        .some(
          ({ text, literals }) =>
            names.has(lastWord(text)) && literals.some((each) => typeof each === 'number'),
        );
      if (!isOne) continue;
      found = true;
      open.delete(it);
      names.add(nameOf(it));
    }
  }
  for (const it of open) it.extent = null;
}

/** The last word of its id. */
const nameOf = ({ id }: FunctionFacts): string => lastWord(/[\w$.]*$/.exec(id ?? '')?.[0] ?? '') || '?';

/** `a.b` → `b` */
export const lastWord = (text: string): string => text.slice(text.lastIndexOf('.') + 1);

/** Bindings of the scopes within an extent of the tree; null: there are others between them. */
function bindingsWithin(from: number, to: number, { size, node, bindings }: Scopes): Range | null {
  let low = 0;
  for (let high = size; low < high;) {
    const middle = (low + high) >> 1;
    if (node[middle] < from) low = middle + 1;
    else high = middle;
  }
  if (low === size || node[low] >= to) return [0, 0];
  let end = low;
  while (end < size && node[end] < to) end++;
  return rangeOf(low, end, bindings);
}

/** By scopes' numbers. */
function rangeOf(first: number, end: number, bindings: Scopes['bindings']): Range | null {
  const all = byScope(bindings);
  let [from, to, count] = [Infinity, 0, 0];
  for (let scope = first; scope < end; scope++) {
    const own = all.get(scope);
    if (own === undefined) continue;
    from = Math.min(from, own.from);
    to = Math.max(to, own.to);
    count += own.count;
  }
  if (count === 0) return [0, 0];
  return to - from === count ? [from, to] : null;
}

interface OfScope {
  from: number;
  to: number;
  count: number;
}

const known = new WeakMap<Scopes['bindings'], Map<number, OfScope>>();

function byScope(bindings: Scopes['bindings']): Map<number, OfScope> {
  let all = known.get(bindings);
  if (all !== undefined) return all;
  all = new Map();
  for (let binding = 0; binding < bindings.size; binding++) {
    const scope = bindings.scope[binding];
    const own = all.get(scope);
    if (own === undefined) all.set(scope, { from: binding, to: binding + 1, count: 1 });
    else {
      own.to = binding + 1;
      own.count++;
    }
  }
  known.set(bindings, all);
  return all;
}
