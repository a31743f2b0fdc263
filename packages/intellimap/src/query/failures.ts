/** Question: which errors were there, by module and signature, and which failures did nobody see? */
import type { Session } from './session.ts';
import { taskShape } from './task-shape.ts';

export interface Failure {
  signature: string;
  name: string;
  /** What its messages have in common. */
  template: string;
  /** The message that came most often. */
  message: string;
  count: number;
  uncaught: number;
  /** Only catch clauses saw it: it was thrown by code that is not recorded, or by the language itself. */
  isCaughtOnly: boolean;
  /** Module of the place; null: outside of the recorded files. */
  path: string | null;
  line: number | null;
  function: string | null;
  /** What it began with: names of tasks, of the first of each message. */
  tasks: string[];
  causes: { name: string; message: string }[];
  /** Runs in which it was seen, this one included; the earliest of them, as ms since the epoch. */
  runs: number;
  since: number;
  /** Runs that began before this one and had it. */
  before: number;
  /** Earlier runs of the same command, none of which had it; 0: one had it, or there are none. */
  newAfter: number;
}

/** Every signature of the run: uncaught ones first, then by count. */
export async function failures({ db }: Session, limit = 1000): Promise<Failure[]> {
  const rows = await db.all<Omit<Failure, 'tasks' | 'causes'> & { tasks: string; causes: string | null }>(
    `WITH mine AS (
       SELECT e.signature, any_value(e.name) AS name, any_value(e.template) AS template, arg_max(e.message, e.count) AS message,
         sum(e.count)::BIGINT AS count, coalesce(sum(e.count) FILTER (e.kind = 'uncaught'), 0)::BIGINT AS uncaught, bool_and(e.kind = 'caught') AS isCaughtOnly,
         any_value(e.path) AS path, any_value(e.line) AS line, any_value(f.name) AS "function", any_value(e.causes) AS causes,
         to_json(list(DISTINCT ${taskShape('t.name')}) FILTER (t.name IS NOT NULL))::VARCHAR AS tasks, min(e.first_us) AS first
       FROM errors e LEFT JOIN functions f ON f.ast_node_id = e."function" LEFT JOIN tasks t USING (thread_id, task_id)
       GROUP BY e.signature),
     ever AS (
       SELECT signature, count(DISTINCT run_id)::INTEGER AS runs, min(epoch_ms(r.ts)) AS since,
         count(DISTINCT run_id) FILTER (r.ts < (SELECT ts FROM runs))::INTEGER AS before
       FROM all_runs.errors e JOIN all_runs.runs r ON r.id = e.run_id WHERE signature IN (SELECT signature FROM mine) GROUP BY signature),
     past AS (SELECT p.id FROM all_runs.runs p JOIN runs r ON p.command = r.command AND p.ts < r.ts)
     SELECT mine.* EXCLUDE (first), ever.runs, ever.since, ever.before,
       CASE WHEN EXISTS (SELECT 1 FROM all_runs.errors e WHERE e.signature = mine.signature AND e.run_id IN (SELECT id FROM past)) THEN 0 ELSE (SELECT count(*) FROM past)::INTEGER END AS newAfter
     FROM mine JOIN ever USING (signature)
     ORDER BY uncaught > 0 DESC, count DESC, first, signature LIMIT $limit`,
    { limit },
  );
  return rows.map((row) => ({
    ...row,
    tasks: (JSON.parse(row.tasks ?? '[]') as string[]).toSorted(),
    causes: JSON.parse(row.causes ?? '[]') as Failure['causes'],
  }));
}

export interface SilentFailure {
  id: string;
  name: string;
  path: string;
  line: number;
  /** Calls left by an exception that no call below it was left by, and that was not thrown by a `throw` in it. */
  count: number;
  calls: number;
  /** Function that the exception ended in: its caller was not left by it. null: it went to code that is not recorded. */
  endedIn: string | null;
  /** Tasks of these calls, by their names. */
  tasks: string[];
  /** One of the calls. */
  threadId: number;
  callId: number;
}

