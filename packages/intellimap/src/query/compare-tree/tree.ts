/**
 * Two runs as one tree of calls, aligned by the functions of each path. Pure.
 *
 *   before  main 100 ── serve 60 ── rank 40        now  main 180 ── serve 150 ── rank 20
 *                                                                          └─── score 90
 *   tree    main 100 → 180 ── serve 60 → 150 ┬─ rank 40 → 20
 *                                            └─ score 0 → 90
 *
 * A path passes a function once, which folds recursion. What a run has at a path is told by its side: exactly (`exact.ts`), or by shares (`shared.ts`).
 */
import { lowest } from '../../base/search.ts';

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
export interface Part {
  /** In the measure, all below included; and its own part of that. */
  value: number;
  own: number;
  /** Calls of the last function this way, those by itself included. */
  calls: number;
  isShared: boolean;
  /** Of the side's own: which path this is. */
  node: number;
}

/** One run, path by path. */
export interface Side {
  /** Of all roots. */
  total: number;
  roots(): Map<number, Part>;
  /** What the last function of a path calls, as far as this path goes. */
  callees(fn: number, part: Part): Map<number, Part>;
}

const NONE: Part = { value: 0, own: 0, calls: 0, isShared: false, node: -1 };

interface Open {
  parent: number;
  fn: number;
  now: Part;
  before: Part;
  weight: number;
}

export function pathTree(now: Side, before: Side, { minShare, limit }: TreeLimits): PathTree {
  const open: Open[] = [];
  const done: Open[] = [];
  const round = new Set<number>();
  let left = 0;
  const least = minShare * Math.max(now.total, before.total);
  const put = (each: Omit<Open, 'weight'>): void => {
    const weight = Math.max(each.now.value, each.before.value);
    if (weight < least) left++;
    else insert(open, { ...each, weight });
  };
  for (const [fn, parts] of joined(now.roots(), before.roots())) put({ parent: -1, fn, ...parts });
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (done.length >= limit) {
      left += open.length + 1;
      break;
    }
    const row = done.push(next) - 1;
    const path = pathOf(done, row);
    const callees = joined(calleesOf(now, next.fn, next.now), calleesOf(before, next.fn, next.before));
    for (const [fn, parts] of callees)
      if (path.has(fn)) round.add(row);
      else put({ parent: row, fn, ...parts });
  }
  return columnsOf(done, round, left);
}

const calleesOf = (side: Side, fn: number, part: Part): Map<number, Part> =>
  part.value === 0 && part.calls === 0 ? new Map() : side.callees(fn, part);

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

function columnsOf(rows: readonly Open[], round: ReadonlySet<number>, left: number): PathTree {
  const numbers = (figure: (row: Open) => number): Float64Array => Float64Array.from(rows, figure);
  return {
    parent: Int32Array.from(rows, ({ parent }) => parent),
    fn: Int32Array.from(rows, ({ fn }) => fn),
    now: numbers((row) => row.now.value),
    before: numbers((row) => row.before.value),
    ownNow: numbers((row) => row.now.own),
    ownBefore: numbers((row) => row.before.own),
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
