/**
 * A heap snapshot → its objects by constructor: how many, what they take themselves, what only they hold, and what holds them. Pure; numbers of nodes are
 * indices.
 *
 * Who holds whom is the dominator tree: A dominates B where every way from the roots to B leads through A. It is made after K. D. Cooper, T. J. Harvey and K. Kennedy,
 * "A Simple, Fast Dominance Algorithm" (2001).
 */
import type { HeapGraph } from './heap-graph.ts';

export interface HeapConstructor {
  name: string;
  /** What V8 calls the file of the class, and where in the text that ran it begins, from 0; absent where it is not known. */
  script?: string;
  line?: number;
  column?: number;
  objects: number;
  selfBytes: number;
  /** Of objects that hold each other only the outermost counts. */
  retainedBytes: number;
  /** A shortest path from a root, for people. */
  heldBy?: string;
}

/** `heap-1.json` */
export interface HeapSummary {
  version: 1;
  constructors: HeapConstructor[];
}

/** Constructors that are told, those that hold most first. */
const MOST = 2000;
/** Steps of a path that are told, from the object on. */
const STEPS = 12;

export function heapSummary(graph: HeapGraph): HeapSummary {
  const { order, rank, by } = reached(graph);
  const dominator = dominators(graph, order, rank);
  const retained = retainedBytes(graph, order, dominator);
  const groups = new Map<string, HeapConstructor & { first: number }>();
  const outermost = outermostOf(graph, order, dominator);
  for (const node of order) {
    const key = graph.classKey(node);
    let group = groups.get(key);
    if (group === undefined) {
      const none = { objects: 0, selfBytes: 0, retainedBytes: 0, first: node };
      groups.set(key, (group = { name: graph.className(node), ...graph.placeOf(node), ...none }));
    }
    group.objects++;
    group.selfBytes += graph.selfSize[node];
    if (outermost[node] === 1) group.retainedBytes += retained[node];
  }
  const constructors = [...groups.values()]
    .toSorted((a, b) => b.retainedBytes - a.retainedBytes)
    .slice(0, MOST)
    .map(({ first, ...group }) => ({ ...group, heldBy: pathTo(graph, first, by) }));
  return { version: 1, constructors };
}

interface Reached {
  /** Nodes by their distance from the root: no node comes before the one by which it was first reached. */
  order: Int32Array;
  /** Node → its place in a reverse postorder of a walk in depth; −1: not reached. */
  rank: Int32Array;
  /** Node → the edge by which it was first reached; −1: the root. */
  by: Int32Array;
}

function reached(graph: HeapGraph): Reached {
  const { count, firstEdge, target, isStrong } = graph;
  const by = new Int32Array(count).fill(-1);
  const breadth = new Int32Array(count);
  const seen = new Uint8Array(count);
  let length = 1;
  seen[0] = 1;
  for (let at = 0; at < length; at++) {
    const node = breadth[at];
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      const next = target[edge];
      if (seen[next] === 1 || !isStrong(edge)) continue;
      seen[next] = 1;
      by[next] = edge;
      breadth[length++] = next;
    }
  }
  return { order: breadth.subarray(0, length), rank: reversePostorder(graph), by };
}

function reversePostorder({ count, firstEdge, target, isStrong }: HeapGraph): Int32Array {
  const rank = new Int32Array(count).fill(-1);
  const stack = new Int32Array(count);
  const next = firstEdge.slice(0, count);
  const seen = new Uint8Array(count);
  let depth = 1;
  let left = count;
  seen[0] = 1;
  while (depth > 0) {
    const node = stack[depth - 1];
    if (next[node] === firstEdge[node + 1]) {
      rank[node] = --left;
      depth--;
      continue;
    }
    const edge = next[node]++;
    const child = target[edge];
    if (seen[child] === 1 || !isStrong(edge)) continue;
    seen[child] = 1;
    stack[depth++] = child;
  }
  return rank;
}

/** Node → its immediate dominator; that of the root is itself. */
function dominators(graph: HeapGraph, order: Int32Array, rank: Int32Array): Int32Array {
  const { count } = graph;
  const { firstHolder, holder } = holdersOf(graph, order);
  const byRank = order.toSorted((a, b) => rank[a] - rank[b]);
  const dominator = new Int32Array(count).fill(-1);
  dominator[0] = 0;
  const common = (a: number, b: number): number => {
    while (a !== b)
      if (rank[a] > rank[b]) a = dominator[a];
      else b = dominator[b];
    return a;
  };
  for (let changed = true; changed;) {
    changed = false;
    for (const node of byRank) {
      if (node === 0) continue;
      let found = -1;
      for (let at = firstHolder[node]; at < firstHolder[node + 1]; at++) {
        const from = holder[at];
        if (dominator[from] >= 0) found = found < 0 ? from : common(from, found);
      }
      if (found === dominator[node]) continue;
      dominator[node] = found;
      changed = true;
    }
  }
  return dominator;
}

