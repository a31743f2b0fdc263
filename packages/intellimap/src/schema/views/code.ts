/** Views that join the program's text with what ran of it. */
import { functions, imports, modules } from '../tables/code.ts';
import { errors, nodes_runtime } from '../tables/runtime.ts';
import type { View } from '../view.ts';

const { run_id, path } = modules.columns;

export const code_usage = {
  doc:
    'One row for each function of the instrumented files of a run, called or not: what the source says of it beside what ran, joined by `ast_node_id`. ' +
    'Covers every call.',
  columns: {
    run_id,
    ast_node_id: functions.columns.ast_node_id,
    name: functions.columns.name,
    path,
    kind: functions.columns.kind,
    line: functions.columns.line,
    end_line: functions.columns.end_line,
    hash: functions.columns.hash,
    off: functions.columns.off,
    hits: {
      type: 'BIGINT',
      unit: 'calls',
      doc: 'Calls begun; 0: it was not called.',
      none: 'it carries no probe (`off`, `functions.kept`), so nobody counted',
    },
    self_ms: { ...nodes_runtime.columns.self_ms, none: 'not called, or no times are known' },
    callers: { type: 'BIGINT', unit: 'functions', doc: 'Different functions that called it.' },
    callees: { type: 'BIGINT', unit: 'functions', doc: 'Different functions that it called.' },
  },
  sql: (same) => `
    SELECT f.run_id, f.ast_node_id, f.name, f.path, f.kind, f.line, f.end_line, f.hash, f.off,
      coalesce(n.hits, CASE WHEN f.off IS NULL AND f.kept <> 'nothing' THEN 0 END) AS hits, n.self_ms,
      coalesce(i.callers, 0) AS callers, coalesce(o.callees, 0) AS callees
    FROM functions f
    LEFT JOIN nodes_runtime n ON ${same('n', 'f')} n.ast_node_id = f.ast_node_id AND n.path = f.path
    LEFT JOIN (SELECT run_id, dst, count(*) AS callers FROM edges_runtime GROUP BY run_id, dst) i ON ${same('i', 'f')} i.dst = f.ast_node_id
    LEFT JOIN (SELECT run_id, src, count(*) AS callees FROM edges_runtime GROUP BY run_id, src) o ON ${same('o', 'f')} o.src = f.ast_node_id`,
} as const satisfies View;

export const module_usage = {
  doc: 'One row for each file of a run: how much of it ran, how often and how long, and what went wrong in it.',
  columns: {
    run_id,
    path,
    loaded: modules.columns.loaded,
    instrumented: modules.columns.instrumented,
    functions: modules.columns.functions,
    functions_hit: modules.columns.functions_hit,
    hit_share: {
      type: 'DOUBLE',
      unit: 'share of 1',
      doc: 'Functions that were called, of all in the file.',
      none: 'not instrumented, or it has none',
    },
    lines: modules.columns.lines,
    hits: { type: 'BIGINT', unit: 'calls', doc: 'Calls of its functions, its body included.' },
    self_ms: { ...nodes_runtime.columns.self_ms, none: 'nothing in it ran, or no times are known' },
    errors: { type: 'BIGINT', unit: 'errors', doc: 'Errors first seen in it.' },
    instrumenting_ms: modules.columns.ms,
  },
  sql: (same) => `
    SELECT m.run_id, m.path, m.loaded, m.instrumented, m.functions, m.functions_hit, m.functions_hit / nullif(m.functions, 0) AS hit_share,
      m.lines, coalesce(n.hits, 0)::BIGINT AS hits, n.self_ms, coalesce(e.errors, 0)::BIGINT AS errors, m.ms AS instrumenting_ms
    FROM modules m
    LEFT JOIN (SELECT run_id, path, sum(hits) AS hits, sum(self_ms) AS self_ms FROM nodes_runtime GROUP BY run_id, path) n
      ON ${same('n', 'm')} n.path = m.path
    LEFT JOIN (SELECT run_id, path, sum(count) AS errors FROM errors GROUP BY run_id, path) e ON ${same('e', 'm')} e.path = m.path`,
} as const satisfies View;

export const import_edges = {
  doc: 'One row for each pair of files where the first imports the second: how, whether the run made use of it, and calls along it.',
  columns: {
    run_id,
    src: imports.columns.src,
    dst: {
      type: 'VARCHAR',
      doc: 'The imported file relative to the root; the name of a builtin; what is written in the source when it was never resolved.',
    },
    resolved: { type: 'BOOLEAN', doc: 'Whether it was resolved in this run.' },
    line: { type: 'INTEGER', doc: 'Line of the first import.' },
    imports: {
      type: 'BIGINT',
      unit: 'imports',
      doc: 'Imports, re-exports, `require` and `import()` of it in the file.',
    },
    type_only: { type: 'BOOLEAN', doc: 'All of them are erased before the program runs.' },
    used: {
      type: 'BOOLEAN',
      doc: 'Whether the run made use of one of them: `imports.used`.',
      none: 'of none it is known',
    },
    calls: imports.columns.calls,
  },
  sql: () => `
    SELECT run_id, src, coalesce(dst, specifier) AS dst, bool_or(dst IS NOT NULL) AS resolved, min(line) AS line, count(*) AS imports,
      bool_and(type_only) AS type_only, bool_or(used) AS used, max(calls) AS calls
    FROM imports GROUP BY run_id, src, coalesce(dst, specifier)`,
} as const satisfies View;

export const error_places = {
  doc: 'One row for each place and name of errors; messages that differ only in a path or an id are no errors of their own.',
  columns: {
    run_id,
    name: errors.columns.name,
    kind: errors.columns.kind,
    message: { type: 'VARCHAR', doc: 'The message that came most often.' },
    messages: { type: 'BIGINT', unit: 'messages', doc: 'Different messages.' },
    count: { type: 'BIGINT', unit: 'errors', doc: 'Errors first seen there.' },
    path: errors.columns.path,
    line: errors.columns.line,
    column: errors.columns.column,
    ast_node_id: errors.columns.ast_node_id,
    function_id: {
      type: 'VARCHAR',
      doc: 'The function around it: `functions.ast_node_id`.',
      none: 'unknown',
    },
    function_name: { type: 'VARCHAR', doc: 'Its name.', none: 'unknown' },
    first_us: errors.columns.first_us,
    stack: { type: 'VARCHAR', doc: 'Stack of the message that came most often: `errors.stack`.' },
    note: { ...errors.columns.note, doc: 'What to know about the place: `errors.note`.' },
  },
  sql: (same) => `
    SELECT e.run_id, e.name, e.kind, arg_max(e.message, e.count) AS message, count(DISTINCT e.message) AS messages,
      sum(e.count)::BIGINT AS count, e.path, e.line, e."column", e.ast_node_id, any_value(e."function") AS function_id,
      any_value(f.name) AS function_name, min(e.first_us) AS first_us, arg_max(e.stack, e.count) AS stack, arg_max(e.note, e.count) AS note
    FROM errors e LEFT JOIN functions f ON ${same('f', 'e')} f.ast_node_id = e."function"
    GROUP BY e.run_id, e.name, e.kind, e.path, e.line, e."column", e.ast_node_id`,
} as const satisfies View;
