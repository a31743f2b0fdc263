/** What the map tells of one run, or of some together, as rows: functions with what was measured in them, edges between files, imports. The only SQL of the map on runs. */
import type { ReadingSession } from '../../store/index.ts';

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
 * @param runs ids of runs of the database, the newest first: counts and times are summed, of coverage and heap the most of any counts,
 *   and texts are those of the newest that has the file
 * @param withHashes whether functions are compared with those of another run
 */
export async function runRows(
  db: ReadingSession,
  runs: readonly string[],
  withHashes: boolean,
): Promise<RunRows> {
  const values = Object.fromEntries(runs.map((id, n) => [`r${n}`, id]));
  const of = scopeOf(runs);
  const [measured] = await db.all<RunRows['measured']>(measuredSql(of), values);
  return {
    functions: await functionsOf(db, of, values, functionsSql(of, measured, withHashes)),
    modules: await db.all<ModuleRow>(modulesSql(of), values),
    edges: await db.all<ModuleEdgeRow>(edgesSql(of), values),
    imports: await db.all<ImportRow>(importsSql(of), values),
    measured,
  };
}

/** The runs, as SQL: `is` is a condition on `run_id`; `newest` orders runs, null: there is only one. */
interface Scope {
  is: string;
  newest: string | null;
}

function scopeOf(runs: readonly string[]): Scope {
  const names = runs.map((_, n) => `$r${n}`).join(', ');
  return runs.length === 1
    ? { is: 'run_id = $r0', newest: null }
    : { is: `run_id IN (${names})`, newest: `list_position([${names}], run_id)` };
}

/** What was not asked for has no column. */
type Optional = 'hash' | 'coverage' | 'cpu' | 'heap';
type FunctionColumns = Omit<FunctionRow, Optional> & Partial<Pick<FunctionRow, Optional>> & { file: number };

