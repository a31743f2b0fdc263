/**
 * Chains of calls by the time that runs through them. Pure.
 *
 *   main 100 ──60── serve 60 ──45── search 90 ──80── compare 80       main → serve → search → compare: 40
 *        └──────────40────────────── ┘ 45 of 90                       main → search → compare: 40
 *
 * Times of edges cover every call, so chains of a recording of any length are as good as those of a short one. What they do not say is which
 * of a function's callers its callees ran for: each is given its share, as gprof does (Graham, Kessler, McKusick: gprof, a call graph execution
 * profiler, 1982). A chain passes a function once, which folds recursion, and no callee is given more time than its caller has.
 */
import { lowest } from '../base/search.ts';
import { addTo } from '../base/groups.ts';

export interface ChainFunction {
  id: string;
  /** Calls that nothing recorded made. */
  roots: number;
  hits: number;
  selfMs: number;
  waitMs: number;
  /** From beginning to end of its calls, recursion counted once. */
  totalMs: number;
}

export interface ChainEdge {
  src: string;
  dst: string;
  count: number;
  totalMs: number;
}

export interface CallChain {
  /** Ids of its functions, the root first. */
  ids: string[];
  /** Time that runs through the whole chain, waiting included: that of the last function, called this way. */
  totalMs: number;
  /** Of the time of all root calls. */
  share: number;
  /** Of `totalMs`: the last function's own time on the stack, and its time that no recorded call explains (it waited). */
  selfMs: number;
  waitMs: number;
  /** Of `totalMs`: in callees none of which is big enough to go on with; the biggest of them. */
  scattered: { id: string; totalMs: number }[];
  /** Of `totalMs`: in functions of the chain once more. Recursion is folded, and what it does further down is not told apart. */
  roundMs: number;
  /** Whether some function of it has other callers too, so that times are shares. */
  isEstimate: boolean;
}

export interface ChainOptions {
  minShare: number;
  dominance: number;
  limit: number;
}

/** Steps that are looked at, of programs with very many chains of the same weight. */
const MAX_STEPS = 5000;
/** Longer chains are cut. */
const MAX_LENGTH = 100;
/** Scattered callees that are told. */
const MAX_SCATTERED = 3;

/** The heaviest chains; of equal weight the one that comes first by its ids. */
export function callChains(
  functions: readonly ChainFunction[],
  edges: readonly ChainEdge[],
  options: ChainOptions,
): CallChain[] {
  const graph = new Graph(functions, edges);
  const all = graph.roots.reduce((sum, { ms }) => sum + ms, 0);
  if (all <= 0) return [];
  const least = all * options.minShare;
  const found: { chain: CallChain; weight: number }[] = [];
  const open: Step[] = [];
  for (const { id, ms } of graph.roots) insert(open, { ids: [id], ms, isEstimate: false });
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    const step = open.pop();
    // Steps come with the heaviest first, and a chain weighs no more than its last step.
    if (step === undefined || step.ms < least || isFull(found, step.ms, options.limit)) break;
    const callees = graph.callees(step);
    const goesOn = step.ids.length < MAX_LENGTH ? callees.filter(({ ms }) => ms >= least) : [];
    for (const { id, ms, isShared } of goesOn)
      insert(open, { ids: [...step.ids, id], ms, isEstimate: step.isEstimate || isShared });
    const rest = Math.max(0, step.ms - goesOn.reduce((sum, { ms }) => sum + ms, 0));
    const isDominated = goesOn.some(({ ms }) => ms >= options.dominance * step.ms);
    if (!isDominated && rest >= least) found.push({ chain: graph.chain(step, callees, all), weight: rest });
  }
  return found
    .toSorted((a, b) => b.weight - a.weight || (a.chain.ids.join() < b.chain.ids.join() ? -1 : 1))
    .slice(0, options.limit)
    .map(({ chain }) => chain);
}

const isFull = (found: { weight: number }[], ms: number, limit: number): boolean =>
  found.length >= limit && found.filter(({ weight }) => weight >= ms).length >= limit;

/** The list stays sorted, the heaviest last. */
function insert(list: Step[], step: Step): void {
  list.splice(
    lowest(list.length, (n) => list[n].ms >= step.ms),
    0,
    step,
  );
}

interface Step {
  ids: string[];
  ms: number;
  isEstimate: boolean;
}

interface Callee {
  id: string;
  ms: number;
  isShared: boolean;
}

class Graph {
  readonly roots: { id: string; ms: number }[];
  readonly #functions: ReadonlyMap<string, ChainFunction>;
  readonly #out = new Map<string, ChainEdge[]>();
  /** Time of calls from other functions. */
  readonly #called = new Map<string, number>();
  /** Calls by themselves. */
  readonly #recursive = new Map<string, number>();

  constructor(functions: readonly ChainFunction[], edges: readonly ChainEdge[]) {
    this.#functions = new Map(functions.map((each) => [each.id, each]));
    for (const edge of edges) {
      if (edge.src === edge.dst) {
        this.#recursive.set(edge.src, edge.count);
        continue;
      }
      addTo(this.#out, edge.src, edge);
      this.#called.set(edge.dst, (this.#called.get(edge.dst) ?? 0) + edge.totalMs);
    }
    this.roots = functions
      .filter(({ roots }) => roots > 0)
      .map(({ id, totalMs }) => ({ id, ms: Math.max(0, totalMs - (this.#called.get(id) ?? 0)) }));
  }

  /** What the last function calls, the heaviest first, with the share of its time that this chain is given. */
  callees({ ids, ms }: Step): Callee[] {
    const id = ids.at(-1)!;
    const share = this.#share(id, ms);
    return (this.#out.get(id) ?? [])
      .filter(({ dst }) => !ids.includes(dst))
      .map(({ dst, count, totalMs }) => ({
        id: dst,
        ms: Math.min(ms, totalMs * share),
        isShared: count < (this.#functions.get(dst)?.hits ?? 0) - (this.#recursive.get(dst) ?? 0),
      }))
      .toSorted((a, b) => b.ms - a.ms || (a.id < b.id ? -1 : 1));
  }

  chain({ ids, ms, isEstimate }: Step, callees: Callee[], all: number): CallChain {
    const id = ids.at(-1)!;
    const { selfMs, waitMs } = this.#functions.get(id)!;
    const share = this.#share(id, ms);
    const self = Math.min(ms, selfMs * share);
    const inCallees = Math.min(
      ms - self,
      callees.reduce((sum, each) => sum + each.ms, 0),
    );
    const waits = Math.min(waitMs * share, ms - self - inCallees);
    const again = (this.#out.get(id) ?? []).filter(({ dst }) => ids.includes(dst));
    const round = again.reduce((sum, each) => sum + each.totalMs * share, 0);
    return {
      ids,
      totalMs: ms,
      share: ms / all,
      selfMs: self,
      waitMs: waits,
      roundMs: Math.min(round, ms - self - inCallees - waits),
      scattered: callees
        .slice(0, MAX_SCATTERED)
        .filter((each) => each.ms > 0)
        .map((each) => ({ id: each.id, totalMs: each.ms })),
      isEstimate,
    };
  }

  /** Of all that a function does, the part that happens in `ms` of its time. */
  #share(id: string, ms: number): number {
    const { totalMs } = this.#functions.get(id)!;
    const whole = Math.max(totalMs, this.#called.get(id) ?? 0);
    return whole > 0 ? Math.min(1, ms / whole) : 0;
  }
}
