/**
 * Two runs as one tree of calls, aligned by the functions of each path. Pure.
 *
 *   before  main 100 ── serve 60 ── rank 40        now  main 180 ── serve 150 ── rank 20
 *                                                                          └─── score 90
 *   tree    main 100 → 180 ── serve 60 → 150 ┬─ rank 40 → 20
 *                                            └─ score 0 → 90
 *
 * Counts and times are known by pairs of caller and callee. Which of a function's callers its callees ran for they do not say, so each path is
 * given its share, as in `call-chains.ts`: a path is exact as long as each function on it has one caller. A path passes a function once, which folds
 * recursion.
 */
import { lowest } from '../../base/search.ts';
import type { OutEdge, RunGraph } from './graph.ts';

/** Bits of `PathTree.flags`. */
export const PATH_FLAG = {
  /** Figures of this run are shares: some function of the path has other callers, too. */
  SHARED_NOW: 1,
  SHARED_BEFORE: 2,
  /** It calls functions that are on the path already: what these do is not told apart from what they do above. */
  ROUND: 4,
} as const;

/** A row for each path of functions, callers before callees. What is missing in a run is 0. */
export interface PathTree {
  /** Row of the caller; -1: a root. */
  parent: Int32Array;
  /** Number of the function. */
  fn: Int32Array;
  /** In the measure, all below included. */
  now: Float64Array;
  before: Float64Array;
  /** Its own part of that. */
  ownNow: Float64Array;
  ownBefore: Float64Array;
  callsNow: Float64Array;
  callsBefore: Float64Array;
  flags: Uint8Array;
  /** Paths that were left out, with all that is below them, as they are too small or there are too many. */
  left: number;
}

export interface TreeLimits {
  /** Paths of less than this part of the larger run are left out. */
  minShare: number;
  /** Paths at most, the heaviest. */
  limit: number;
}

/** What one run has at a path. */
interface Part {
  value: number;
  /** Calls of the last function this way, those by itself included. */
  calls: number;
  isShared: boolean;
}

const NONE: Part = { value: 0, calls: 0, isShared: false };

interface Open {
  parent: number;
  fn: number;
  now: Part;
  before: Part;
  weight: number;
}

export function pathTree(now: RunGraph, before: RunGraph, { minShare, limit }: TreeLimits): PathTree {
  const open: Open[] = [];
  const done: Open[] = [];
  const round = new Set<number>();
  let left = 0;
  const least = minShare * Math.max(totalOf(now), totalOf(before));
  const put = (each: Omit<Open, 'weight'>): void => {
    const weight = Math.max(each.now.value, each.before.value);
    if (weight < least) left++;
    else insert(open, { ...each, weight });
  };
  for (const [fn, parts] of joined(rootParts(now), rootParts(before))) put({ parent: -1, fn, ...parts });
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (done.length >= limit) {
      left += open.length + 1;
      break;
    }
    const row = done.push(next) - 1;
    const path = pathOf(done, row);
    const callees = joined(calleeParts(now, next.fn, next.now), calleeParts(before, next.fn, next.before));
    for (const [fn, parts] of callees)
      if (path.has(fn)) round.add(row);
      else put({ parent: row, fn, ...parts });
  }
  return columnsOf(done, round, left, now, before);
}

/** All that a run took. */
export const totalOf = ({ roots }: RunGraph): number => roots.reduce((sum, { value }) => sum + value, 0);

function rootParts({ roots, callers, hits, again }: RunGraph): Map<number, Part> {
  return new Map(
    roots.map(({ at, value, count }) => [
      at,
      { value, calls: count * folded(hits[at], again[at]), isShared: callers[at] > 1 },
    ]),
  );
}

/** What the last function of a path calls, as far as this path goes. */
function calleeParts(graph: RunGraph, fn: number, { value, calls, isShared }: Part): Map<number, Part> {
  const share = graph.whole[fn] > 0 ? Math.min(1, value / graph.whole[fn]) : 0;
  const part = graph.hits[fn] > 0 ? calls / graph.hits[fn] : 0;
  const parts = (each: OutEdge): Part => ({
    value: Math.min(value, each.value * share),
    calls: each.count * part * folded(graph.hits[each.dst], graph.again[each.dst]),
    isShared: isShared || graph.callers[each.dst] > 1,
  });
  if (value === 0 && calls === 0) return new Map();
  return new Map((graph.out.get(fn) ?? []).map((each) => [each.dst, parts(each)]));
}

/** Calls for each one that came from elsewhere: a function that calls itself is called more often than others call it. */
const folded = (hits: number, again: number): number => (hits > again ? hits / (hits - again) : 1);

function joined(
  now: ReadonlyMap<number, Part>,
  before: ReadonlyMap<number, Part>,
): [fn: number, Pick<Open, 'now' | 'before'>][] {
  return [...new Set([...now.keys(), ...before.keys()])].map((fn) => [
    fn,
    { now: now.get(fn) ?? NONE, before: before.get(fn) ?? NONE },
  ]);
}

/** The list stays sorted, the heaviest last; of equal weight the lower number comes first. */
function insert(list: Open[], each: Open): void {
  const isAfter = (other: Open): boolean =>
    other.weight > each.weight || (other.weight === each.weight && other.fn < each.fn);
  list.splice(lowest(list.length, (n) => isAfter(list[n])), 0, each); // prettier-ignore
}

function pathOf(rows: readonly Open[], row: number): Set<number> {
  const path = new Set<number>();
  for (let at = row; at >= 0; at = rows[at].parent) path.add(rows[at].fn);
  return path;
}

function columnsOf(
  rows: readonly Open[],
  round: ReadonlySet<number>,
  left: number,
  now: RunGraph,
  before: RunGraph,
): PathTree {
  const own = (graph: RunGraph, fn: number, { value }: Part): number =>
    graph.whole[fn] > 0 ? Math.min(value, graph.own[fn] * Math.min(1, value / graph.whole[fn])) : 0;
  const numbers = (figure: (row: Open) => number): Float64Array => Float64Array.from(rows, figure);
  return {
    parent: Int32Array.from(rows, ({ parent }) => parent),
    fn: Int32Array.from(rows, ({ fn }) => fn),
    now: numbers((row) => row.now.value),
    before: numbers((row) => row.before.value),
    ownNow: numbers((row) => own(now, row.fn, row.now)),
    ownBefore: numbers((row) => own(before, row.fn, row.before)),
    callsNow: numbers((row) => row.now.calls),
    callsBefore: numbers((row) => row.before.calls),
    flags: Uint8Array.from(
      rows,
      (row, at) =>
        (row.now.isShared ? PATH_FLAG.SHARED_NOW : 0) |
        (row.before.isShared ? PATH_FLAG.SHARED_BEFORE : 0) |
        (round.has(at) ? PATH_FLAG.ROUND : 0),
    ),
    left,
  };
}
