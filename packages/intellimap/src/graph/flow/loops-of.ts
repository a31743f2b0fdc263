/** Loops as control goes round in them, however they are written. */
import { NONE } from '../tree/tree.ts';
import { dominates, dominatorsOf, mayGoBack } from './dominators.ts';
import type { Flow } from './flow.ts';
import { graphOf } from './graph.ts';

export interface Loops {
  readonly size: number;
  /** By loop: the block that every turn begins with. Outer loops come before those in them. */
  readonly head: Int32Array;
  /** By loop: the one around it; `NONE`: none. */
  readonly outer: Int32Array;
  /** By block: the innermost loop that it is part of; `NONE`: it is in none. What ends with `break` is no part: it runs once. */
  readonly of: Int32Array;
  /** By block: how many loops it is part of. */
  readonly depth: Uint16Array;
}

/** Natural loops: one for each block that control comes back to. */
export function loopsOf(flow: Flow): Loops {
  const above = dominatorsOf(flow);
  const latches = new Map<number, number[]>();
  flow.from.forEach((from, edge) => {
    const head = flow.to[edge];
    // Of dead code nothing dominates anything.
    if (!mayGoBack(flow, edge) || above[from] === NONE || !dominates(above, head, from)) return;
    latches.set(head, [...(latches.get(head) ?? []), from]);
  });
  // In the order of the text a loop begins before those in it.
  const heads = [...latches.keys()].toSorted((a, b) => a - b);
  const comesFrom = graphOf(flow.blocks, flow.to, flow.from);
  const of = new Int32Array(flow.blocks).fill(NONE);
  const depth = new Uint16Array(flow.blocks);
  const outer = heads.map((head, loop) => {
    const around = of[head];
    for (const block of members(head, latches.get(head)!)) {
      of[block] = loop;
      depth[block]++;
    }
    return around;
  });
  return { size: heads.length, head: Int32Array.from(heads), outer: Int32Array.from(outer), of, depth };

  function members(head: number, from: readonly number[]): Set<number> {
    const all = new Set([head]);
    const queue = [...from];
    for (let block = queue.pop(); block !== undefined; block = queue.pop()) {
      if (all.has(block)) continue;
      all.add(block);
      for (let way = comesFrom.first[block]; way < comesFrom.first[block + 1]; way++)
        queue.push(comesFrom.to[comesFrom.edges[way]]);
    }
    return all;
  }
}
