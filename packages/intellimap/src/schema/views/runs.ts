/** Views of recordings as wholes. */
import { runs } from '../tables/run.ts';
import type { View } from '../view.ts';

const { ts, command, tier, branch, commit, duration_ms, exit_code, signal, complete, events_lost } =
  runs.columns;

export const run_overview = {
  doc: 'One row for each run, with what it comes to: calls, functions, errors, tasks, threads.',
  columns: {
    run_id: { type: 'VARCHAR', doc: 'The run: `runs.id`.' },
    ts,
    command,
    tier,
    branch,
    commit,
    duration_ms,
    exit_code,
    signal,
    complete,
    events_lost,
    calls: { type: 'BIGINT', unit: 'calls', doc: 'Calls begun, counted ones included.' },
    functions: {
      type: 'BIGINT',
      unit: 'functions',
      doc: 'Functions of the instrumented files, module bodies not counted.',
    },
    functions_hit: { type: 'BIGINT', unit: 'functions', doc: 'Of these, called at least once.' },
    errors: { type: 'BIGINT', unit: 'errors', doc: 'Errors seen.' },
    tasks: runs.columns.tasks_total,
    threads: { type: 'BIGINT', unit: 'threads', doc: 'Threads of all processes.' },
  },
  sql: () => `
    SELECT r.id AS run_id, r.ts, r.command, r.tier, r.branch, r."commit", r.duration_ms, r.exit_code, r.signal, r.complete, r.events_lost,
      greatest(r.calls_total, coalesce(n.hits, 0))::BIGINT AS calls, coalesce(m.functions, 0)::BIGINT AS functions,
      coalesce(m.functions_hit, 0)::BIGINT AS functions_hit, coalesce(e.errors, 0)::BIGINT AS errors, r.tasks_total AS tasks,
      coalesce(t.threads, 0) AS threads
    FROM runs r
    LEFT JOIN (SELECT run_id, sum(hits) AS hits FROM nodes_runtime GROUP BY run_id) n ON n.run_id = r.id
    LEFT JOIN (SELECT run_id, sum(functions) AS functions, sum(functions_hit) AS functions_hit FROM modules GROUP BY run_id) m ON m.run_id = r.id
    LEFT JOIN (SELECT run_id, sum(count) AS errors FROM errors GROUP BY run_id) e ON e.run_id = r.id
    LEFT JOIN (SELECT run_id, count(*) AS threads FROM threads GROUP BY run_id) t ON t.run_id = r.id`,
} as const satisfies View;
