/** What the map tells of one run, as rows: functions with what was measured in them, edges between files, imports. The only SQL of the map on runs. */
import { columnsOf, type ReadingSession } from '../../store/index.ts';

export interface FunctionRow {
  id: string;
  name: string;
  line: number;
  isModule: boolean;
  isAsync: boolean;
  /** It carries no probe, or not all of its calls were to be kept. */
  isUnwatched: boolean;
  /** null: not known, or nobody asked for it. */
  hash: string | null;
  calls: number;
  /** null: the tier takes no times. */
  self: number | null;
  total: number | null;
  errors: number;
  /** Share of its code that V8 saw passed. null: V8 did not count here. */
  coverage: number | null;
  /** ms of CPU samples with it on top of the stack. */
  cpu: number;
  /** Bytes that objects of its class retain, in the last snapshot of each thread. */
  heap: number;
}

export interface ModuleRow {
  path: string;
  loaded: boolean;
  instrumented: boolean;
  lines: number;
  signatures: number;
}

export interface ModuleEdgeRow {
  src: string;
  dst: string;
  calls: number;
  totalMs: number | null;
}

export interface ImportRow {
  src: string;
  dst: string;
  /** No import of it was made use of, and of one that is known. */
  isUnused: boolean;
}

export interface RunRows {
  /** By file, in the order of the source. */
  functions: ReadonlyMap<string, FunctionRow[]>;
  modules: ModuleRow[];
  edges: ModuleEdgeRow[];
  imports: ImportRow[];
  measured: { cpu: boolean; coverage: boolean; heap: boolean; times: boolean };
}

/**
 * @param run id of any run of the database
 * @param withHashes whether functions are compared with those of another run
 */
export async function runRows(db: ReadingSession, run: string, withHashes: boolean): Promise<RunRows> {
  const values = { run };
  const [measured] = await db.all<RunRows['measured']>(MEASURED, values);
  return {
    functions: await functionsOf(db, run, functionsSql(measured, withHashes)),
    modules: await db.all<ModuleRow>(MODULES, values),
    edges: await db.all<ModuleEdgeRow>(EDGES, values),
    imports: await db.all<ImportRow>(IMPORTS, values),
    measured,
  };
}

/** What was not asked for has no column. */
type Optional = 'hash' | 'coverage' | 'cpu' | 'heap';
type FunctionColumns = Omit<FunctionRow, Optional> & Partial<Pick<FunctionRow, Optional>> & { file: number };

/** Texts are most of the work, so paths come as numbers. */
async function functionsOf(
  db: ReadingSession,
  run: string,
  sql: string,
): Promise<Map<string, FunctionRow[]>> {
  const paths = await db.all<{ path: string }>(PATHS, { run });
  const files = paths.map((): FunctionRow[] => []);
  const columns = await columnsOf<FunctionColumns>(db, sql, { run });
  columns.file.forEach((file, n) =>
    files[file - 1].push({
      id: columns.id[n],
      name: columns.name[n],
      line: columns.line[n],
      isModule: columns.isModule[n],
      isAsync: columns.isAsync[n],
      isUnwatched: columns.isUnwatched[n],
      hash: columns.hash?.[n] ?? null,
      calls: columns.calls[n],
      self: columns.self[n],
      total: columns.total[n],
      errors: columns.errors[n],
      coverage: columns.coverage?.[n] ?? null,
      cpu: columns.cpu?.[n] ?? 0,
      heap: columns.heap?.[n] ?? 0,
    }),
  );
  return new Map(paths.map(({ path }, at) => [path, files[at]]));
}

const PATHS = 'SELECT DISTINCT path FROM all_runs.functions WHERE run_id = $run ORDER BY path';

const MEASURED = `
  SELECT EXISTS (FROM all_runs.cpu_nodes WHERE run_id = $run) AS cpu,
    EXISTS (FROM all_runs.coverage WHERE run_id = $run AND source = 'v8') AS coverage,
    EXISTS (FROM all_runs.heap_constructors WHERE run_id = $run) AS heap,
    EXISTS (FROM all_runs.nodes_runtime WHERE run_id = $run AND self_ms IS NOT NULL) AS times`;

