/** Errors, imports, and the order in which functions were first called. Pure. */
import { lowest } from '../../base/search.ts';
import { becauseOf, type Change, outside, type Pair, sureOf, type Thresholds } from './change.ts';
import type { Snapshot } from './snapshot.ts';

export function errorChanges(pair: Pair, { countTolerance }: Thresholds): Change[] {
  const { now, before, history } = pair;
  const signatures = new Set([...now.errors.keys(), ...before.errors.keys()]);
  return [...signatures].flatMap((signature): Change[] => {
    const [a, b] = [now.errors.get(signature), before.errors.get(signature)];
    const { name, template, path, line } = (a ?? b)!;
    const facts = {
      kind: 'error', key: signature, subject: `${name}: ${template}`, path, line, before: b?.count ?? 0, now: a?.count ?? 0, unit: 'errors', because: 'behaviour',
    } as const; // prettier-ignore
    if (a !== undefined && b !== undefined) {
      const past = [b, ...history.flatMap((run) => run.errors.get(signature) ?? [])].map(
        ({ count }) => count,
      );
      const what = outside(a.count, past, countTolerance);
      return what === null ? [] : [{ ...facts, what, confidence: past.length > 2 ? 'likely' : 'possible' }];
    }
    const confidence = sureOf(pair, (run) => run.errors.has(signature));
    return confidence === null ? [] : [{ ...facts, what: a === undefined ? 'removed' : 'added', confidence }];
  });
}

export function importChanges(pair: Pair): Change[] {
  const { now, before } = pair;
  const keys = new Set([...now.imports.keys(), ...before.imports.keys()]);
  const isLoaded = (run: Snapshot, path: string): boolean => run.functions.has(`ts:${path}#`);
  return [...keys].flatMap((key): Change[] => {
    const [a, b] = [now.imports.get(key), before.imports.get(key)];
    const { src, specifier, line } = (a ?? b)!;
    // A file that one of the runs did not load is told as a function: its module body.
    if (!isLoaded(now, src) || !isLoaded(before, src)) return [];
    const facts = { kind: 'import', key, subject: `${src} imports ${specifier}`, path: src, line, before: null, now: null, unit: '' } as const;
    const because = becauseOf(pair, [`ts:${src}#`]);
    if ((a === undefined) !== (b === undefined))
      return [{ ...facts, what: a === undefined ? 'removed' : 'added', because: 'code', confidence: 'certain' }];
    if (a!.used === b!.used || a!.used === null || b!.used === null) return [];
    const confidence = sureOf(pair, (run) => run.imports.get(key)?.used === true);
    if (confidence === null) return [];
    return [{ ...facts, what: 'other', subject: `${src} ${a!.used ? 'makes' : 'made'} use of ${specifier}`, before: b!.used ? 1 : 0, now: a!.used ? 1 : 0, because, confidence }];
  }); // prettier-ignore
}

/**
 * Functions whose first call in the program's start moved past those of others. As few as possible are said to have moved: what is left is the longest
 * part that has the order of before (Fredman: On computing the length of longest increasing subsequences, 1975).
 */
export function orderChanges(pair: Pair): Change[] {
  const { now, before, history } = pair;
  const moved = movedIn(now.order, before.order);
  const unstable = new Set(history.flatMap((run) => [...movedIn(run.order, before.order).keys()]));
  return [...moved].flatMap(([id, { from, to }]): Change[] => {
    const fact = now.functions.get(id);
    if (unstable.has(id) || fact === undefined) return [];
    return [
      { kind: 'order', what: to < from ? 'earlier' : 'later', key: id, subject: fact.name, path: fact.path, line: fact.line, before: from + 1, now: to + 1, unit: 'th first call', because: becauseOf(pair, [id]), confidence: history.length > 1 ? 'likely' : 'possible' },
    ]; // prettier-ignore
  });
}

/** Places count among those that are in both. */
export function movedIn(
  now: readonly string[],
  before: readonly string[],
): Map<string, { from: number; to: number }> {
  const here = new Set(now);
  const places = new Map(before.filter((id) => here.has(id)).map((id, at) => [id, at]));
  const common = now.filter((id) => places.has(id));
  const kept = longestIncreasing(common.map((id) => places.get(id)!));
  return new Map(common.flatMap((id, to) => (kept.has(to) ? [] : [[id, { from: places.get(id)!, to }]])));
}

/** Indices of a longest increasing part of distinct numbers. */
function longestIncreasing(numbers: readonly number[]): Set<number> {
  /** [length − 1] index of the least number that ends an increasing part of that length */
  const ends: number[] = [];
  const previous: number[] = [];
  for (const [index, number] of numbers.entries()) {
    const at = lowest(ends.length, (n) => numbers[ends[n]] >= number);
    previous[index] = at > 0 ? ends[at - 1] : -1;
    ends[at] = index;
  }
  const kept = new Set<number>();
  for (let at = ends.at(-1) ?? -1; at >= 0; at = previous[at]) kept.add(at);
  return kept;
}
