/** Edges of the map between modules: calls of one run, or of two, and imports. Pure. */
import { EDGE_CHANGES, EDGE_KINDS, type EdgeColumns } from '../../layout/index.ts';
import type { MapRows } from './functions.ts';

interface Edge {
  src: number;
  dst: number;
  calls: number;
  callsBefore: number;
  totalMs: number;
  isImported: boolean;
  wasImported: boolean;
  isUnused: boolean;
  isHot: boolean;
}

type Kind = (typeof EDGE_KINDS)[number];
type Change = (typeof EDGE_CHANGES)[number];

/** An edge of which nothing is known but that it is there. */
const LEAST_STRENGTH = 0.05;
/** Where unused imports stand among the others when not all are drawn. */
const UNUSED_RANK = 0.4;
/** From the weakest to the strongest that differ in thickness. */
const DECADES = 4;

/**
 * @param paths of the modules, sorted
 * @param hot pairs of modules along the heaviest chain
 */
export function edgeColumns({ now, before, text }: MapRows, paths: readonly string[], hot: readonly (readonly [number, number])[]): EdgeColumns {
  const places = new Map(paths.map((path, at) => [path, at]));
  const found = new Map<number, Edge>();
  const edge = (from: string, to: string): Edge | undefined => {
    const [src, dst] = [places.get(from), places.get(to)];
    return src === undefined || dst === undefined || src === dst ? undefined : between(found, src, dst, paths.length);
  };
  for (const { src, dst, calls, totalMs } of now.edges) {
    const one = edge(src, dst);
    if (one !== undefined) Object.assign(one, { calls, totalMs: totalMs ?? NaN });
  }
  for (const { src, dst, isUnused } of now.imports) {
    const one = edge(src, dst);
    if (one !== undefined) Object.assign(one, { isImported: true, isUnused });
  }
  for (const { src, dst, calls } of before?.edges ?? []) {
    const one = edge(src, dst);
    if (one !== undefined) one.callsBefore = calls;
  }
  for (const { src, dst } of before?.imports ?? []) {
    const one = edge(src, dst);
    if (one !== undefined) one.wasImported = true;
  }
  // What the runs tell of a file's imports is all there is of them.
  const known = new Set([...now.modules, ...(before?.modules ?? [])].filter(({ instrumented }) => instrumented).map(({ path }) => path));
  for (const { src, dst } of text.imports)
    if (!known.has(src)) {
      const one = edge(src, dst);
      if (one !== undefined) one.isImported = one.wasImported = true;
    }
  for (const [src, dst] of hot) between(found, src, dst, paths.length).isHot = true;
  return columns([...found.values()], now.measured.times, before !== null);
} // prettier-ignore

function between(found: Map<number, Edge>, src: number, dst: number, count: number): Edge {
  const key = src * count + dst;
  const known = found.get(key);
  if (known !== undefined) return known;
  const edge = { src, dst, calls: 0, callsBefore: 0, totalMs: NaN, isImported: false, wasImported: false, isUnused: false, isHot: false };
  found.set(key, edge);
  return edge;
} // prettier-ignore

function columns(edges: readonly Edge[], hasTimes: boolean, isCompared: boolean): EdgeColumns {
  const weightOf = ({ calls, totalMs }: Edge): number => (hasTimes ? totalMs || 0 : calls);
  const max = edges.reduce((most, edge) => Math.max(most, weightOf(edge)), 0);
  const all = edges.map((edge) => {
    const kind = kindOf(edge);
    const change = isCompared ? changeOf(edge, kind) : 'same';
    const strength = Math.max(LEAST_STRENGTH, logarithmic(weightOf(edge), max));
    const rank = (edge.isHot ? 4 : 0) + (change === 'same' ? 0 : 2) + (kind === 'unused' ? UNUSED_RANK : strength);
    return { ...edge, kind, change, strength, rank };
  });
  const sorted = all.toSorted((a, b) => b.rank - a.rank || a.src - b.src || a.dst - b.dst);
  return {
    src: Uint32Array.from(sorted, ({ src }) => src),
    dst: Uint32Array.from(sorted, ({ dst }) => dst),
    kind: Uint8Array.from(sorted, ({ kind }) => EDGE_KINDS.indexOf(kind)),
    change: Uint8Array.from(sorted, ({ change }) => EDGE_CHANGES.indexOf(change)),
    calls: Float64Array.from(sorted, ({ calls }) => calls),
    callsBefore: Float64Array.from(sorted, ({ callsBefore }) => callsBefore),
    totalMs: Float64Array.from(sorted, ({ totalMs }) => totalMs),
    strength: Float32Array.from(sorted, ({ strength }) => strength),
    hot: Uint8Array.from(sorted, ({ isHot }) => Number(isHot)),
  };
} // prettier-ignore

function kindOf({ calls, callsBefore, isUnused }: Edge): Kind {
  if (calls + callsBefore > 0) return 'calls';
  return isUnused ? 'unused' : 'import';
}

function changeOf({ calls, callsBefore, isImported, wasImported }: Edge, kind: Kind): Change {
  const is = kind === 'calls' ? calls > 0 : isImported;
  const was = kind === 'calls' ? callsBefore > 0 : wasImported;
  if (is === was) return 'same';
  return is ? 'added' : 'removed';
}

/** 0 … 1 over some decades below the greatest. */
const logarithmic = (value: number, max: number): number =>
  max === 0 ? 0 : Math.log1p((value / max) * 10 ** DECADES) / Math.log1p(10 ** DECADES);
