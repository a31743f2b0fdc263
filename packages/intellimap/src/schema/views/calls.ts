/** Views of calls, and of what they add up to. */
import { functions } from '../tables/code.ts';
import { calls, edges_runtime, nodes_runtime, tasks } from '../tables/runtime.ts';
import { lasted } from '../lasted.ts';
import type { View } from '../view.ts';

const { run_id, thread_id, call_id, parent_call_id, task_id, function_id } = calls.columns;
const { ast_node_id, name, path, line } = functions.columns;
const noSite = 'its site is unknown';

export const call_tree = {
  doc: 'One row for each row of `calls`, with its function and that of its caller.',
  columns: {
    run_id,
    thread_id,
    call_id,
    parent_call_id,
    task_id,
    function_id,
    ast_node_id: { ...ast_node_id, none: noSite },
    name: { ...name, none: noSite },
    path: { ...path, none: noSite },
    line: { ...line, none: noSite },
    parent_ast_node_id: {
      type: 'VARCHAR',
      doc: 'Function of the caller: `functions.ast_node_id`.',
      none: 'a root, or the call that made it has no row',
    },
    parent_name: { type: 'VARCHAR', doc: 'Its name.', none: 'as `parent_ast_node_id`' },
    start_us: calls.columns.start_us,
    end_us: calls.columns.end_us,
    duration_us: {
      type: 'DOUBLE',
      unit: 'µs',
      doc: 'From start to end, waiting included, but not for the recorder (`stalled_us`).',
      none: 'still open when the recording ends',
    },
    self_us: calls.columns.self_us,
    wait_us: calls.columns.wait_us,
    outcome: calls.columns.outcome,
    uncertainty_us: calls.columns.uncertainty_us,
    stalled_us: calls.columns.stalled_us,
  },
  // Functions are few: their tables are what is hashed. Of callers only those that a condition leaves are looked up.
  sql: (same) => `
    SELECT c.run_id, c.thread_id, c.call_id, c.parent_call_id, c.task_id, c.function_id, f.ast_node_id, f.name, f.path, f.line,
      g.ast_node_id AS parent_ast_node_id, g.name AS parent_name, c.start_us, c.end_us, ${lasted('c')} AS duration_us,
      c.self_us, c.wait_us, c.outcome, c.uncertainty_us, c.stalled_us
    FROM calls c
    LEFT JOIN functions f ON ${same('f', 'c')} f.function_id = c.function_id
    LEFT JOIN calls p ON ${same('p', 'c')} p.thread_id = c.thread_id AND p.call_id = c.parent_call_id
    LEFT JOIN functions g ON ${same('g', 'p')} g.function_id = p.function_id`,
} as const satisfies View;

export const hot_functions = {
  doc: 'One row for each function called in a run, with its times and its share of them. Covers every call.',
  columns: {
    run_id,
    ast_node_id,
    name,
    path,
    line,
    kind: functions.columns.kind,
    is_async: functions.columns.is_async,
    hits: nodes_runtime.columns.hits,
    threw: nodes_runtime.columns.threw,
    self_ms: nodes_runtime.columns.self_ms,
    total_ms: nodes_runtime.columns.total_ms,
    wait_ms: nodes_runtime.columns.wait_ms,
    self_share: {
      type: 'DOUBLE',
      unit: 'share of 1',
      doc: 'Own time of the function in that of all functions of the run.',
      none: 'no times are known',
    },
    self_mean_us: {
      type: 'DOUBLE',
      unit: 'µs',
      doc: 'Own time of a call, on average.',
      none: 'no times are known',
    },
  },
  sql: (same) => `
    SELECT n.run_id, n.ast_node_id, f.name, f.path, f.line, f.kind, f.is_async, n.hits, n.threw, n.self_ms, n.total_ms, n.wait_ms,
      n.self_ms / nullif(sum(n.self_ms) OVER (PARTITION BY n.run_id), 0) AS self_share,
      1000 * n.self_ms / nullif(n.hits, 0) AS self_mean_us
    FROM nodes_runtime n JOIN functions f ON ${same('f', 'n')} f.ast_node_id = n.ast_node_id AND f.path = n.path`,
} as const satisfies View;

const end = (which: string) =>
  ({
    name: { type: 'VARCHAR', doc: `Name of ${which}.` },
    path: { type: 'VARCHAR', doc: `File of ${which}.` },
    line: { type: 'INTEGER', doc: `First line of ${which}.` },
  }) as const;
const caller = end('the caller');
const callee = end('the called function');