function holdersOf({ count, firstEdge, target, isStrong }: HeapGraph, order: Int32Array) {
  const firstHolder = new Int32Array(count + 1);
  const each = (told: (from: number, to: number) => void): void => {
    for (const node of order)
      for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++)
        if (isStrong(edge)) told(node, target[edge]);
  };
  each((_, to) => firstHolder[to + 1]++);
  for (let node = 0; node < count; node++) firstHolder[node + 1] += firstHolder[node];
  const holder = new Int32Array(firstHolder[count]);
  const next = firstHolder.slice();
  each((from, to) => (holder[next[to]++] = from));
  return { firstHolder, holder };
}

function retainedBytes(
  { count, selfSize }: HeapGraph,
  order: Int32Array,
  dominator: Int32Array,
): Float64Array {
  const bytes = new Float64Array(count);
  for (const node of order) bytes[node] = selfSize[node];
  for (const node of depthFirst(order, dominator)) if (node !== 0) bytes[dominator[node]] += bytes[node];
  return bytes;
}

/** Nodes with those that they dominate in front of them. */
function depthFirst(order: Int32Array, dominator: Int32Array): Int32Array {
  const level = levelsOf(order, dominator);
  return order.toSorted((a, b) => level[b] - level[a]);
}

function levelsOf(order: Int32Array, dominator: Int32Array): Int32Array {
  const level = new Int32Array(dominator.length).fill(-1);
  level[0] = 0;
  const way: number[] = [];
  for (const node of order) {
    let at = node;
    while (level[at] < 0) {
      way.push(at);
      at = dominator[at];
    }
    for (let one = way.pop(); one !== undefined; one = way.pop()) level[one] = level[dominator[one]] + 1;
  }
  return level;
}

/** 1: no object of the same constructor dominates it. */
function outermostOf(graph: HeapGraph, order: Int32Array, dominator: Int32Array): Uint8Array {
  const classOf = classNumbers(graph, order);
  const { firstChild, child } = childrenOf(order, dominator);
  const outermost = new Uint8Array(dominator.length);
  const around = new Map<number, number>();
  // A node comes twice: to be entered, and as ~node to be left.
  const open: number[] = [0];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const kind = classOf[node < 0 ? ~node : node];
    const depth = around.get(kind) ?? 0;
    around.set(kind, node < 0 ? depth - 1 : depth + 1);
    if (node < 0) continue;
    if (depth === 0) outermost[node] = 1;
    open.push(~node);
    for (let at = firstChild[node]; at < firstChild[node + 1]; at++) open.push(child[at]);
  }
  return outermost;
}

function classNumbers(graph: HeapGraph, order: Int32Array): Int32Array {
  const numbers = new Map<string, number>();
  const classOf = new Int32Array(graph.count);
  for (const node of order) {
    const key = graph.classKey(node);
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    classOf[node] = number;
  }
  return classOf;
}

function childrenOf(order: Int32Array, dominator: Int32Array) {
  const firstChild = new Int32Array(dominator.length + 1);
  for (const node of order) if (node !== 0) firstChild[dominator[node] + 1]++;
  for (let node = 0; node < dominator.length; node++) firstChild[node + 1] += firstChild[node];
  const child = new Int32Array(order.length);
  const next = firstChild.slice();
  for (const node of order) if (node !== 0) child[next[dominator[node]]++] = node;
  return { firstChild, child };
}

/** `(GC roots)[3] → global.cache → Map.table → Array[7] → Session`: classes, and by what each holds the next. */
function pathTo(graph: HeapGraph, node: number, by: Int32Array): string {
  let path = graph.className(node);
  let steps = 0;
  for (let edge = by[node]; edge >= 0; edge = by[graph.from(edge)]) {
    const from = graph.from(edge);
    // The root of all roots tells nothing.
    if (from === 0) break;
    if (++steps > STEPS) return `… → ${path}`;
    path = `${graph.className(from)}${graph.edgeName(edge)} → ${path}`;
  }
  return path;
}
