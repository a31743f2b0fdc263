/**
 * From times between beginning and end, which hold waiting, to times on the stack. Pure.
 *
 * What a function works, its callees included, is its own time and its part of what each callee works: as much of it as that callee's time
 * comes from this caller. The equations are solved by going round until nothing changes; recursion makes rounds, and each gives less.
 */
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

function solve(
  functions: readonly ChainFunction[],
  parts: readonly { edge: ChainEdge; share: number }[],
): Map<string, number> {
  const all = functions.reduce((sum, { selfMs }) => sum + selfMs, 0);
  let work = new Map(functions.map(({ id, selfMs }) => [id, selfMs]));
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const next = new Map(functions.map(({ id, selfMs }) => [id, selfMs]));
    for (const { edge, share } of parts)
      if (next.has(edge.src)) next.set(edge.src, next.get(edge.src)! + share * (work.get(edge.dst) ?? 0));
    const change = functions.reduce(
      (most, { id }) => Math.max(most, Math.abs(next.get(id)! - work.get(id)!)),
      0,
    );
    work = next;
    if (change <= all * PRECISION) break;
  }
  return work;
}
