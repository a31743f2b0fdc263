/** What decides whether a block runs. After Ferrante, Ottenstein and Warren, "The Program Dependence Graph and Its Use in Optimization" (1987). */
import { NONE } from '../tree/tree.ts';
import { followedEdges, type Followed, postDominatorsOf } from './dominators.ts';
import type { Flow } from './flow.ts';

/** Columns: `block[i]` runs if control leaves `on[i]` by edge `edge[i]`, and need not otherwise. */
export interface ControlDependence {
  readonly block: Uint32Array;
  /** The block that decides: by its last step, or as one of its steps fails. */
  readonly on: Uint32Array;
  readonly edge: Uint32Array;
}

/** By the edges that decide, in their order. What always runs depends on nothing; a loop's head depends on its own test. */
export function controlDependence(flow: Flow, followed: Followed): ControlDependence {
  const isFollowed = followedEdges(flow, followed);
  const above = postDominatorsOf(flow, followed);
  const ways = new Uint32Array(flow.blocks);
  flow.from.forEach((from, edge) => (ways[from] += isFollowed[edge]));
  const [block, on, edges]: [number[], number[], number[]] = [[], [], []];
  flow.from.forEach((from, edge) => {
    // Whoever has one way only decides nothing; dead code is asked nothing.
    if (!isFollowed[edge] || ways[from] < 2 || above[from] === NONE) return;
    for (let at = flow.to[edge]; at !== above[from] && at !== flow.blocks; at = above[at]) {
      block.push(at);
      on.push(from);
      edges.push(edge);
    }
  });
  return { block: Uint32Array.from(block), on: Uint32Array.from(on), edge: Uint32Array.from(edges) };
}
