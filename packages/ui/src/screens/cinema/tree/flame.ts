/** Calls below one, as boxes over time and as rows of a tree. Pure. */
import type { CallTree } from '../../../../../intellimap/src/serve/contract.ts';
import { type CallName, chosenCall } from '../director/call.ts';

/** A copy of `CALL_FLAG` that the compiler compares: only types come from the server's side. */
export const THREW = 1;
export const WAITS = 2;
export const OPEN = 4;

export interface Flame {
  tree: CallTree;
  /** µs: all of it. */
  from: number;
  to: number;
  /** Row of each call: below its caller, the first that is free. */
  row: Uint16Array;
  rows: number;
}

/** Where a call ends; one that is open, with what was read. */
export const endOf = ({ start, duration }: CallTree, n: number): number =>
  Number.isNaN(duration[n]) ? Infinity : start[n] + duration[n];

/** The function of a call; of those that are not known, nothing is. */
export const functionOf = (tree: CallTree, n: number): CallTree['functions'][number] | undefined =>
  tree.functions[tree.fn[n]];

/** Row of the call that is selected; −1: it is none of these. */
export const rowOf = (tree: CallTree, call: CallName | null): number =>
  call?.thread === tree.thread ? tree.call.indexOf(call.call) : -1;

/** Where a click on a call leads: to its beginning. */
export function beginningOf(tree: CallTree, n: number): { t: number } & ReturnType<typeof chosenCall> {
  const fn = functionOf(tree, n);
  return { t: tree.start[n], ...chosenCall({ thread: tree.thread, call: tree.call[n] }, fn?.id, fn?.path) };
}

/** Calls that ran side by side (`Promise.all`) get rows of their own. Calls are in order of their beginning. */
export function flameOf(tree: CallTree): Flame {
  const count = tree.call.length;
  const row = new Uint16Array(count);
  const busyUntil: number[] = [];
  let [from, to, rows] = [Infinity, -Infinity, 0];
  for (let n = 0; n < count; n++) {
    if (Number.isNaN(tree.start[n])) continue;
    let at = tree.parent[n] < 0 ? 0 : row[tree.parent[n]] + 1;
    while ((busyUntil[at] ?? -Infinity) > tree.start[n]) at++;
    row[n] = at;
    busyUntil[at] = endOf(tree, n);
    rows = Math.max(rows, at + 1);
    from = Math.min(from, tree.start[n]);
    if (endOf(tree, n) !== Infinity) to = Math.max(to, endOf(tree, n));
    to = Math.max(to, tree.start[n] + 1);
  }
  return { tree, from: Math.min(from, to), to, row, rows };
}

export interface TreeRow {
  /** Row of the call tree. */
  n: number;
  depth: number;
  children: number;
  isOpen: boolean;
}

/** Rows of the tree that are seen: roots, and what is below those that are open. */
export function treeRows(tree: CallTree, open: ReadonlySet<number>): TreeRow[] {
  const children = childrenOf(tree);
  const rows: TreeRow[] = [];
  const put = (n: number, depth: number): void => {
    const below = children.get(n) ?? [];
    const isOpen = open.has(n);
    rows.push({ n, depth, children: below.length, isOpen });
    if (isOpen) for (const each of below) put(each, depth + 1);
  };
  for (const n of children.get(-1) ?? []) put(n, 0);
  return rows;
}

/** Open so that a call is seen: all that it was called by. */
export function openTo(tree: CallTree, n: number): number[] {
  const above: number[] = [];
  for (let at = n < 0 ? -1 : tree.parent[n]; at >= 0; at = tree.parent[at]) above.push(at);
  return above;
}

function childrenOf({ parent }: CallTree): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (let n = 0; n < parent.length; n++) {
    const there = children.get(parent[n]);
    if (there === undefined) children.set(parent[n], [n]);
    else there.push(n);
  }
  return children;
}
