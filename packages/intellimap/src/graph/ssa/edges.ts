/** Ways into blocks. */
import { ENTRY, type Flow } from '../flow/flow.ts';
import { type Graph, graphOf } from '../flow/graph.ts';

/** The flow backwards: the ways "out of" a block are those that lead to it, with the numbers that they have in the flow. */
export const arrivalsOf = ({ blocks, from, to }: Flow): Graph => graphOf(blocks, to, from);

/** By block, 1: control may get there. */
export function reachedIn({ blocks, from, to }: Flow): Uint8Array {
  const { first, edges } = graphOf(blocks, from, to);
  const isReached = new Uint8Array(blocks);
  isReached[ENTRY] = 1;
  const open: number[] = [ENTRY];
  for (let block = open.pop(); block !== undefined; block = open.pop())
    for (let way = first[block]; way < first[block + 1]; way++) {
      const next = to[edges[way]];
      if (isReached[next]) continue;
      isReached[next] = 1;
      open.push(next);
    }
  return isReached;
}
