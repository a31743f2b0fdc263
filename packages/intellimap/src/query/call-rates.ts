/** Question: how often is each function called, by the last run of a command that is worth asking? */
import type { ReadingSession } from '../store/index.ts';
import { recordIn } from '../base/is-record.ts';
import { callCosts } from '../base/cost.ts';
import type { Use } from '../base/foretell.ts';
import { followedMs, type FollowedRates, followedRates } from '../base/following.ts';
import type { CallRate } from '../base/plan.ts';
import type { RunFile, Tier } from '../base/recording.ts';

export interface CallRates {
  /** The run that knows. */
  run: string;
  rates: CallRate[];
  /** Files that were instrumented: `modules.path`. */
  files: string[];
  use: Use;
  followed: FollowedRates;
}

/** Why a run does not tell how often functions are called. */
export const PASSED_OVER = ['short', 'sampled', 'untold'] as const;

/** A run of a command that was recorded, and does not know. */
export interface PassedOver {
  run: string;
  /** short: it took too little of the processors; sampled: tasks were left out of it; untold: it does not say what it took. */
  why: (typeof PASSED_OVER)[number];
  /** ms of processors; null: it does not say. */
  cpuMs: number | null;
}

/** Shorter runs are mostly compilation, ms of processors. */
const MIN_CPU_MS = 1000;
/** Costs are estimates: at least so much of the time was the program's own. Of nine libraries, the one that pays most for being told takes 3.3 times its time. */
const MIN_PLAIN = 0.2;
/** Part of what the thread took that reads. */
const MAX_READING = 0.3;
/** ms of processors that a process takes to begin to be recorded, all its threads (Node 20; about half of them pass). */
const PROCESS_MS = 170;

/**
 * By the time that the program itself took: without the recorder's thread, and without what its probes cost.
 * Runs of which tasks were left out do not know. Functions that were called at least once a second; of those that the run left out, what an earlier one had seen. Undefined: there is no such run.
 * @param command as in `runs.command`
 * @param plainMs ms of processors that the command was measured to take by itself; as the costs have it without
 */
export async function callRates(
  db: ReadingSession,
  command: string,
  cwd: string,
  cost: NonNullable<RunFile['cost']>,
  plainMs?: number,
): Promise<CallRates | undefined> {
  const [last] = await db.all<LastRun>(LAST, { command, cwd, minCpuMs: MIN_CPU_MS });
  if (last === undefined) return undefined;
  const { run, tier, cpuMs, ownMs, calls, hits, processes, instrumentingMs, livedMs, events, isHeld } = last;
  const { told, closed, read } = callCosts(cost, tier);
  const counts = await followedCounts(db, run);
  const paidMs = (calls * told + Math.max(0, hits - calls) * closed) / 1e6 + followedMs(counts);
  const seconds = (plainMs ?? Math.max(MIN_PLAIN * cpuMs, cpuMs - ownMs - paidMs)) / 1000;
  const use: Use = {
    // Time of processes, not of the clock: each of them has a thread that looks.
    wallPerSecond: Math.max(livedMs / 1000 / seconds, 0),
    startMs: processes * PROCESS_MS + instrumentingMs,
  };
  // Of a run that wrote much, what looking took is not to be seen beside it.
  const readingMs = (events * read) / 1e6;
  if (livedMs > 0 && readingMs < MAX_READING * ownMs)
    use.looking = { ns: ((ownMs - readingMs) * 1e9) / livedMs, isHeld };
  const rates = await db.all<CallRate>(RATES, { run, seconds });
  const files = await db.all<{ path: string }>(FILES, { run });
  return { run, rates, files: files.map(({ path }) => path), use, followed: ratesOf(counts, seconds) };
}

/** The latest run of a command of which `callRates` knows none that can tell; undefined: there is none at all. */
export async function passedOver(
  db: ReadingSession,
  command: string,
  cwd: string,
): Promise<PassedOver | undefined> {
  const [last] = await db.all<{ run: string; cpuMs: number | null; isSampled: boolean }>(LATEST, {
    command,
    cwd,
  });
  if (last === undefined) return undefined;
  const { run, cpuMs, isSampled } = last;
  if (isSampled) return { run, why: 'sampled', cpuMs };
  return { run, why: cpuMs !== null && cpuMs < MIN_CPU_MS ? 'short' : 'untold', cpuMs };
}

/** How many there were of what is followed; `planned`: in a second, where the run's plan left them out. */
interface FollowedCounts extends FollowedRates {
  planned: Record<string, unknown>;
}