/** A function that V8 saw called counts whole lines of blocks that were passed never. One on a line of its own is half a function of two lines. */
const COVERAGE = `
  SELECT ast_node_id AS id, CASE WHEN max(count) FILTER (kind = 'function') = 0 THEN 0 ELSE greatest(0, 1 -
    coalesce(sum(end_line - line + 1) FILTER (kind = 'block' AND count = 0), 0) / max(end_line - line + 1) FILTER (kind = 'function')) END AS coverage
  FROM all_runs.coverage WHERE run_id = $run AND source = 'v8' AND ast_node_id IS NOT NULL GROUP BY ast_node_id HAVING bool_or(kind = 'function')`;

const CPU = `
  SELECT n.ast_node_id AS id, sum(s.weight_us) / 1000 AS cpu
  FROM all_runs.cpu_nodes n JOIN all_runs.cpu_samples s USING (run_id, thread_id, node_id)
  WHERE run_id = $run AND n.ast_node_id IS NOT NULL GROUP BY n.ast_node_id`;

const HEAP = `
  SELECT h.ast_node_id AS id, sum(h.retained_bytes)::DOUBLE AS heap
  FROM all_runs.heap_constructors h
  JOIN (SELECT thread_id, max(snapshot) AS snapshot FROM all_runs.heap_constructors WHERE run_id = $run GROUP BY thread_id) USING (thread_id, snapshot)
  WHERE h.run_id = $run AND h.ast_node_id IS NOT NULL GROUP BY h.ast_node_id`;

/** Joins only what the run has: most have neither samples nor snapshots. */
function functionsSql({ cpu, coverage, heap }: RunRows['measured'], withHashes: boolean): string {
  const joined = (has: boolean, sql: string, name: string): string =>
    has ? `LEFT JOIN (${sql}) ${name} ON ${name}.id = f.ast_node_id` : '';
  const asked = [
    ...(withHashes ? ['f.hash'] : []),
    ...(coverage ? ['v.coverage'] : []),
    ...(cpu ? ['coalesce(c.cpu, 0)::DOUBLE AS cpu'] : []),
    ...(heap ? ['coalesce(h.heap, 0)::DOUBLE AS heap'] : []),
  ].map((column) => `, ${column}`);
  return `
    SELECT dense_rank() OVER (ORDER BY f.path)::INTEGER AS file, f.ast_node_id AS id, f.name, f.line, f.kind = 'module' AS isModule, f.is_async AS isAsync,
      f.off IS NOT NULL OR f.kept = 'nothing' AS isUnwatched, coalesce(n.hits, 0)::DOUBLE AS calls, n.self_ms AS self, n.total_ms AS total,
      coalesce(e.errors, 0)::DOUBLE AS errors${asked.join('')}
    FROM all_runs.functions f
    LEFT JOIN (FROM all_runs.nodes_runtime WHERE run_id = $run) n ON n.ast_node_id = f.ast_node_id AND n.path = f.path
    LEFT JOIN (SELECT "function" AS id, sum(count) AS errors FROM all_runs.errors WHERE run_id = $run GROUP BY "function") e ON e.id = f.ast_node_id
    ${joined(coverage, COVERAGE, 'v')} ${joined(cpu, CPU, 'c')} ${joined(heap, HEAP, 'h')}
    WHERE f.run_id = $run ORDER BY file, f.line, f."column", f.ast_node_id`;
}

const MODULES = `
  SELECT m.path, m.loaded, m.instrumented, coalesce(m.lines, 0) AS lines, coalesce(e.signatures, 0)::DOUBLE AS signatures
  FROM all_runs.modules m
  LEFT JOIN (SELECT path, count(DISTINCT signature) AS signatures FROM all_runs.errors WHERE run_id = $run GROUP BY path) e USING (path)
  WHERE m.run_id = $run ORDER BY m.path`;

const EDGES = `
  WITH f AS (SELECT ast_node_id AS id, any_value(path) AS path FROM all_runs.functions WHERE run_id = $run GROUP BY ast_node_id)
  SELECT s.path AS src, d.path AS dst, sum(e.count)::DOUBLE AS calls, sum(e.total_ms) AS totalMs
  FROM all_runs.edges_runtime e JOIN f s ON s.id = e.src JOIN f d ON d.id = e.dst
  WHERE e.run_id = $run AND s.path <> d.path GROUP BY ALL ORDER BY ALL`;

const IMPORTS = `
  SELECT src, dst, NOT coalesce(bool_or(used), true) AS isUnused
  FROM all_runs.imports WHERE run_id = $run AND dst IS NOT NULL AND NOT type_only AND src <> dst GROUP BY ALL ORDER BY ALL`;