export const edges = {
  doc: 'One row for each pair of functions where the first called the second, with names and places. Covers every call that has a caller.',
  columns: {
    run_id,
    src: edges_runtime.columns.src,
    dst: edges_runtime.columns.dst,
    src_name: caller.name,
    src_path: caller.path,
    src_line: caller.line,
    dst_name: callee.name,
    dst_path: callee.path,
    dst_line: callee.line,
    count: edges_runtime.columns.count,
    latency_p50_ms: edges_runtime.columns.latency_p50_ms,
    latency_p95_ms: edges_runtime.columns.latency_p95_ms,
    latency_p99_ms: edges_runtime.columns.latency_p99_ms,
    total_ms: edges_runtime.columns.total_ms,
    crosses_files: { type: 'BOOLEAN', doc: 'Whether caller and called function are in different files.' },
  },
  sql: (same) => `
    SELECT e.run_id, e.src, e.dst, s.name AS src_name, s.path AS src_path, s.line AS src_line,
      d.name AS dst_name, d.path AS dst_path, d.line AS dst_line, e.count,
      e.latency_p50_ms, e.latency_p95_ms, e.latency_p99_ms, e.total_ms, s.path <> d.path AS crosses_files
    FROM edges_runtime e
    JOIN functions s ON ${same('s', 'e')} s.ast_node_id = e.src
    JOIN functions d ON ${same('d', 'e')} d.ast_node_id = e.dst`,
} as const satisfies View;

export const edges_by_frame = {
  doc:
    'Edges, kept apart by the key `src|dst|frame|flags`: two calls are of one row when the same function called the same function on the same ' +
    'thread of runs recorded the same way. `edges` has one row for all threads of a run, and covers every call; this one is made from the rows of `calls`.',
  columns: {
    run_id,
    key: {
      type: 'VARCHAR',
      doc: '`src|dst|frame|flags` as one text; the same in each run that is recorded alike.',
    },
    src: edges_runtime.columns.src,
    dst: edges_runtime.columns.dst,
    frame: { type: 'INTEGER', doc: 'The thread: `threads.thread_id`.' },
    flags: {
      type: 'VARCHAR',
      doc: 'First 8 hex digits of the MD5 of `runs.flags`: how the run was recorded.',
    },
    count: { type: 'BIGINT', unit: 'calls', doc: 'Rows of `calls`.' },
    total_ms: {
      type: 'DOUBLE',
      unit: 'ms',
      doc: 'Sum of durations of those that ended.',
      none: 'none of them ended',
    },
    max_ms: { type: 'DOUBLE', unit: 'ms', doc: 'The longest of them.', none: 'none of them ended' },
  },
  // Numbers are grouped first: texts of a million rows would take seconds.
  sql: (same) => `
    SELECT e.run_id, s.ast_node_id || '|' || d.ast_node_id || '|' || e.frame || '|' || left(md5(r.flags), 8) AS key,
      s.ast_node_id AS src, d.ast_node_id AS dst, e.frame, left(md5(r.flags), 8) AS flags, e.count, e.total_ms, e.max_ms
    FROM (
      SELECT c.run_id, c.thread_id AS frame, p.function_id AS src, c.function_id AS dst, count(*) AS count,
        sum(${lasted('c')}) / 1000 AS total_ms,
        max(${lasted('c')}) / 1000 AS max_ms
      FROM calls c JOIN calls p ON ${same('p', 'c')} p.thread_id = c.thread_id AND p.call_id = c.parent_call_id
      GROUP BY c.run_id, c.thread_id, p.function_id, c.function_id
    ) e
    JOIN functions s ON ${same('s', 'e')} s.function_id = e.src
    JOIN functions d ON ${same('d', 'e')} d.function_id = e.dst
    JOIN runs r ON r.id = e.run_id`,
} as const satisfies View;

export const task_breakdown = {
  doc: 'One row for each function that ran in a task: what the time of the task went into. From the rows of `calls`.',
  columns: {
    run_id,
    thread_id,
    task_id,
    task_kind: { ...tasks.columns.kind, none: 'the task has no row' },
    task_name: { ...tasks.columns.name, none: 'the task has no row' },
    task_ms: { ...tasks.columns.duration_ms, none: 'the task has no row' },
    ast_node_id: { ...ast_node_id, none: noSite },
    name: { ...name, none: noSite },
    path: { ...path, none: noSite },
    line: { ...line, none: noSite },
    calls: { type: 'BIGINT', unit: 'calls', doc: 'Its calls in the task.' },
    self_ms: {
      type: 'DOUBLE',
      unit: 'ms',
      doc: 'Their time on the stack, minus recorded calls made from them.',
    },
    wait_ms: { type: 'DOUBLE', unit: 'ms', doc: 'Their time suspended at `await` or `yield`.' },
    self_share: {
      type: 'DOUBLE',
      unit: 'share of 1',
      doc: 'Own time of the function in that of all functions in the task.',
      none: 'none took any time',
    },
  },
  sql: (same) => `
    SELECT b.run_id, b.thread_id, b.task_id, t.kind AS task_kind, t.name AS task_name, t.duration_ms AS task_ms,
      f.ast_node_id, f.name, f.path, f.line, b.calls, b.self_ms, b.wait_ms,
      b.self_ms / nullif(sum(b.self_ms) OVER (PARTITION BY b.run_id, b.thread_id, b.task_id), 0) AS self_share
    FROM (
      SELECT run_id, thread_id, task_id, function_id, count(*) AS calls, sum(self_us) / 1000 AS self_ms, sum(wait_us) / 1000 AS wait_ms
      FROM calls GROUP BY run_id, thread_id, task_id, function_id
    ) b
    LEFT JOIN tasks t ON ${same('t', 'b')} t.thread_id = b.thread_id AND t.task_id = b.task_id
    LEFT JOIN functions f ON ${same('f', 'b')} f.function_id = b.function_id`,
} as const satisfies View;
