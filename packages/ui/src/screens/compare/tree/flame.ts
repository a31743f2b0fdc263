/**
 * Paths of both runs as boxes: callers above, what they call below. Pure.
 *
 * A box is as wide as its path is long in the run where it is longer, and no narrower than what stands below it. Units are those of the measure.
 */
import { addTo } from '../../../../../intellimap/src/base/groups.ts';
import type { CompareTree } from '../../../../../intellimap/src/serve/contract.ts';

export interface Flame {
  tree: CompareTree;
  /** By row of the tree. */
  x: Float64Array;
  w: Float64Array;
  depth: Uint16Array;
  /** By row: rows below it, the heaviest first; -1: roots. */
  children: ReadonlyMap<number, number[]>;
  width: number;
  rows: number;
}

export function flameOf(tree: CompareTree): Flame {
  const count = tree.parent.length;
  const w = Float64Array.from(tree.now, (now, row) => Math.max(now, tree.before[row]));
  const below = new Float64Array(count);
  const children = new Map<number, number[]>();
  // Callers stand before callees.
  for (let row = count - 1; row >= 0; row--) {
    w[row] = Math.max(w[row], below[row]);
    if (tree.parent[row] >= 0) below[tree.parent[row]] += w[row];
  }
  const x = new Float64Array(count);
  const depth = new Uint16Array(count);
  const filled = new Float64Array(count);
  let [width, rows] = [0, 0];
  for (let row = 0; row < count; row++) {
    const above = tree.parent[row];
    addTo(children, above, row);
    depth[row] = above < 0 ? 0 : depth[above] + 1;
    x[row] = above < 0 ? width : x[above] + filled[above];
    if (above < 0) width += w[row];
    else filled[above] += w[row];
    rows = Math.max(rows, depth[row] + 1);
  }
  return { tree, x, w, depth, children, width, rows };
}

/** The box at a place, in units and rows; -1: none. */
export function rowAt({ x, w, depth, children }: Flame, at: number, level: number): number {
  let among = children.get(-1) ?? [];
  for (;;) {
    const row = among.find((each) => at >= x[each] && at < x[each] + w[each]);
    if (row === undefined) return -1;
    if (depth[row] === level) return row;
    among = children.get(row) ?? [];
  }
}

export type Step = 'up' | 'down' | 'left' | 'right';

/** The box that an arrow key leads to: caller, first callee, siblings. */
export function stepFrom({ tree, children }: Flame, row: number, step: Step): number {
  if (row < 0) return tree.parent.length > 0 ? 0 : -1;
  const above = tree.parent[row];
  const siblings = children.get(above)!;
  const to = {
    up: above < 0 ? row : above,
    down: children.get(row)?.[0] ?? row,
    left: siblings[siblings.indexOf(row) - 1] ?? row,
    right: siblings[siblings.indexOf(row) + 1] ?? row,
  };
  return to[step];
}

/** Rows from the root to a path, itself included. */
export function chainOf({ parent }: Pick<CompareTree, 'parent'>, row: number): number[] {
  const chain: number[] = [];
  for (let at = row; at >= 0; at = parent[at]) chain.unshift(at);
  return chain;
}

/** A short name of a path that stays as long as its functions do (FNV-1a over their ids). */
export function pathKey(tree: CompareTree, row: number): string {
  let hash = 0x811c9dc5;
  for (const each of chainOf(tree, row))
    for (const letter of `${tree.functions[tree.fn[each]].id}\n`) {
      hash ^= letter.codePointAt(0)!;
      hash = Math.imul(hash, 0x01000193);
    }
  return (hash >>> 0).toString(36);
}

/** Rows of a function, and the chosen one of them: the path of that key, else the heaviest; -1: none. */
export function pathsOf(
  tree: CompareTree,
  id: string | null,
  key: string | undefined,
): { rows: number[]; chosen: number } {
  const rows = [...tree.fn.keys()].filter((row) => tree.functions[tree.fn[row]].id === id);
  return { rows, chosen: rows.find((row) => pathKey(tree, row) === key) ?? rows[0] ?? -1 };
}

/** Rows by how much their own part differs, the most first: where a difference is made, not where it is passed on. */
export function byOwnDifference(tree: CompareTree, pace: number): number[] {
  const difference = (row: number): number => Math.abs(tree.ownNow[row] - tree.ownBefore[row] * pace);
  return [...tree.fn.keys()].toSorted((a, b) => difference(b) - difference(a));
}
