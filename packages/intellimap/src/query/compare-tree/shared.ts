/**
 * One run by paths, from pairs of caller and callee. Pure.
 *
 * Which of a function's callers its callees ran for pairs do not say, so each path is given its share, as in `call-chains.ts`: a path is exact as long as
 * each function on it has one caller.
 */
import type { OutEdge, RunGraph } from './graph.ts';
import type { Part, Side } from './tree.ts';

export function sharedSide(graph: RunGraph): Side {
  const { roots, whole, hits, again, callers, out } = graph;
  return {
    total: roots.reduce((sum, { value }) => sum + value, 0),
    roots: () =>
      new Map(
        roots.map(({ at, value, count }) => [
          at,
          partOf(graph, at, value, count * folded(hits[at], again[at]), callers[at] > 1),
        ]),
      ),
    callees(fn, { value, calls, isShared }) {
      const share = whole[fn] > 0 ? Math.min(1, value / whole[fn]) : 0;
      const part = hits[fn] > 0 ? calls / hits[fn] : 0;
      const callee = ({ dst, value: all, count }: OutEdge): Part =>
        partOf(
          graph,
          dst,
          Math.min(value, all * share),
          count * part * folded(hits[dst], again[dst]),
          isShared || callers[dst] > 1,
        );
      return new Map((out.get(fn) ?? []).map((each) => [each.dst, callee(each)]));
    },
  };
}

function partOf({ whole, own }: RunGraph, fn: number, value: number, calls: number, isShared: boolean): Part {
  const share = whole[fn] > 0 ? Math.min(1, value / whole[fn]) : 0;
  return { value, own: Math.min(value, own[fn] * share), calls, isShared, node: -1 };
}

/** Calls for each one that came from elsewhere: a function that calls itself is called more often than others call it. */
const folded = (hits: number, again: number): number => (hits > again ? hits / (hits - again) : 1);
