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
  const { first, on } = dependence;
  return followed(dependence, nodes, why, first, on, dependence.why);
}

/** What depends on these nodes. @returns by node, 1: it does */
export function forwardSlice(
  dependence: Dependence,
  nodes: readonly number[],
  { why = ALL }: SliceOptions = {},
): Uint8Array {
  const { items, on, first } = dependence;
  const from = new Uint32Array(on.length);
  for (let item = 0; item < items.size; item++) from.fill(item, first[item], first[item + 1]);
  const [firstUse, at] = grouped(items.size, on);
  return followed(
    dependence,
    nodes,
    why,
    firstUse,
    at.map((edge) => from[edge]),
    at.map((edge) => dependence.why[edge]),
  );
}

function followed(
  dependence: Dependence,
  nodes: readonly number[],
  why: readonly number[],
  first: Uint32Array,
  next: Uint32Array,
  reason: ArrayLike<number>,
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
function itemsOf({ items, flows, tree }: Dependence, node: number): number[] {
  const found = [node, bareNode(tree, node)];
  flows.forEach(({ node: nodes }, flow) =>
    nodes.forEach((each, step) => {
      if (each === node) found.push(items.step(flow, step), items.reached(flow, step));
    }),
  );
  return found;
}
