/**
 * Failures that matter. Nearly any step may fail, so nearly all that follows depends on nearly all that came before: true, and of no use to a reader. What is left out here are ways of
 * failures that no `catch` of the body hears of, and that nobody throws: `throw` stays, and calls of functions that may get to one.
 */
import { EdgeKind, FAILED, type Flow, Op } from '../flow/flow.ts';
import type { Calls } from './calls.ts';
import { grouped } from './pack.ts';

/** Which steps of a block count as those that may fail. */
export const Failing = {
  NONE: 0,
  /** `throw`, and calls that may get to one. */
  THROWN: 1,
  ALL: 2,
} as const;

/** A flow with those failures alone that matter. */
export interface HeardFlow extends Flow {
  /** By block: `Failing`. */
  readonly failing: Uint8Array;
}

/** All failures matter. */
export const withAll = (flows: readonly Flow[]): HeardFlow[] =>
  flows.map((flow) => ({ ...flow, failing: failingOf(flow, () => true) }));

/** The same flows without what nobody throws or hears of. @param calls whose targets may throw */
export function withoutUnheard(flows: readonly Flow[], calls: Calls): HeardFlow[] {
  const throwing = new Set<number>();
  const callers = callersIn(flows, calls);
  const kept = [...flows.keys()].map((at) => heard(flows[at], calls, throwing));
  // Whoever calls what throws may throw.
  const open = [...flows.keys()];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { owner } = flows[at];
    if (throwing.has(owner) || !kept[at].to.includes(FAILED)) continue;
    throwing.add(owner);
    for (const caller of callers.get(owner) ?? []) {
      kept[caller] = heard(flows[caller], calls, throwing);
      open.push(caller);
    }
  }
  return kept;
}

/** Function → numbers of the flows that may call it. */
function callersIn(flows: readonly Flow[], calls: Calls): Map<number, Set<number>> {
  const callers = new Map<number, Set<number>>();
  flows.forEach(({ op, node }, at) =>
    op.forEach((each, step) => {
      if (each !== Op.CALL) return;
      for (const target of calls.targets(node[step])) {
        const known = callers.get(target);
        if (known) known.add(at);
        else callers.set(target, new Set([at]));
      }
    }),
  );
  return callers;
}

function heard(flow: Flow, calls: Calls, throwing: ReadonlySet<number>): HeardFlow {
  const { from, to, edge } = flow;
  const hears = new Hearing(flow);
  const isKept = Uint8Array.from(edge, (kind, at) =>
    Number(kind !== EdgeKind.THROW || hears.isHeard(to[at]) || mayThrow(flow, from[at], calls, throwing)),
  );
  // What goes on failing at the end of a `finally` came in failing.
  for (let isChanged = true; isChanged;) {
    isChanged = false;
    for (let at = 0; at < edge.length; at++) {
      const entry = flow.finallyAt[from[at]];
      if (isKept[at] || entry < 0 || !hears.into(entry).some((way) => isKept[way])) continue;
      isKept[at] = 1;
      isChanged = true;
    }
  }
  const only = <Column extends Uint32Array | Uint8Array>(column: Column): Column =>
    column.filter((_, at) => isKept[at]) as Column;
  const left = { ...flow, from: only(from), to: only(to), edge: only(edge) };
  return { ...left, failing: failingOf(left, (to) => hears.isHeard(to)) };
}

function failingOf({ blocks, from, to, edge }: Flow, isHeard: (block: number) => boolean): Uint8Array {
  const failing = new Uint8Array(blocks);
  for (let at = 0; at < edge.length; at++)
    if (edge[at] === EdgeKind.THROW) failing[from[at]] = isHeard(to[at]) ? Failing.ALL : Failing.THROWN;
  return failing;
}

class Hearing {
  readonly #flow: Flow;
  readonly #endOf = new Map<number, number>();
  readonly #firstIn: Uint32Array;
  readonly #in: Uint32Array;

  constructor(flow: Flow) {
    this.#flow = flow;
    flow.finallyAt.forEach((entry, end) => entry >= 0 && this.#endOf.set(entry, end));
    [this.#firstIn, this.#in] = grouped(flow.blocks, flow.to);
  }

  /** Whether a failure that comes to this block gets to a `catch`. */
  isHeard(block: number): boolean {
    const { op, firstStep, from, to, edge } = this.#flow;
    const first = firstStep[block];
    if (first < firstStep[block + 1] && op[first] === Op.CATCH) return true;
    const end = this.#endOf.get(block);
    if (end === undefined) return false;
    for (let at = 0; at < from.length; at++)
      if (from[at] === end && edge[at] === EdgeKind.THROW) return this.isHeard(to[at]);
    return false;
  }

  /** Edges on which failures come. */
  into(block: number): number[] {
    const ways = [...this.#in.subarray(this.#firstIn[block], this.#firstIn[block + 1])];
    return ways.filter((at) => this.#flow.edge[at] === EdgeKind.THROW);
  }
}

function mayThrow(flow: Flow, block: number, calls: Calls, throwing: ReadonlySet<number>): boolean {
  const { op, node, firstStep } = flow;
  for (let step = firstStep[block]; step < firstStep[block + 1]; step++) {
    if (op[step] === Op.THROW) return true;
    if (op[step] === Op.CALL && calls.targets(node[step]).some((target) => throwing.has(target))) return true;
  }
  return false;
}