/**
 * Exceptions that nobody in the recorded files threw or caught: what the language throws (`undefined.x`) and a framework answers. Of an exception is known
 * which calls it left; where it began is the innermost of them. Those that a recorded catch clause saw are among `failures`.
 */
export async function silentFailures({ db }: Session, limit = 100): Promise<SilentFailure[]> {
  const rows = await db.all<Omit<SilentFailure, 'tasks'> & { tasks: string }>(
    `WITH RECURSIVE threw AS MATERIALIZED (SELECT thread_id, call_id, parent_call_id, function_id, task_id FROM calls WHERE outcome = 'threw'),
     origins AS (
       SELECT t.* FROM threw t WHERE NOT EXISTS (SELECT 1 FROM threw below WHERE below.thread_id = t.thread_id AND below.parent_call_id = t.call_id)),
     ways AS (
       SELECT thread_id, call_id AS origin, parent_call_id AS next, 0 AS depth FROM origins
       UNION ALL
       SELECT w.thread_id, w.origin, t.parent_call_id, w.depth + 1 FROM ways w JOIN threw t ON t.thread_id = w.thread_id AND t.call_id = w.next WHERE w.depth < 200),
     ends AS (SELECT thread_id, origin, arg_max(next, depth) AS last FROM ways GROUP BY ALL),
     catchers AS (SELECT DISTINCT "function" AS id FROM errors WHERE kind = 'caught' AND "function" IS NOT NULL),
     silent AS (
       SELECT o.thread_id, o.call_id, o.task_id, o.function_id, e.name AS endedIn
       FROM origins o JOIN ends ON ends.thread_id = o.thread_id AND ends.origin = o.call_id
       LEFT JOIN calls c ON c.thread_id = ends.thread_id AND c.call_id = ends.last LEFT JOIN functions e ON e.function_id = c.function_id
       WHERE e.ast_node_id IS NULL OR e.ast_node_id NOT IN (SELECT id FROM catchers)),
     -- Where a task saw as many errors as there are origins in it, each was seen by somebody.
     unseen AS (
       SELECT o.thread_id, o.task_id FROM origins o LEFT JOIN tasks t ON t.thread_id = o.thread_id AND t.task_id = o.task_id
       GROUP BY o.thread_id, o.task_id HAVING count(*) > coalesce(any_value(t.errors), 0)),
     thrown AS (SELECT "function" AS id, sum(count) AS count FROM errors WHERE kind <> 'caught' AND "function" IS NOT NULL GROUP BY 1)
     SELECT f.ast_node_id AS id, f.name, f.path, f.line, (count(*) - coalesce(any_value(thrown.count), 0))::BIGINT AS count, any_value(n.hits) AS calls,
       any_value(s.endedIn) AS endedIn, to_json(list(DISTINCT ${taskShape('t.name')}) FILTER (t.name IS NOT NULL))::VARCHAR AS tasks,
       arg_min(s.thread_id, s.call_id) AS threadId, min(s.call_id) AS callId
     FROM silent s JOIN functions f USING (function_id) JOIN nodes_runtime n ON n.ast_node_id = f.ast_node_id LEFT JOIN thrown ON thrown.id = f.ast_node_id
     SEMI JOIN unseen ON unseen.thread_id = s.thread_id AND unseen.task_id = s.task_id
     LEFT JOIN tasks t ON t.thread_id = s.thread_id AND t.task_id = s.task_id
     GROUP BY f.ast_node_id, f.name, f.path, f.line HAVING count(*) > coalesce(any_value(thrown.count), 0)
     ORDER BY count DESC, id LIMIT $limit`,
    { limit },
  );
  return rows.map((row) => ({ ...row, tasks: (JSON.parse(row.tasks ?? '[]') as string[]).toSorted() }));
}
