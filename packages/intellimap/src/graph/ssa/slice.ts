/** Slices: all that a node depends on, or all that depends on it. */
import { bareNode, NONE } from '../tree/tree.ts';
import type { Dependence } from './dependence.ts';
import { grouped } from './pack.ts';
import { Why } from './why.ts';

export interface SliceOptions {
  /** Kinds of dependence that are followed; all by default. */
  readonly why?: readonly number[];
}

const ALL = Object.values(Why);

/** What the value of these nodes, and that they run at all, depends on. @returns by node, 1: it is part of that */
export function backwardSlice(
  dependence: Dependence,
  nodes: readonly number[],
  { why = ALL }: SliceOptions = {},
): Uint8Array {
  return followed(dependence, nodes, waysOf(dependence, false), why);
}

/** What depends on these nodes. @returns by node, 1: it does */
export function forwardSlice(
  dependence: Dependence,
  nodes: readonly number[],
  { why = ALL }: SliceOptions = {},
): Uint8Array {
  return followed(dependence, nodes, waysOf(dependence, true), why);
}

/** Item i leads to `[first[i], first[i + 1])` of `next`. */
export interface Ways {
  readonly first: Uint32Array;
  readonly next: ArrayLike<number>;
  /** `Why` */
  readonly why: ArrayLike<number>;
}

/** To what an item depends on, or to what depends on it. */
export function waysOf({ items, first, on, why }: Dependence, isForward: boolean): Ways {
  if (!isForward) return { first, next: on, why };
  const from = new Uint32Array(on.length);
  for (let item = 0; item < items.size; item++) from.fill(item, first[item], first[item + 1]);
  const [firstUse, at] = grouped(items.size, on);
  return { first: firstUse, next: at.map((edge) => from[edge]), why: at.map((edge) => why[edge]) };
}

function followed(
  dependence: Dependence,
  nodes: readonly number[],
  { first, next, why: reason }: Ways,
  why: readonly number[],
): Uint8Array {
  const { items, tree } = dependence;
  const isFollowed = new Set(why);
  const isSeen = new Uint8Array(items.size);
  const open: number[] = [];
  const add = (item: number): void => {
    if (isSeen[item]) return;
    isSeen[item] = 1;
    open.push(item);
  };
  for (const node of nodes) for (const item of itemsOf(dependence, node)) add(item);
  for (let item = open.pop(); item !== undefined; item = open.pop())
    for (let at = first[item]; at < first[item + 1]; at++) if (isFollowed.has(reason[at])) add(next[at]);
  const isIn = new Uint8Array(tree.size);
  isSeen.forEach((is, item) => {
    const node = is ? items.nodeOf(item) : NONE;
    if (node !== NONE) isIn[node] = 1;
  });
  return isIn;
}

/** The value of a node, its steps, and that they run. */
export function itemsOf({ items, flows, tree }: Dependence, node: number): number[] {
  const found = [node, bareNode(tree, node)];
  flows.forEach(({ node: nodes }, flow) =>
    nodes.forEach((each, step) => {
      if (each === node) found.push(items.step(flow, step), items.reached(flow, step));
    }),
  );
  return found;
}
