/** One run by paths, from every single call: nothing is shared out. Pure. */
import { addTo } from '../../base/groups.ts';
import type { TreeMeasure } from './graph.ts';
import type { Part, Side } from './tree.ts';

/** A row for each call, by thread and in the order of their beginning. */
export interface CallColumns {
  thread: number[];
  call: number[];
  parent: (number | null)[];
  /** Number of the function over both runs. */
  fn: number[];
  selfMs: number[];
  /** From beginning to end. */
  totalMs: number[];
}

export function exactSide(calls: CallColumns, measure: TreeMeasure): Side {
  const paths = new Paths();
  let thread = NaN;
  let nodes = new Map<number, number>();
  for (let n = 0; n < calls.call.length; n++) {
    if (calls.thread[n] !== thread) nodes = new Map();
    thread = calls.thread[n];
    const above = nodes.get(calls.parent[n] ?? NaN) ?? -1;
    nodes.set(calls.call[n], paths.add(above, calls.fn[n], calls.selfMs[n], calls.totalMs[n]));
  }
  const { fn } = paths;
  const own = measure === 'calls' ? paths.calls : paths.selfMs;
  const values = measure === 'latency' ? paths.totalMs : paths.withBelow(own);
  const part = (node: number): Part => ({ value: values[node], own: own[node], calls: paths.calls[node], isShared: false, node });
  const below = (node: number): Map<number, Part> =>
    new Map((paths.children.get(node) ?? []).map((each) => [fn[each], part(each)]));
  return {
    total: (paths.children.get(-1) ?? []).reduce((sum, node) => sum + values[node], 0),
    roots: () => below(-1),
    callees: (_, { node }) => below(node),
  };
} // prettier-ignore

/** Two numbers as one: no program has as many functions. */
const MOST_FUNCTIONS = 2 ** 24;

/** Paths by number; callers have lower ones. */
class Paths {
  readonly parent: number[] = [];
  readonly fn: number[] = [];
  readonly selfMs: number[] = [];
  readonly totalMs: number[] = [];
  readonly calls: number[] = [];
  /** -1: roots. */
  readonly children = new Map<number, number[]>();
  readonly #known = new Map<number, number>();

  /** A call of a function that is on the path already is one of that, and takes no time beside it. */
  add(above: number, fn: number, selfMs: number, totalMs: number): number {
    let node = above;
    while (node >= 0 && this.fn[node] !== fn) node = this.parent[node];
    const isAgain = node >= 0;
    if (!isAgain) node = this.#nodeOf(above, fn);
    this.selfMs[node] += selfMs;
    this.calls[node]++;
    if (!isAgain) this.totalMs[node] += totalMs;
    return node;
  }

  withBelow(own: readonly number[]): number[] {
    const values = [...own];
    for (let node = values.length - 1; node >= 0; node--)
      if (this.parent[node] >= 0) values[this.parent[node]] += values[node];
    return values;
  }

  #nodeOf(above: number, fn: number): number {
    const key = (above + 1) * MOST_FUNCTIONS + fn;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const node = this.fn.push(fn) - 1;
    this.parent.push(above);
    this.selfMs.push(0);
    this.totalMs.push(0);
    this.calls.push(0);
    this.#known.set(key, node);
    addTo(this.children, above, node);
    return node;
  }
}
