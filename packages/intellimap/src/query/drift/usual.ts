/** What earlier runs had where two runs differ: the band in which a figure is nothing new. Pure. */
import type { Change, Pair } from './change.ts';
import { edgeKey, type Snapshot } from './snapshot.ts';

export interface Usual {
  /** In the unit of the change; the run before is one of those it is taken from. */
  low: number;
  high: number;
  runs: number;
}

/** null: no earlier run beside the one before tells, or the change has no figure. */
export function usualOf({ before, history }: Pair, change: Change): Usual | null {
  const known = [before, ...history].map((run) => figureOf(run, change)).filter((each) => each !== null);
  if (known.length < 2) return null;
  return { low: Math.min(...known), high: Math.max(...known), runs: known.length };
}

/** The figure of a change in any run; null: that run does not tell, or the change has none. */
export function figureOf(run: Snapshot, { kind, key, unit }: Change): number | null {
  const [first, second] = key.split('\n');
  const own = run.functions.get(first);
  const edge = second === undefined ? undefined : run.edges.get(edgeKey(first, second));
  switch (kind) {
    case 'function':
      return own?.hits ?? 0;
    case 'edge':
      return edge?.count ?? 0;
    case 'error':
      return run.errors.get(key)?.count ?? 0;
    case 'calls':
      if (second === undefined) return own?.roots ?? null;
      return edge === undefined || own === undefined || own.hits === 0 ? null : edge.count / own.hits;
    case 'self':
      return own === undefined || own.selfMs === null || own.hits === 0 ? null : own.selfMs / own.hits;
    case 'latency':
      return (unit === 'ms (median)' ? edge?.p50Ms : edge?.p95Ms) ?? null;
    case 'task':
      return (second === 'calls' ? run.tasks.get(first)?.calls : run.tasks.get(first)?.p50Ms) ?? null;
    default:
      return null;
  }
}
