/**
 * Where versions of a variable meet: the iterated dominance frontier of the blocks that write it (Cytron et al., "Efficiently Computing Static Single Assignment Form and the Control Dependence Graph",
 * 1991). At all other joins each way brings what the block above had, so whoever looks for a version goes on from there.
 */
import type { Dominators } from '../flow/dominators-in.ts';
import { dominatorsOf } from '../flow/dominators.ts';
import type { Flow } from '../flow/flow.ts';
import type { Graph } from '../flow/graph.ts';
import { NONE } from '../tree/tree.ts';

export class Joins {
  /** By block: the last one that every way to it passes. */
  readonly above: Dominators;
  readonly #frontiers: readonly number[][];
  /** By block: the variable whose versions meet there, as far as is known. */
  readonly #meets: Int32Array;

  constructor(flow: Flow, arrivals: Graph) {
    this.above = dominatorsOf(flow);
    this.#frontiers = frontiersOf(flow.blocks, arrivals, this.above);
    this.#meets = new Int32Array(flow.blocks).fill(NONE);
  }

  /** From now on a variable is asked about. @param written blocks that write it */
  begin(variable: number, written: number[]): void {
    const open = written;
    for (let block = open.pop(); block !== undefined; block = open.pop())
      for (const join of this.#frontiers[block]) {
        if (this.#meets[join] === variable) continue;
        this.#meets[join] = variable;
        open.push(join);
      }
  }

  isOne(variable: number, block: number): boolean {
    return this.#meets[block] === variable;
  }
}

/** Block → joins that it leads to, and does not dominate. */
function frontiersOf(blocks: number, { first, edges, to }: Graph, above: Dominators): number[][] {
  const frontiers: number[][] = Array.from({ length: blocks }, () => []);
  for (let join = 0; join < blocks; join++) {
    if (first[join + 1] - first[join] < 2) continue;
    for (let way = first[join]; way < first[join + 1]; way++)
      // Who is above one that has it has it, too.
      for (let at = to[edges[way]]; at !== above[join] && at !== NONE; at = above[at]) {
        if (frontiers[at].at(-1) === join) break;
        frontiers[at].push(join);
      }
  }
  return frontiers;
}
