/** Question: how often is each function called, by the last run of a command that is worth asking? */
import type { ReadingSession } from '../store/index.ts';
import { callCosts } from '../base/cost.ts';
import type { CallRate } from '../base/plan.ts';
import type { RunFile, Tier } from '../base/recording.ts';

export interface CallRates {
  /** The run that knows. */
  run: string;
  rates: CallRate[];
}

/** Shorter runs are mostly compilation, ms of processors. */
const MIN_CPU_MS = 1000;
/** Costs are estimates: at least so much of the time was the program's own. */
const MIN_PLAIN = 0.02;

/**
 * By the time that the program itself took: without the recorder's thread, and without what its probes cost.
 * Runs of which tasks were left out do not know. Functions that were called at least once a second; of those that the run left out, what an earlier one had seen. Undefined: there is no such run.
 * @param command as in `runs.command`
 */
export async function callRates(
  db: ReadingSession,
  command: string,
  cwd: string,
  cost: NonNullable<RunFile['cost']>,
): Promise<CallRates | undefined> {
  const [last] = await db.all<LastRun>(LAST, { command, cwd, minCpuMs: MIN_CPU_MS });
  if (last === undefined) return undefined;
  const { run, tier, cpuMs, ownMs, calls, hits } = last;
  const { told, closed } = callCosts(cost, tier);
  const paidMs = (calls * told + Math.max(0, hits - calls) * closed) / 1e6;
  const seconds = Math.max(MIN_PLAIN * cpuMs, cpuMs - ownMs - paidMs) / 1000;
  return { run, rates: await db.all<CallRate>(RATES, { run, seconds }) };
}

interface LastRun {
  run: string;
  tier: Tier;
  cpuMs: number;
  ownMs: number;
  calls: number;
  hits: number;
}

const LAST = `
  SELECT r.id AS run, r.tier, c.cpuMs, c.ownMs, r.calls_total AS calls,
    (SELECT coalesce(sum(hits), 0) FROM all_runs.nodes_runtime n WHERE n.run_id = r.id) AS hits
  FROM all_runs.runs r JOIN (
    SELECT run_id, sum(cpu) AS cpuMs, sum(own) AS ownMs
    FROM (SELECT run_id, thread_id, max(cpu_ms) AS cpu, max(own_ms) AS own FROM all_runs.costs GROUP BY ALL)
    GROUP BY run_id
  ) c ON c.run_id = r.id
  WHERE r.command = $command AND r.cwd = $cwd AND r.imported IS NULL AND c.cpuMs >= $minCpuMs
    AND NOT EXISTS (FROM all_runs.threads t WHERE t.run_id = r.id AND t.words_left_out > 0)
  ORDER BY r.ts DESC, r.id DESC LIMIT 1`;

const RATES = `
  SELECT f.path, f.ast_node_id AS id, f.is_async OR f.is_generator AS isFrame,
    CASE WHEN f.kept = 'nothing' THEN f.planned_rate ELSE coalesce(n.hits, 0) / $seconds END AS perSecond
  FROM all_runs.functions f LEFT JOIN all_runs.nodes_runtime n ON n.run_id = f.run_id AND n.path = f.path AND n.ast_node_id = f.ast_node_id
  WHERE f.run_id = $run AND f.kind <> 'module' AND perSecond >= 1`;
