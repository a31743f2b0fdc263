/** What of a run is compared with another one: everything by ids that lines, order and names of files' versions do not change. */
import type { ReadingSession } from '../../store/index.ts';
import { taskShape } from '../task-shape.ts';

export interface FunctionFact {
  id: string;
  name: string;
  path: string;
  line: number;
  /** Of its text, of module bodies that of the file; null: not known. */
  hash: string | null;
  /** 0: never called. */
  hits: number;
  /** Of these, calls that nothing recorded made; null: the tier does not tell. */
  roots: number | null;
  /** null: the tier takes no times. */
  selfMs: number | null;
  /** Its calls were counted at most, or not even that. */
  isPartial: boolean;
}

export interface EdgeFact {
  src: string;
  dst: string;
  count: number;
  p50Ms: number | null;
  p95Ms: number | null;
}

export interface ErrorFact {
  signature: string;
  name: string;
  template: string;
  path: string | null;
  line: number | null;
  count: number;
  uncaught: number;
}

export interface ImportFact {
  src: string;
  specifier: string;
  line: number;
  dst: string | null;
  used: boolean | null;
}

export interface TaskFact {
  /** Kind and what its tasks are alike in: `request GET /carts/*`. */
  shape: string;
  tasks: number;
  p50Ms: number;
  p95Ms: number;
  /** Median of calls in one. */
  calls: number;
}

export interface Snapshot {
  id: string;
  /** ms since the epoch */
  startedAt: number;
  tier: string;
  /** As `WHOLE` says. */
  isWhole: boolean;
  functions: ReadonlyMap<string, FunctionFact>;
  /** By `edgeKey`. */
  edges: ReadonlyMap<string, EdgeFact>;
  /** By signature. */
  errors: ReadonlyMap<string, ErrorFact>;
  /** By `src\nspecifier`. */
  imports: ReadonlyMap<string, ImportFact>;
  /** By shape. */
  tasks: ReadonlyMap<string, TaskFact>;
  /** Functions of the program's start, by their first call. */
  order: readonly string[];
}

/** SQL: nothing is missing of the run `r`: no damage, no loss, no sampling, no flight recorder. */
export const WHOLE =
  'r.complete AND NOT EXISTS (SELECT 1 FROM all_runs.threads t WHERE t.run_id = r.id AND (t.words_let_go > 0 OR t.tasks_left_out > 0))';

export const edgeKey = (src: string, dst: string): string => `${src}\n${dst}`;

export async function snapshotOf(db: ReadingSession, run: string): Promise<Snapshot> {
  const values = { run };
  const [facts] = await db.all<{ ts: number; tier: string; whole: boolean }>(
    `SELECT r.ts, r.tier, ${WHOLE} AS whole FROM all_runs.runs r WHERE r.id = $run`,
    values,
  );
  const functions = await db.all<FunctionFact>(
    `SELECT f.ast_node_id AS id, f.name, f.path, f.line, coalesce(f.hash, m.content_hash) AS hash, coalesce(n.hits, 0) AS hits, n.roots, n.self_ms AS selfMs, f.kept <> 'calls' AS isPartial
     FROM all_runs.functions f LEFT JOIN all_runs.nodes_runtime n ON n.run_id = f.run_id AND n.ast_node_id = f.ast_node_id
     LEFT JOIN all_runs.modules m ON m.run_id = f.run_id AND m.path = f.path WHERE f.run_id = $run ORDER BY id`,
    values,
  );
  const edges = await db.all<EdgeFact>(
    'SELECT src, dst, count, latency_p50_ms AS p50Ms, latency_p95_ms AS p95Ms FROM all_runs.edges_runtime WHERE run_id = $run ORDER BY src, dst',
    values,
  );
  const errors = await db.all<ErrorFact>(
    `SELECT signature, any_value(name) AS name, any_value(template) AS template, any_value(path) AS path, any_value(line) AS line, sum(count)::BIGINT AS count,
       coalesce(sum(count) FILTER (kind = 'uncaught'), 0)::BIGINT AS uncaught FROM all_runs.errors WHERE run_id = $run GROUP BY signature ORDER BY signature`,
    values,
  );
  const imports = await db.all<ImportFact>(
    'SELECT src, specifier, min(line) AS line, any_value(dst) AS dst, bool_or(used) AS used FROM all_runs.imports WHERE run_id = $run AND NOT type_only GROUP BY src, specifier ORDER BY src, specifier',
    values,
  );
  const tasks = await db.all<TaskFact>(
    `SELECT kind || ' ' || ${taskShape('name')} AS shape, count(*) AS tasks, median(duration_ms) AS p50Ms, quantile_cont(duration_ms, 0.95) AS p95Ms, median(calls) AS calls
     FROM all_runs.tasks WHERE run_id = $run AND kind NOT IN ('main', 'import') GROUP BY 1 ORDER BY 1`,
    values,
  );
  const order = await db.all<{ id: string }>(
    `SELECT f.ast_node_id AS id, min(c.call_id) AS first FROM all_runs.calls c JOIN all_runs.functions f ON f.run_id = c.run_id AND f.function_id = c.function_id
     JOIN all_runs.tasks t ON t.run_id = c.run_id AND t.thread_id = c.thread_id AND t.task_id = c.task_id
     WHERE c.run_id = $run AND c.thread_id = 1 AND t.kind = 'main' AND c.call_id >= 0 GROUP BY 1 ORDER BY first`,
    values,
  );
  const by = <Row>(rows: Row[], key: (row: Row) => string): Map<string, Row> =>
    new Map(rows.map((row) => [key(row), row]));
  return {
    id: run,
    startedAt: facts.ts,
    tier: facts.tier,
    isWhole: facts.whole,
    functions: by(functions, ({ id }) => id),
    edges: by(edges, ({ src, dst }) => edgeKey(src, dst)),
    errors: by(errors, ({ signature }) => signature),
    imports: by(imports, ({ src, specifier }) => `${src}\n${specifier}`),
    tasks: by(tasks, ({ shape }) => shape),
    order: order.map(({ id }) => id),
  };
}
