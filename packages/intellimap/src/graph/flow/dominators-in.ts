/**
 * Dominators of a graph. After Georgiadis, "Linear-Time Algorithms for Dominators and Related Problems" (2005), the algorithm called SEMI-NCA: as Lengauer and Tarjan's it looks at each way once. Simpler
 * ones go from each way up to where all meet, and in a long body every block may fail.
 */
import { NONE } from '../tree/tree.ts';
import { type Graph, graphOf } from './graph.ts';

/** By block: the last one that every way to it passes; `NONE` of the root and of what is not reached. */
export type Dominators = Int32Array;

export function dominatorsIn(graph: Graph, root: number): Dominators {
  const { order, place, parent } = depthFirst(graph, root);
  const comesFrom = turned(graph);
  // From here on blocks are told by their place in the order.
  const semi = Int32Array.from(order.keys());
  const best = semi.slice();
  const up = parent.slice();
  const above = parent.slice();
  for (let at = order.length - 1; at > 0; at--) {
    const block = order[at];
    for (let way = comesFrom.first[block]; way < comesFrom.first[block + 1]; way++) {
      const from = place[comesFrom.to[comesFrom.edges[way]]];
      if (from === NONE) continue;
      if (from > at) compress(from, at, up, best, semi);
      if (semi[best[from]] < semi[at]) semi[at] = semi[best[from]];
    }
  }
  for (let at = 1; at < order.length; at++) while (above[at] > semi[at]) above[at] = above[above[at]];
  const dominators = new Int32Array(graph.size).fill(NONE);
  for (let at = 1; at < order.length; at++) dominators[order[at]] = order[above[at]];
  return dominators;
}

/** Finds the least of what was seen above a block, down to `limit`, and shortens the way for whoever asks next. */
function compress(from: number, limit: number, up: Int32Array, best: Int32Array, semi: Int32Array): void {
  const path: number[] = [];
  for (let at = from; up[at] > limit; at = up[at]) path.push(at);
  for (let at = path.pop(); at !== undefined; at = path.pop()) {
    if (semi[best[up[at]]] < semi[best[at]]) best[at] = best[up[at]];
    up[at] = up[up[at]];
  }
}

/** Blocks in the order in which they are found, their places in it, and by place who found them. */
function depthFirst(graph: Graph, root: number): { order: number[]; place: Int32Array; parent: Int32Array } {
  const { first, edges, to } = graph;
  const place = new Int32Array(graph.size).fill(NONE);
  const parent: number[] = [];
  const order: number[] = [];
  const next = first.slice();
  const path: number[] = [];
  const find = (block: number): void => {
    parent.push(path.length === 0 ? 0 : place[path.at(-1)!]);
    place[block] = order.push(block) - 1;
    path.push(block);
  };
  find(root);
  while (path.length > 0) {
    const block = path.at(-1)!;
    if (next[block] === first[block + 1]) path.pop();
    else {
      const target = to[edges[next[block]++]];
      if (place[target] === NONE) find(target);
    }
  }
  return { order, place, parent: Int32Array.from(parent) };
}

/** All ways the other way round. */
function turned(graph: Graph): Graph {
  const from = new Uint32Array(graph.to.length);
  for (let block = 0; block < graph.size; block++)
    for (let way = graph.first[block]; way < graph.first[block + 1]; way++) from[graph.edges[way]] = block;
  return graphOf(graph.size, graph.to, from);
}