async function followedCounts(db: ReadingSession, run: string): Promise<FollowedCounts> {
  const [{ notFollowed, ...counts }] = await db.all<FollowedRates & { notFollowed: string | null }>(
    FOLLOWED_COUNTS,
    { run },
  );
  return { ...counts, planned: recordIn(notFollowed ?? '{}') ?? {} };
}

const ratesOf = ({ planned, ...counts }: FollowedCounts, seconds: number): FollowedRates =>
  followedRates((what) => {
    const known = planned[what];
    return typeof known === 'number' ? known : counts[what] / seconds;
  });

interface LastRun {
  run: string;
  tier: Tier;
  cpuMs: number;
  ownMs: number;
  calls: number;
  hits: number;
  processes: number;
  instrumentingMs: number;
  /** How long its processes lived, added up. */
  livedMs: number;
  events: number;
  /** There was a budget. */
  isHeld: boolean;
}

const LAST = `
  SELECT r.id AS run, r.tier, c.cpuMs, c.ownMs, r.calls_total AS calls,
    (SELECT coalesce(sum(hits), 0) FROM all_runs.nodes_runtime n WHERE n.run_id = r.id) AS hits,
    (SELECT coalesce(sum(ms), 0) FROM all_runs.modules m WHERE m.run_id = r.id) AS "instrumentingMs",
    p.processes, p."livedMs", r.events, c."isHeld"
  FROM all_runs.runs r JOIN (
    SELECT run_id, sum(cpu) AS cpuMs, sum(own) AS ownMs, bool_or(held) AS "isHeld"
    FROM (
      SELECT run_id, thread_id, max(cpu_ms) AS cpu, max(own_ms) AS own, bool_or(budget_percent IS NOT NULL) AS held
      FROM all_runs.costs GROUP BY run_id, thread_id
    )
    GROUP BY run_id
  ) c ON c.run_id = r.id
  JOIN (
    SELECT run_id, count(DISTINCT pid)::INTEGER AS processes, sum(greatest(coalesce(end_us - start_us, 0), 0)) / 1000 AS "livedMs"
    FROM all_runs.threads WHERE tid = 0 GROUP BY run_id
  ) p ON p.run_id = r.id
  WHERE r.command = $command AND r.cwd = $cwd AND r.imported IS NULL AND c.cpuMs >= $minCpuMs
    AND NOT EXISTS (FROM all_runs.threads t WHERE t.run_id = r.id AND t.words_left_out > 0)
  ORDER BY r.ts DESC, r.id DESC LIMIT 1`;

const LATEST = `
  SELECT r.id AS run,
    (SELECT sum(cpu) FROM (SELECT max(cpu_ms) AS cpu FROM all_runs.costs c WHERE c.run_id = r.id GROUP BY c.thread_id)) AS "cpuMs",
    EXISTS (FROM all_runs.threads t WHERE t.run_id = r.id AND t.words_left_out > 0) AS "isSampled"
  FROM all_runs.runs r
  WHERE r.command = $command AND r.cwd = $cwd AND r.imported IS NULL
  ORDER BY r.ts DESC, r.id DESC LIMIT 1`;

const RATES = `
  SELECT f.path, f.ast_node_id AS id, f.is_async OR f.is_generator AS isFrame,
    CASE WHEN f.kept = 'nothing' THEN f.planned_rate ELSE coalesce(n.hits, 0) / $seconds END AS perSecond
  FROM all_runs.functions f LEFT JOIN all_runs.nodes_runtime n ON n.run_id = f.run_id AND n.path = f.path AND n.ast_node_id = f.ast_node_id
  WHERE f.run_id = $run AND f.kind <> 'module' AND perSecond >= 1`;

const FOLLOWED_COUNTS = `
  SELECT json_extract(r.flags, '$.notFollowed')::VARCHAR AS "notFollowed",
    (SELECT count(*) FROM all_runs.tasks t WHERE t.run_id = r.id AND t.kind = 'request')::DOUBLE AS requests,
    ((SELECT count(*) FROM all_runs.resources x WHERE x.run_id = r.id)
      + (SELECT coalesce(sum(l.count), 0) FROM all_runs.resources_let_go l WHERE l.run_id = r.id))::DOUBLE AS resources,
    (SELECT coalesce(sum(turns), 0) FROM (
      SELECT max(c.turns) AS turns FROM all_runs.costs c WHERE c.run_id = r.id GROUP BY c.thread_id))::DOUBLE AS turns
  FROM all_runs.runs r WHERE r.id = $run`;

const FILES = 'SELECT DISTINCT path FROM all_runs.functions WHERE run_id = $run ORDER BY path';
