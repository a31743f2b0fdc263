/**
 * Layers of a graph: callers left of callees, as far as calls go one way. Pure, and the same for the same input.
 *
 * What reaches each other (strongly connected, Tarjan 1972) is put into an order that turns round as little weight as the greedy of Eades, Lin and
 * Smyth does (1993), bettered by moving one node at a time; edges against it are left out. Each node then stands right of all that call it, by the longest path.
 */
import { groupedBy } from '../base/groups.ts';

export interface WeightedEdge {
  src: number;
  dst: number;
  weight: number;
}

/** @returns for each node its layer, from 0. Nodes without edges are in layer 0. */
export function layersOf(count: number, edges: readonly WeightedEdge[]): Int32Array {
  const real = edges.filter(({ src, dst }) => src !== dst);
  const component = components(count, real);
  const rank = new Float64Array(count);
  const members = groupedBy(component.keys(), (node) => component[node]);
  for (const nodes of members.values())
    if (nodes.length > 1) {
      const inner = real.filter(({ src, dst }) => component[src] === component[nodes[0]] && component[src] === component[dst]);
      sifted(greedyOrder(nodes, inner), inner).forEach((node, at) => (rank[node] = at));
    }
  const forward = real.filter(({ src, dst }) => component[src] !== component[dst] || rank[src] < rank[dst]);
  return longestPaths(count, forward, (a, b) => component[b] - component[a] || rank[a] - rank[b]);
} // prettier-ignore

/** Number of each node's strongly connected component; callees have smaller ones than their callers. */
function components(count: number, edges: readonly WeightedEdge[]): Int32Array {
  const out = outgoing(count, edges);
  const found = new Int32Array(count).fill(-1);
  const order = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const stack: number[] = [];
  let next = 0;
  let components = 0;
  for (let root = 0; root < count; root++) {
    if (order[root] >= 0) continue;
    // A stack of its own: chains of files may be long.
    const work: { node: number; at: number }[] = [{ node: root, at: 0 }];
    while (work.length > 0) {
      const top = work.at(-1)!;
      const { node } = top;
      if (top.at === 0) {
        order[node] = low[node] = next++;
        stack.push(node);
      }
      if (top.at < out[node].length) {
        const { dst } = out[node][top.at++];
        if (order[dst] < 0) work.push({ node: dst, at: 0 });
        else if (found[dst] < 0) low[node] = Math.min(low[node], order[dst]);
        continue;
      }
      if (low[node] === order[node]) {
        for (let member = -1; member !== node;) found[(member = stack.pop()!)] = components;
        components++;
      }
      work.pop();
      const above = work.at(-1);
      if (above !== undefined) low[above.node] = Math.min(low[above.node], low[node]);
    }
  }
  return found;
}

/** Sinks to the end, sources to the beginning, and else who gives most more than it takes. */
function greedyOrder(nodes: readonly number[], edges: readonly WeightedEdge[]): number[] {
  const left = new Set(nodes);
  const head: number[] = [];
  const tail: number[] = [];
  while (left.size > 0) {
    const gives = new Map<number, number>();
    const takes = new Map<number, number>();
    for (const { src, dst, weight } of edges) {
      if (!left.has(src) || !left.has(dst)) continue;
      gives.set(src, (gives.get(src) ?? 0) + weight);
      takes.set(dst, (takes.get(dst) ?? 0) + weight);
    }
    const all = [...left];
    const sink = all.find((node) => !gives.has(node));
    const source = all.find((node) => !takes.has(node));
    const surplus = (node: number): number => (gives.get(node) ?? 0) - (takes.get(node) ?? 0);
    const chosen =
      sink ?? source ?? all.reduce((best, node) => (surplus(node) > surplus(best) ? node : best));
    if (sink === undefined) head.push(chosen);
    else tail.push(chosen);
    left.delete(chosen);
  }
  return [...head, ...tail.toReversed()];
}

/** Rounds of `sifted`; it seldom takes more than three. */
const ROUNDS = 6;

/** Each node in turn goes to the place where least weight is turned round, until none gains. */
function sifted(nodes: readonly number[], edges: readonly WeightedEdge[]): number[] {
  const weight = new Map<number, Map<number, number>>(nodes.map((node) => [node, new Map()]));
  for (const { src, dst, weight: more } of edges) {
    // How much is gained when `src` is before `dst`; negative the other way round.
    weight.get(src)!.set(dst, (weight.get(src)!.get(dst) ?? 0) + more);
    weight.get(dst)!.set(src, (weight.get(dst)!.get(src) ?? 0) - more);
  }
  const order = [...nodes];
  for (let round = 0, moved = true; moved && round < ROUNDS; round++) {
    moved = false;
    for (const node of nodes) {
      const from = order.indexOf(node);
      const to = bestPlace(order, from, weight.get(node)!);
      if (to === from) continue;
      order.splice(from, 1);
      order.splice(to, 0, node);
      moved = true;
    }
  }
  return order;
}

function bestPlace(order: readonly number[], from: number, weight: ReadonlyMap<number, number>): number {
  let best = from;
  let most = 1e-9;
  // Each step puts one more node on the other side.
  for (const step of [-1, 1])
    for (let to = from + step, gain = 0; to >= 0 && to < order.length; to += step) {
      gain -= step * (weight.get(order[to]) ?? 0);
      if (gain > most) [best, most] = [to, gain];
    }
  return best;
}

/** @param order in which every edge goes forward */
function longestPaths(
  count: number,
  edges: readonly WeightedEdge[],
  order: (a: number, b: number) => number,
): Int32Array {
  const out = outgoing(count, edges);
  const layer = new Int32Array(count);
  const nodes = Array.from({ length: count }, (_, node) => node).toSorted((a, b) => order(a, b) || a - b);
  for (const node of nodes)
    for (const { dst } of out[node]) layer[dst] = Math.max(layer[dst], layer[node] + 1);
  return layer;
}

function outgoing(count: number, edges: readonly WeightedEdge[]): WeightedEdge[][] {
  const out: WeightedEdge[][] = Array.from({ length: count }, () => []);
  for (const edge of edges) out[edge.src].push(edge);
  return out;
}