/** Texts are most of the work, so paths come as numbers. */
async function functionsOf(
  db: ReadingSession,
  { is }: Scope,
  values: Record<string, string>,
  sql: string,
): Promise<Map<string, FunctionRow[]>> {
  const paths = await db.all<{ path: string }>(
    `SELECT DISTINCT path FROM all_runs.functions WHERE ${is} ORDER BY path`,
    values,
  );
  const files = paths.map((): FunctionRow[] => []);
  const columns = await db.columns<FunctionColumns>(sql, values);
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

const measuredSql = ({ is }: Scope): string => `
  SELECT EXISTS (FROM all_runs.cpu_nodes WHERE ${is}) AS cpu,
    EXISTS (FROM all_runs.coverage WHERE ${is} AND source = 'v8') AS coverage,
    EXISTS (FROM all_runs.heap_constructors WHERE ${is}) AS heap,
    EXISTS (FROM all_runs.nodes_runtime WHERE ${is} AND self_ms IS NOT NULL) AS times`;

/** A function that V8 saw called counts whole lines of blocks that were passed never. One on a line of its own is half a function of two lines. */
const coverageSql = ({ is }: Scope): string => `
  SELECT id, max(coverage) AS coverage FROM (
    SELECT ast_node_id AS id, CASE WHEN max(count) FILTER (kind = 'function') = 0 THEN 0 ELSE greatest(0, 1 -
      coalesce(sum(end_line - line + 1) FILTER (kind = 'block' AND count = 0), 0) / max(end_line - line + 1) FILTER (kind = 'function')) END AS coverage
    FROM all_runs.coverage WHERE ${is} AND source = 'v8' AND ast_node_id IS NOT NULL
    GROUP BY run_id, ast_node_id HAVING bool_or(kind = 'function')) GROUP BY id`;

const cpuSql = ({ is }: Scope): string => `
  SELECT n.ast_node_id AS id, sum(s.weight_us) / 1000 AS cpu
  FROM (FROM all_runs.cpu_nodes WHERE ${is}) n JOIN all_runs.cpu_samples s USING (run_id, thread_id, node_id)
  WHERE n.ast_node_id IS NOT NULL GROUP BY n.ast_node_id`;

const heapSql = ({ is }: Scope): string => `
  SELECT id, max(heap) AS heap FROM (
    SELECT h.ast_node_id AS id, sum(h.retained_bytes)::DOUBLE AS heap
    FROM all_runs.heap_constructors h
    JOIN (SELECT run_id, thread_id, max(snapshot) AS snapshot FROM all_runs.heap_constructors WHERE ${is} GROUP BY ALL) USING (run_id, thread_id, snapshot)
    WHERE h.ast_node_id IS NOT NULL GROUP BY h.run_id, h.ast_node_id) GROUP BY id`;

/** Each file's functions, as the newest run has them that loaded it. */
const texts = ({ is, newest }: Scope): string =>
  newest === null
    ? `(FROM all_runs.functions WHERE ${is})`
    : `(FROM all_runs.functions JOIN (SELECT path, arg_min(run_id, ${newest}) AS run_id FROM all_runs.functions WHERE ${is} GROUP BY path) USING (path, run_id))`;

const UNWATCHED = `off IS NOT NULL OR kept = 'nothing'`;

/** Joins only what the runs have: most have neither samples nor snapshots. */
function functionsSql(of: Scope, { cpu, coverage, heap }: RunRows['measured'], withHashes: boolean): string {
  const { is, newest } = of;
  const joined = (has: boolean, sql: (of: Scope) => string, name: string): string =>
    has ? `LEFT JOIN (${sql(of)}) ${name} ON ${name}.id = f.ast_node_id` : '';
  const asked = [
    ...(withHashes ? ['f.hash'] : []),
    ...(coverage ? ['v.coverage'] : []),
    ...(cpu ? ['coalesce(c.cpu, 0)::DOUBLE AS cpu'] : []),
    ...(heap ? ['coalesce(h.heap, 0)::DOUBLE AS heap'] : []),
  ].map((column) => `, ${column}`);
  const counted =
    newest === null
      ? `FROM all_runs.nodes_runtime WHERE ${is}`
      : `SELECT ast_node_id, path, sum(hits) AS hits, sum(self_ms) AS self_ms, sum(total_ms) AS total_ms FROM all_runs.nodes_runtime WHERE ${is} GROUP BY ALL`;
  const watched =
    newest === null
      ? ''
      : `LEFT JOIN (SELECT ast_node_id, path, bool_and(${UNWATCHED}) AS never FROM all_runs.functions WHERE ${is} GROUP BY ALL) u ON u.ast_node_id = f.ast_node_id AND u.path = f.path`;
  return `
    SELECT dense_rank() OVER (ORDER BY f.path)::INTEGER AS file, f.ast_node_id AS id, f.name, f.line, f.kind = 'module' AS isModule, f.is_async AS isAsync,
      ${newest === null ? UNWATCHED : 'u.never'} AS isUnwatched, coalesce(n.hits, 0)::DOUBLE AS calls, n.self_ms AS self, n.total_ms AS total,
      coalesce(e.errors, 0)::DOUBLE AS errors${asked.join('')}
    FROM ${texts(of)} f
    LEFT JOIN (${counted}) n ON n.ast_node_id = f.ast_node_id AND n.path = f.path
    LEFT JOIN (SELECT "function" AS id, sum(count) AS errors FROM all_runs.errors WHERE ${is} GROUP BY "function") e ON e.id = f.ast_node_id
    ${watched} ${joined(coverage, coverageSql, 'v')} ${joined(cpu, cpuSql, 'c')} ${joined(heap, heapSql, 'h')}
    ORDER BY file, f.line, f."column", f.ast_node_id`;
}

const modulesSql = ({ is }: Scope): string => `
  SELECT m.path, bool_or(m.loaded) AS loaded, bool_or(m.instrumented) AS instrumented, coalesce(max(m.lines), 0) AS lines,
    coalesce(any_value(e.signatures), 0)::DOUBLE AS signatures
  FROM all_runs.modules m
  LEFT JOIN (SELECT path, count(DISTINCT signature) AS signatures FROM all_runs.errors WHERE ${is} GROUP BY path) e USING (path)
  WHERE m.${is} GROUP BY m.path ORDER BY m.path`;

const edgesSql = ({ is }: Scope): string => `
  WITH f AS (SELECT ast_node_id AS id, any_value(path) AS path FROM all_runs.functions WHERE ${is} GROUP BY ast_node_id)
  SELECT s.path AS src, d.path AS dst, sum(e.count)::DOUBLE AS calls, sum(e.total_ms) AS totalMs
  FROM all_runs.edges_runtime e JOIN f s ON s.id = e.src JOIN f d ON d.id = e.dst
  WHERE e.${is} AND s.path <> d.path GROUP BY ALL ORDER BY ALL`;

const importsSql = ({ is }: Scope): string => `
  SELECT src, dst, NOT coalesce(bool_or(used), true) AS isUnused
  FROM all_runs.imports WHERE ${is} AND dst IS NOT NULL AND NOT type_only AND src <> dst GROUP BY ALL ORDER BY ALL`;
