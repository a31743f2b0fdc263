/** Which blocks control has to pass: dominators from the front, post-dominators from the end. */
import { NONE } from '../tree/tree.ts';
import { EdgeKind, ENTRY, EXIT, FAILED, type Flow } from './flow.ts';
import { type Dominators, dominatorsIn } from './dominators-in.ts';
import { graphOf } from './graph.ts';

/** Every way to a block passes its dominator. */
export const dominatorsOf = (flow: Flow): Dominators =>
  dominatorsIn(graphOf(flow.blocks, flow.from, flow.to), ENTRY);

/** Whether `upper` dominates `lower`, or is the same. */
export function dominates(above: Dominators, upper: number, lower: number): boolean {
  for (let at = lower; at !== NONE; at = above[at]) if (at === upper) return true;
  return false;
}

/** Which ways are looked at. */
export interface Followed {
  /**
   * Whether anything may fail. If not, steps that nobody in the body hears of when they fail are taken to go well: otherwise all that follows a call depends on it. A `throw` is one all the same.
   */
  readonly failures: boolean;
}

/** By edge: 1 if it is looked at. */
export function followedEdges(flow: Flow, { failures }: Followed): Uint8Array {
  const followed = new Uint8Array(flow.from.length).fill(1);
  if (failures) return followed;
  const others = new Uint32Array(flow.blocks);
  const mayBeLost = (edge: number): boolean => flow.edge[edge] === EdgeKind.THROW && flow.to[edge] === FAILED;
  flow.from.forEach((from, edge) => (others[from] += mayBeLost(edge) ? 0 : 1));
  flow.from.forEach((from, edge) => {
    if (mayBeLost(edge) && others[from] > 0) followed[edge] = 0;
  });
  return followed;
}

/**
 * Every way on from a block passes its post-dominator. Block number `flow.blocks` is the end, to which exit and failed lead; a loop that is never left leads there from where it goes back.
 * Dead code has none.
 */
export function postDominatorsOf(flow: Flow, followed: Followed): Dominators {
  const isFollowed = followedEdges(flow, followed);
  const end = flow.blocks;
  const from = [EXIT, FAILED];
  const to = [end, end];
  flow.from.forEach((block, edge) => {
    if (!isFollowed[edge]) return;
    from.push(block);
    to.push(flow.to[edge]);
  });
  const backwards = graphOf(end + 1, to, from);
  const above = dominatorsIn(backwards, end);
  const stuck = stuckAt(flow, above);
  if (stuck.length === 0) return above;
  for (const block of stuck) {
    from.push(block);
    to.push(end);
  }
  return dominatorsIn(graphOf(end + 1, to, from), end);
}

/** A block begins before all that it dominates: whoever goes on in the order of the text need not be asked. */
export const mayGoBack = ({ from, to }: Flow, edge: number): boolean =>
  to[edge] <= from[edge] && to[edge] > FAILED;

/** Blocks that go back and never get to the end. */
function stuckAt(flow: Flow, postDominators: Dominators): number[] {
  const edges = Array.from(flow.from.keys()).filter(
    (edge) => mayGoBack(flow, edge) && postDominators[flow.from[edge]] === NONE,
  );
  if (edges.length === 0) return [];
  const above = dominatorsOf(flow);
  const back = edges.filter((edge) => above[flow.from[edge]] !== NONE && dominates(above, flow.to[edge], flow.from[edge]));
  return [...new Set(back.map((edge) => flow.from[edge]))];
} // prettier-ignore
