/** Views for questions that join what the source says with what ran. */
import { errors, nodes_runtime } from '../tables/runtime.ts';
import { source_files, source_functions } from '../tables/source.ts';
import { modules } from '../tables/code.ts';
import { function_churn, function_metrics } from '../tables/metrics.ts';
import type { View } from '../view.ts';

const { hits, threw, self_ms, total_ms, wait_ms } = nodes_runtime.columns;
const { columns: figures } = function_metrics;
/** As the table has it. */
const figure = <Name extends keyof typeof figures>(name: Name) =>
  ({ ...figures[name], none: 'the text of its file could not be read so far' }) as const;

const NOT_CALLED = 'not called, or no times are known';

export const function_facts = {
  doc:
    'One row for each function as it is written now, in each run: what is known of it from its text and from that run. Functions of other texts than the workspace has now are ' +
    'not in it. `intellimap/query` asks it.',
  columns: {
    run_id: modules.columns.run_id,
    ast_node_id: source_functions.columns.ast_node_id,
    name: source_functions.columns.name,
    path: source_functions.columns.path,
    role: source_files.columns.role,
    kind: source_functions.columns.kind,
    line: source_functions.columns.line,
    end_line: source_functions.columns.end_line,
    hits: { ...hits, doc: 'Calls begun; 0: it was not called, or nobody looked: `is_seen`.' },
    is_seen: {
      type: 'BOOLEAN',
      doc: 'The run would have told of a call: it loaded the file, with probes, and the function had this body.',
    },
    threw: { ...threw, none: 'not called, or not recorded' },
    self_ms: { ...self_ms, none: NOT_CALLED },
    total_ms: { ...total_ms, none: NOT_CALLED },
    wait_ms: { ...wait_ms, none: NOT_CALLED },
    p50_ms: {
      type: 'DOUBLE',
      unit: 'ms',
      doc: 'Half of its ended calls took at most this long, waiting included. Of functions with several callers, as far as not each call is kept: the slowest of the values of their edges.',
      none: NOT_CALLED,
    },
    p95_ms: { type: 'DOUBLE', unit: 'ms', doc: 'As `p50_ms`, 95 %.', none: NOT_CALLED },
    p99_ms: { type: 'DOUBLE', unit: 'ms', doc: 'As `p50_ms`, 99 %.', none: NOT_CALLED },
    callers: { type: 'BIGINT', unit: 'functions', doc: 'Different functions that called it.' },
    callees: { type: 'BIGINT', unit: 'functions', doc: 'Different functions that it called.' },
    errors: { ...errors.columns.count, doc: 'Errors first seen in it.' },
    is_exported: { type: 'BOOLEAN', doc: 'Its file exports it by itself, not as a member of something.' },
    written_callers: {
      type: 'BIGINT',
      unit: 'functions',
      doc: 'Different functions that call it as the text has it, those that only may left out (`call_edges.confidence`).',
    },
    written_callees: { type: 'BIGINT', unit: 'functions', doc: 'As `written_callers`, those that it calls.' },
    package: source_files.columns.package,
    lines: figure('lines'),
    cyclomatic: figure('cyclomatic'),
    cognitive: figure('cognitive'),
    nesting: figure('nesting'),
    captured: figure('captured'),
    halstead_volume: figure('volume'),
    halstead_difficulty: figure('difficulty'),
    commits: {
      ...function_churn.columns.commits,
      none: 'git does not know its file, or nobody asked for it',
    },
  },
  sql: (same) => `
    WITH took AS (
      SELECT c.run_id, f.ast_node_id, count(*) AS calls, quantile_cont((c.end_us - c.start_us - coalesce(c.stalled_us, 0)) / 1000, [0.5, 0.95, 0.99]) AS q
      FROM calls c JOIN functions f ON ${same('f', 'c')} f.function_id = c.function_id
      WHERE c.end_us IS NOT NULL GROUP BY ALL),
    came AS (
      SELECT run_id, dst, count(*) AS callers, max(latency_p50_ms) AS p50, max(latency_p95_ms) AS p95, max(latency_p99_ms) AS p99
      FROM edges_runtime GROUP BY ALL),
    went AS (SELECT run_id, src, count(*) AS callees FROM edges_runtime GROUP BY ALL),
    failed AS (SELECT run_id, function, sum(count) AS errors FROM errors GROUP BY ALL)
    SELECT r.id AS run_id, s.ast_node_id, s.name, s.path, t.role, s.kind, s.line, s.end_line, coalesce(n.hits, 0) AS hits,
      f.ast_node_id IS NOT NULL AND f.off IS NULL AND f.kept <> 'nothing' AND f.hash IS NOT DISTINCT FROM s.hash AS is_seen,
      n.threw, n.self_ms, n.total_ms, n.wait_ms,
      CASE WHEN k.calls >= n.hits THEN k.q[1] ELSE coalesce(i.p50, k.q[1]) END AS p50_ms,
      CASE WHEN k.calls >= n.hits THEN k.q[2] ELSE coalesce(i.p95, k.q[2]) END AS p95_ms,
      CASE WHEN k.calls >= n.hits THEN k.q[3] ELSE coalesce(i.p99, k.q[3]) END AS p99_ms,
      coalesce(i.callers, 0) AS callers, coalesce(o.callees, 0) AS callees, coalesce(e.errors, 0)::BIGINT AS errors,
      x.dst IS NOT NULL AS is_exported, coalesce(wi.functions, 0) AS written_callers, coalesce(wo.functions, 0) AS written_callees, t.package,
      m.lines, m.cyclomatic, m.cognitive, m.nesting, m.captured, m.volume AS halstead_volume, m.difficulty AS halstead_difficulty, g.commits
    FROM runs r CROSS JOIN source_functions s JOIN source_files t ON t.path = s.path
    LEFT JOIN functions f ON f.run_id = r.id AND f.ast_node_id = s.ast_node_id AND f.path = s.path
    LEFT JOIN nodes_runtime n ON n.run_id = r.id AND n.ast_node_id = s.ast_node_id AND n.path = s.path
    LEFT JOIN took k ON k.run_id = r.id AND k.ast_node_id = s.ast_node_id
    LEFT JOIN came i ON i.run_id = r.id AND i.dst = s.ast_node_id
    LEFT JOIN went o ON o.run_id = r.id AND o.src = s.ast_node_id
    LEFT JOIN failed e ON e.run_id = r.id AND e.function = s.ast_node_id
    LEFT JOIN (SELECT DISTINCT dst FROM source_exports WHERE dst IS NOT NULL) x ON x.dst = s.ast_node_id
    LEFT JOIN (SELECT dst, count(DISTINCT src) AS functions FROM call_edges WHERE confidence <> 'maybe' GROUP BY dst) wi ON wi.dst = s.ast_node_id
    LEFT JOIN (SELECT src, count(DISTINCT dst) AS functions FROM call_edges WHERE confidence <> 'maybe' GROUP BY src) wo ON wo.src = s.ast_node_id
    LEFT JOIN function_metrics m ON m.ast_node_id = s.ast_node_id AND m.path = s.path
    LEFT JOIN function_churn g ON g.ast_node_id = s.ast_node_id AND g.path = s.path`,
} as const satisfies View;

