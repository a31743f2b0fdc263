/**
 * From times between beginning and end, which hold waiting, to times on the stack. Pure.
 *
 * What a function works, its callees included, is its own time and its part of what each callee works: as much of it as that callee's time
 * comes from this caller. The equations are solved by going round until nothing changes; recursion makes rounds, and each gives less.
 */
import { sum } from '../base/numbers.ts';
import type { ChainEdge, ChainFunction } from './call-chains.ts';

const MAX_ROUNDS = 200;
/** Rounds end when no function changes by more, of all work. */
const PRECISION = 1e-6;

/** The same functions and edges with the work in place of the time; the work of all root calls is the sum of all own times. */
export function workShares<F extends ChainFunction>(
  functions: readonly F[],
  edges: readonly ChainEdge[],
): { functions: F[]; edges: ChainEdge[] } {
  const others = edges.filter(({ src, dst }) => src !== dst);
  const called = new Map<string, number>();
  for (const { dst, totalMs } of others) called.set(dst, (called.get(dst) ?? 0) + totalMs);
  const whole = new Map(
    functions.map(({ id, roots, totalMs }) => [id, Math.max(called.get(id) ?? 0, roots > 0 ? totalMs : 0)]),
  );
  const part = ({ dst, totalMs }: ChainEdge): number => {
    const all = whole.get(dst) ?? 0;
    return all > 0 ? totalMs / all : 0;
  };
  const parts = others.map((edge) => ({ edge, share: part(edge) }));
  const work = solve(functions, parts);
  return {
    functions: functions.map((each) => ({ ...each, totalMs: work.get(each.id)!, waitMs: 0 })),
    edges: [
      ...edges.filter(({ src, dst }) => src === dst),
      ...parts.map(({ edge, share }) => ({ ...edge, totalMs: share * (work.get(edge.dst) ?? 0) })),
    ],
  };
}

/** Large programs have tens of thousands of edges, and need many rounds: numbers in place of names. */
function solve(
  functions: readonly ChainFunction[],
  parts: readonly { edge: ChainEdge; share: number }[],
): Map<string, number> {
  const numbers = new Map(functions.map(({ id }, at) => [id, at]));
  const known = parts.filter(({ edge }) => numbers.has(edge.src) && numbers.has(edge.dst));
  const from = Int32Array.from(known, ({ edge }) => numbers.get(edge.src)!);
  const to = Int32Array.from(known, ({ edge }) => numbers.get(edge.dst)!);
  const shares = Float64Array.from(known, ({ share }) => share);
  const own = Float64Array.from(functions, ({ selfMs }) => selfMs);
  const least = PRECISION * sum(own);
  let work = own;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const next = own.slice();
    for (let at = 0; at < from.length; at++) next[from[at]] += shares[at] * work[to[at]];
    let change = 0;
    for (let at = 0; at < next.length; at++) change = Math.max(change, Math.abs(next[at] - work[at]));
    work = next;
    if (change <= least) break;
  }
  return new Map(functions.map(({ id }, at) => [id, work[at]]));
}
