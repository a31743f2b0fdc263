/** A flow as it was made → columns: blocks in the order of the text, edges by where they begin. */
import { NONE } from '../tree/tree.ts';
import { ENTRY, EXIT, FAILED, type Flow } from './flow.ts';
import { type Graph, graphOf } from './graph.ts';

/** Entry, exit, failed. */
export const FIXED = 3;

export interface Made {
  readonly owner: number;
  /** Blocks that were numbered, whether they began or not. */
  readonly made: number;
  readonly isLive: readonly boolean[];
  /** Blocks as they began, and their first steps. */
  readonly begun: readonly number[];
  readonly firstStep: readonly number[];
  readonly op: readonly number[];
  readonly node: readonly number[];
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly kind: readonly number[];
  /** Block at the end of a `finally` → the one at its start. */
  readonly finallyAt: ReadonlyMap<number, number>;
}

export function packed(draft: Made): Flow {
  const graph = graphOf(draft.made, draft.from, draft.to);
  const { order, number } = numbered(draft, graph);
  const blocks = FIXED + order.length;
  const firstStep = new Uint32Array(blocks + 1);
  for (let block = 0; block < order.length; block++) firstStep[FIXED + block] = draft.firstStep[order[block]];
  firstStep[blocks] = draft.op.length;
  const finallyAt = new Int32Array(blocks).fill(NONE);
  for (const [end, entry] of draft.finallyAt)
    if (number[end] !== NONE) finallyAt[number[end]] = number[entry];
  return {
    owner: draft.owner,
    blocks,
    ...edgesOf(draft, graph, order, number),
    firstStep,
    op: new Uint8Array(draft.op),
    node: new Int32Array(draft.node),
    finallyAt,
  };
}

/** What leads out of dead code into what lives is no way. */
const isWay = ({ isLive, from, to }: Made, edge: number): boolean => isLive[from[edge]] || !isLive[to[edge]];

/**
 * Numbers of blocks, by those that they were made with; `order`: which of those that began. Dead ones without steps that nothing leads to are left out, `NONE`.
 */
function numbered(draft: Made, { first, edges }: Graph): { order: number[]; number: Int32Array } {
  const { made, begun, firstStep, isLive, to } = draft;
  const comeTo = new Uint32Array(made);
  for (let edge = 0; edge < to.length; edge++) if (isWay(draft, edge)) comeTo[to[edge]]++;
  const number = new Int32Array(made).fill(NONE);
  for (const block of [ENTRY, EXIT, FAILED]) number[block] = block;
  const order: number[] = [];
  for (let at = 0; at < begun.length; at++) {
    const block = begun[at];
    const isEmpty = firstStep[at] === (at + 1 < begun.length ? firstStep[at + 1] : draft.op.length);
    if (isLive[block] || !isEmpty || comeTo[block] > 0) number[block] = FIXED + order.push(at) - 1;
    else
      for (let way = first[block]; way < first[block + 1]; way++)
        if (isWay(draft, edges[way])) comeTo[to[edges[way]]]--;
  }
  return { order, number };
}

function edgesOf(draft: Made, graph: Graph, order: readonly number[], number: Int32Array): Pick<Flow, 'from' | 'to' | 'edge'> {
  const from = new Uint32Array(draft.from.length);
  const to = new Uint32Array(draft.from.length);
  const kind = new Uint8Array(draft.from.length);
  let size = 0;
  const add = (block: number): void => {
    const own = size;
    for (let way = graph.first[block]; way < graph.first[block + 1]; way++) {
      const edge = graph.edges[way];
      if (!isWay(draft, edge)) continue;
      const target = number[draft.to[edge]];
      let same = own;
      while (same < size && (to[same] !== target || kind[same] !== draft.kind[edge])) same++;
      if (same < size) continue;
      from[size] = number[block];
      to[size] = target;
      kind[size] = draft.kind[edge];
      size++;
    }
  };
  add(ENTRY);
  for (const at of order) add(draft.begun[at]);
  return { from: from.slice(0, size), to: to.slice(0, size), edge: kind.slice(0, size) };
} // prettier-ignore
