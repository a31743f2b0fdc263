/**
 * One run as numbers: what its functions take, and what of that goes over which edge. Functions are numbered over both runs that are compared. Pure.
 *
 * All three measures add up: what a function takes is its own part and what is done below it.
 */
import { addTo } from '../../base/groups.ts';
import type { ChainEdge, ChainFunction } from '../call-chains.ts';
import { workShares } from '../work-shares.ts';

/**
 * `work`: ms on the stack · `latency`: ms from beginning to end, waiting included; what runs side by side may take more than its caller ·
 * `calls`: calls begun.
 */
export type TreeMeasure = 'work' | 'latency' | 'calls';
export const TREE_MEASURES: readonly TreeMeasure[] = ['work', 'latency', 'calls'];

export interface CalledFunction {
  /** Number over both runs. */
  at: number;
  hits: number;
  /** Calls that nothing recorded made. */
  roots: number;
  selfMs: number;
  waitMs: number;
  totalMs: number;
}

export interface CallingEdge {
  src: number;
  dst: number;
  count: number;
  totalMs: number;
}

export interface OutEdge {
  dst: number;
  /** In the measure: of all calls of the caller. */
  value: number;
  count: number;
}

export interface RunGraph {
  /** By function: its own part. */
  own: Float64Array;
  /** By function: all that it takes, however it was called; what goes down a path is a share of this. */
  whole: Float64Array;
  hits: Float64Array;
  /** By function: calls by itself, which are folded. */
  again: Float64Array;
  /** By function: how many different callers it has; nobody recorded is one. */
  callers: Uint32Array;
  /** What nothing recorded called. */
  roots: { at: number; value: number; count: number }[];
  out: ReadonlyMap<number, OutEdge[]>;
}

/** @param size of the numbers of functions */
export function runGraph(
  functions: readonly CalledFunction[],
  edges: readonly CallingEdge[],
  measure: TreeMeasure,
  size: number,
): RunGraph {
  const graph: RunGraph = {
    own: new Float64Array(size),
    whole: new Float64Array(size),
    hits: new Float64Array(size),
    again: new Float64Array(size),
    callers: new Uint32Array(size),
    roots: [],
    out: new Map(),
  };
  const there = new Set(functions.map(({ at }) => at));
  const known = edges.filter(({ src, dst }) => there.has(src) && there.has(dst));
  const { values, wholes, own } = measured(functions, known, measure);
  const called = new Float64Array(size);
  const out = graph.out as Map<number, OutEdge[]>;
  known.forEach(({ src, dst, count }, n) => {
    if (src === dst) {
      graph.again[dst] += count;
      return;
    }
    called[dst] += values[n];
    graph.callers[dst]++;
    addTo(out, src, { dst, value: values[n], count });
  });
  functions.forEach(({ at, hits, roots }, n) => {
    graph.hits[at] = hits;
    graph.own[at] = own[n];
    graph.whole[at] = Math.max(wholes[n], called[at]);
    if (roots === 0) return;
    graph.callers[at]++;
    graph.roots.push({ at, value: Math.max(0, wholes[n] - called[at]), count: roots });
  });
  return graph;
}

/** `values` by edge, the others by function. */
interface Measured {
  values: number[];
  wholes: number[];
  own: number[];
}

function measured(
  functions: readonly CalledFunction[],
  edges: readonly CallingEdge[],
  measure: TreeMeasure,
): Measured {
  if (measure === 'latency')
    return {
      values: edges.map(({ totalMs }) => totalMs),
      wholes: functions.map(({ totalMs }) => totalMs),
      own: functions.map(({ selfMs }) => selfMs),
    };
  const named = functions.map((each): ChainFunction => ({ ...each, id: String(each.at) }));
  const linked = edges.map((each): ChainEdge => ({ ...each, src: String(each.src), dst: String(each.dst) }));
  const shared = measure === 'work' ? workShares(named, linked) : callShares(named, linked);
  const values = new Map(shared.edges.map(({ src, dst, totalMs }) => [`${src} ${dst}`, totalMs]));
  return {
    values: linked.map(({ src, dst }) => values.get(`${src} ${dst}`)!),
    wholes: shared.functions.map(({ totalMs }) => totalMs),
    own: shared.functions.map(({ selfMs }) => selfMs),
  };
}

/** Calls are shared out as work is: each is a unit of its own function, and of all that led to it. */
function callShares(functions: readonly ChainFunction[], edges: readonly ChainEdge[]): Shared {
  const again = new Map(edges.flatMap(({ src, dst, count }) => (src === dst ? [[dst, count]] : [])));
  return workShares(
    functions.map((each) => ({ ...each, selfMs: each.hits, totalMs: each.hits - (again.get(each.id) ?? 0) })),
    edges.map((each) => ({ ...each, totalMs: each.count })),
  );
}

type Shared = ReturnType<typeof workShares<ChainFunction>>;