export const module_facts = {
  doc: 'One row for each file of the workspace as it is now, in each run: what is known of it from its text and from that run. `intellimap/query` asks it.',
  columns: {
    run_id: modules.columns.run_id,
    path: source_files.columns.path,
    package: source_files.columns.package,
    role: source_files.columns.role,
    entry: source_files.columns.entry,
    lines: source_files.columns.lines,
    is_loaded: { type: 'BOOLEAN', doc: 'The run loaded it.' },
    functions: { type: 'BIGINT', unit: 'functions', doc: 'Functions of it, its body not counted.' },
    functions_hit: { type: 'BIGINT', unit: 'functions', doc: 'Of these, called in the run.' },
    hits: { type: 'BIGINT', unit: 'calls', doc: 'Calls of its functions, its body included.' },
    self_ms: { ...self_ms, none: NOT_CALLED },
    errors: { type: 'BIGINT', unit: 'errors', doc: 'Errors first seen in it.' },
    imports: { type: 'BIGINT', unit: 'files', doc: 'Different files of the workspace that it imports.' },
    imported_by: { type: 'BIGINT', unit: 'files', doc: 'Different files that import it.' },
    packages: { type: 'BIGINT', unit: 'packages', doc: 'Different packages that it imports.' },
    exports: {
      type: 'BIGINT',
      unit: 'names',
      doc: 'Names that it exports; all of another module count once.',
    },
  },
  sql: () => `
    WITH ran AS (SELECT run_id, path, sum(hits)::BIGINT AS hits, sum(self_ms) AS self_ms FROM nodes_runtime GROUP BY ALL),
    hit AS (
      SELECT n.run_id, s.path, count(DISTINCT s.ast_node_id) AS functions
      FROM nodes_runtime n JOIN source_functions s ON s.ast_node_id = n.ast_node_id AND s.path = n.path WHERE s.kind <> 'module' AND n.hits > 0 GROUP BY ALL),
    failed AS (SELECT run_id, path, sum(count)::BIGINT AS errors FROM errors GROUP BY ALL),
    loaded AS (SELECT DISTINCT run_id, path FROM modules WHERE loaded)
    SELECT r.id AS run_id, t.path, t.package, t.role, t.entry, t.lines, l.path IS NOT NULL AS is_loaded, coalesce(f.functions, 0) AS functions,
      coalesce(h.functions, 0) AS functions_hit, coalesce(n.hits, 0) AS hits, n.self_ms, coalesce(e.errors, 0) AS errors,
      coalesce(o.files, 0) AS imports, coalesce(i.files, 0) AS imported_by, coalesce(o.packages, 0) AS packages, coalesce(x.names, 0) AS exports
    FROM runs r CROSS JOIN source_files t
    LEFT JOIN loaded l ON l.run_id = r.id AND l.path = t.path
    LEFT JOIN (SELECT path, count(*) AS functions FROM source_functions WHERE kind <> 'module' GROUP BY path) f ON f.path = t.path
    LEFT JOIN hit h ON h.run_id = r.id AND h.path = t.path
    LEFT JOIN ran n ON n.run_id = r.id AND n.path = t.path
    LEFT JOIN failed e ON e.run_id = r.id AND e.path = t.path
    LEFT JOIN (SELECT path, count(DISTINCT target) AS files, count(DISTINCT package_name) AS packages FROM source_imports GROUP BY path) o ON o.path = t.path
    LEFT JOIN (SELECT target, count(DISTINCT path) AS files FROM source_imports GROUP BY target) i ON i.target = t.path
    LEFT JOIN (SELECT path, count(*) AS names FROM source_exports GROUP BY path) x ON x.path = t.path`,
} as const satisfies View;
