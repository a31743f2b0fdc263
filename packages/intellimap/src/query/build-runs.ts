/** Question: what did each of these runs do that the runs of another build can be compared with? Functions, errors and tasks, by ids that outlive a build. */
import type { RunRow } from './session.ts';
import type { ReadingSession } from '../store/index.ts';

export interface RunFunction {
  id: string;
  name: string;
  path: string;
  line: number;
  endLine: number;
  hash: string | null;
  kind: string;
  hits: number;
  /** null: the tier takes no times. */
  selfMs: number | null;
}

export interface RunError {
  signature: string;
  name: string;
  message: string;
  kind: string;
  path: string | null;
  line: number | null;
  /** Function around the place. */
  function: string | null;
  count: number;
}

export interface RunTasks {
  kind: string;
  name: string;
  path: string | null;
  line: number | null;
  id: string | null;
  count: number;
  /** Of a task in the middle; null: not recorded. */
  busyMs: number | null;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  /** Of a task on average. */
  calls: number;
  awaits: number | null;
  /** Calls of a task on average by function, of those that ask a database or service; null: not all calls have a row. */
  queries: Record<string, number> | null;
}

export interface BuildRun {
  run: RunRow;
  /** ms of processors: of the main threads, and of all but the recorder's own; null: not known. */
  mainMs: number | null;
  cpuMs: number | null;
  /** Threads beside the main ones. */
  workers: number;
  functions: RunFunction[];
  errors: RunError[];
  tasks: RunTasks[];
}

/** @param queryFunctions regular expression (RE2) of names of functions that count as queries */
export async function buildRun(db: ReadingSession, run: RunRow, queryFunctions: string): Promise<BuildRun> {
  const asked = { run: run.id };
  const [used] = await db.all<Pick<BuildRun, 'mainMs' | 'cpuMs' | 'workers'>>(USED, asked);
  return {
    run,
    mainMs: used?.mainMs ?? null,
    cpuMs: used?.cpuMs ?? null,
    workers: used?.workers ?? 0,
    functions: await db.all<RunFunction>(FUNCTIONS, asked),
    errors: await db.all<RunError>(ERRORS, asked),
    tasks: await tasksOf(db, run, queryFunctions),
  };
}

/** The latest runs of the same command in the same folder, in the order in which they were made: those of others are of other programs. */
export async function latestLike(
  db: ReadingSession,
  { command, cwd }: RunRow,
  count: number,
): Promise<RunRow[]> {
  const runs = await db.all<RunRow>(
    'SELECT * FROM all_runs.runs WHERE command = $command AND cwd = $cwd ORDER BY ts DESC, id DESC LIMIT $count',
    { command, cwd, count },
  );
  return runs.toReversed();
}

async function tasksOf(db: ReadingSession, run: RunRow, pattern: string): Promise<RunTasks[]> {
  const asked = { run: run.id };
  const tasks = await db.all<Omit<RunTasks, 'queries'>>(TASKS, asked);
  if (run.calls_rule !== 'all') return tasks.map((task) => ({ ...task, queries: null }));
  const queries = await db.all<{ kind: string; name: string; id: string; calls: number }>(QUERIES, {
    ...asked,
    pattern,
  });
  // There may be a name for each request: thousands.
  const answers = new Map<string, RunTasks & { queries: Record<string, number> }>();
  for (const task of tasks) answers.set(keyOf(task), { ...task, queries: {} });
  for (const query of queries) {
    const task = answers.get(keyOf(query));
    if (task !== undefined) task.queries[query.id] = query.calls / task.count;
  }
  return [...answers.values()];
}

const keyOf = ({ kind, name }: Pick<RunTasks, 'kind' | 'name'>): string => `${kind}\0${name}`;

const USED = `
  SELECT sum(main) AS mainMs, sum(cpu - own) AS cpuMs,
    (SELECT count(*) FROM all_runs.threads WHERE run_id = $run AND tid <> 0) AS workers
  FROM (
    SELECT max(main_ms) AS main, max(cpu_ms) AS cpu, max(own_ms) AS own FROM all_runs.costs WHERE run_id = $run GROUP BY thread_id)`;

/** What V8 counted of pages that are not instrumented tells of functions as well as probes do; where both do, they saw the same calls. */
const FUNCTIONS = `
  WITH covered AS (
    SELECT ast_node_id AS id, any_value(name) AS name, any_value(path) AS path, min(line) AS line, max(end_line) AS endLine, sum(count)::BIGINT AS hits
    FROM all_runs.coverage WHERE run_id = $run AND source = 'v8' AND kind = 'function' AND ast_node_id IS NOT NULL GROUP BY ast_node_id),
  recorded AS (
    SELECT f.ast_node_id AS id, any_value(f.name) AS name, any_value(f.path) AS path, min(f.line) AS line, max(f.end_line) AS endLine,
      any_value(f.hash) AS hash, any_value(f.kind) AS kind, coalesce(max(n.hits), 0) AS hits, max(n.self_ms) AS selfMs
    FROM all_runs.functions f LEFT JOIN all_runs.nodes_runtime n ON n.run_id = f.run_id AND n.path = f.path AND n.ast_node_id = f.ast_node_id
    WHERE f.run_id = $run AND f.off IS NULL AND f.kept <> 'nothing'
    GROUP BY f.ast_node_id)
  SELECT r.* REPLACE (greatest(r.hits, coalesce(c.hits, 0)) AS hits) FROM recorded r LEFT JOIN covered c USING (id)
  UNION ALL
  SELECT id, coalesce(name, id), path, line, endLine, NULL, 'function', hits, NULL FROM covered
  WHERE id NOT IN (SELECT ast_node_id FROM all_runs.functions WHERE run_id = $run)`;

const ERRORS = `
  SELECT e.name, e.message, e.kind, e.path, e.line, e."function", e.signature, e.count
  FROM all_runs.errors e WHERE e.run_id = $run`;

/** Open ones have not told all. */
const WHOLE = `t.run_id = $run AND NOT t.open`;

const TASKS = `
  SELECT t.kind, t.name, any_value(f.path) AS path, any_value(f.line) AS line, mode(t.ast_node_id) AS id, count(*) AS count,
    median(t.busy_ms) AS busyMs, quantile_cont(t.duration_ms, 0.5) AS p50Ms, quantile_cont(t.duration_ms, 0.95) AS p95Ms,
    quantile_cont(t.duration_ms, 0.99) AS p99Ms, avg(t.calls) AS calls, avg(t.awaits) AS awaits
  FROM all_runs.tasks t LEFT JOIN all_runs.functions f ON f.run_id = t.run_id AND f.ast_node_id = t.ast_node_id
  WHERE ${WHOLE} GROUP BY t.kind, t.name`;

const QUERIES = `
  SELECT t.kind, t.name, f.ast_node_id AS id, count(*) AS calls
  FROM all_runs.calls c
  JOIN all_runs.functions f ON f.run_id = c.run_id AND f.function_id = c.function_id
  JOIN all_runs.tasks t ON t.run_id = c.run_id AND t.thread_id = c.thread_id AND t.task_id = c.task_id
  WHERE c.run_id = $run AND ${WHOLE} AND regexp_matches(f.name, $pattern)
  GROUP BY ALL`;
