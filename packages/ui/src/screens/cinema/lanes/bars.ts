/**
 * Bars of lanes in plain columns: what came from the server, in µs, with an index of rows so that painting and picking look at what is
 * in view alone. Pure.
 */
import type { TimeWindow } from '../../../../../intellimap/src/serve/contract.ts';

export interface BarFunction {
  id: string;
  name: string;
  module: string;
  line: number;
}

export interface Bars {
  /** Which lane, of those that the answer told. */
  lane: Uint16Array;
  depth: Uint8Array;
  /** µs since the run began. */
  from: Float64Array;
  to: Float64Array;
  /** Calls that the bar stands for, and how many of them failed. */
  count: Uint32Array;
  failed: Uint32Array;
  /** Index in `functions`. */
  fn: Uint32Array;
  call: Float64Array;
  /** Of the first that failed; NaN: none. */
  failedCall: Float64Array;
  /** `Bar` bits. */
  flags: Uint8Array;
  functions: readonly BarFunction[];
  /** Bars of one lane and depth stand together, in order of time; by lane and depth. */
  runs: readonly Run[];
}

export interface Run {
  lane: number;
  depth: number;
  first: number;
  end: number;
}

/** Those of `SpanFlag`, and one more: it waits for the most part, and is hatched where nothing of it is known to run. */
export const Bar = {
  FAILED: 1,
  ASYNC: 2,
  OPEN: 4,
  RESUMED: 8,
  MANY: 16,
  EARLIER: 32,
  DEEP: 64,
  WAITS: 128,
} as const;

/** Depth of errors that have no row: they are only signs, at the bottom of their lane. */
export const NO_ROW = 255;

export function barsOf({ head, columns }: TimeWindow): Bars {
  const { t0, resolution } = head;
  const from = Float64Array.from(columns.start, (start) => t0 + start * resolution);
  return indexed({
    lane: columns.row,
    depth: columns.depth,
    from,
    to: from.map((start, n) => start + columns.duration[n] * resolution),
    count: columns.count,
    failed: columns.failed,
    fn: columns.function,
    call: columns.call,
    failedCall: columns.failedCall,
    flags: columns.flags,
    functions: head.functions,
  });
}

export function indexed(bars: Omit<Bars, 'runs'>): Bars {
  const runs: Run[] = [];
  for (let n = 0; n < bars.lane.length; n++) {
    const last = runs.at(-1);
    if (last?.lane === bars.lane[n] && last.depth === bars.depth[n]) last.end = n + 1;
    else runs.push({ lane: bars.lane[n], depth: bars.depth[n], first: n, end: n + 1 });
  }
  return { ...bars, runs };
}

/** The bars named by `kept`, in that order, in which lanes and depths stand together; `depth`: of each of them. */
export function pick(bars: Bars, kept: readonly number[], depth: (n: number) => number): Bars {
  const pickFrom = <T extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(column: T): T =>
    new (column.constructor as new (of: number[]) => T)(kept.map((n) => column[n]));
  return indexed({
    ...bars,
    lane: pickFrom(bars.lane),
    depth: Uint8Array.from(kept, depth),
    from: pickFrom(bars.from),
    to: pickFrom(bars.to),
    count: pickFrom(bars.count),
    failed: pickFrom(bars.failed),
    fn: pickFrom(bars.fn),
    call: pickFrom(bars.call),
    failedCall: pickFrom(bars.failedCall),
    flags: pickFrom(bars.flags),
  });
}

/** First bar of a run that ends after `t`: those before it are out of view at the left. */
export function firstAfter({ to }: Bars, { first, end }: Run, t: number): number {
  let [low, high] = [first, end];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (to[middle] > t) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The bar of a lane and depth at a moment, with `slack` µs around it: the one that failed, else the longest; −1: none. */
export function barAt(bars: Bars, lane: number, depth: number, t: number, slack: number): number {
  const run = bars.runs.find((each) => each.lane === lane && each.depth === depth);
  if (run === undefined) return -1;
  let best = -1;
  for (let n = firstAfter(bars, run, t - slack); n < run.end && bars.from[n] <= t + slack; n++)
    if (best < 0 || weight(bars, n) > weight(bars, best)) best = n;
  return best;
}

const weight = ({ from, to, failed }: Bars, n: number): number =>
  to[n] - from[n] + (failed[n] > 0 ? Number.MAX_SAFE_INTEGER : 0);

/** Times at which something of a lane lay on the stack, merged; in order. */
export function busyOf(bars: Bars, lane?: number): [from: number, to: number][] {
  const roots = bars.runs.filter((run) => run.depth === 0 && (lane === undefined || run.lane === lane));
  const all = roots.flatMap(({ first, end }) =>
    Array.from({ length: end - first }, (_, n): [number, number] => [
      bars.from[first + n],
      bars.to[first + n],
    ]),
  );
  return merged(all);
}

export function merged(all: [from: number, to: number][]): [from: number, to: number][] {
  const joined: [number, number][] = [];
  for (const [from, to] of all.toSorted((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}
