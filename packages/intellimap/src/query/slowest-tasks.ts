/**
 * Question: which tasks took longest? Where requests were answered, the starts of threads are not among them: `main` goes on in all that it scheduled,
 * listeners of a server included, and so takes nearly the whole run, whatever the program did. A script has nothing else, or what belongs to its start.
 */
import type { Session } from './session.ts';

export interface SlowTask {
  threadId: number;
  taskId: number;
  kind: string;
  name: string;
  path: string | null;
  line: number | null;
  /** µs since the run began */
  startUs: number;
  durationMs: number;
  calls: number;
  errors: number;
  open: boolean;
}

/** Condition: the row of `tasks` is a scenario, or a step of one: what drove the program, and no task of it. */
export const IS_DRIVER = `(kind IN ('scenario', 'step'))`;

/** Condition: the row of `tasks` is the start of a thread, in a run with tasks that the probe told apart. */
export const IS_PASSED_OVER = `(kind = 'main' AND EXISTS (SELECT 1 FROM tasks WHERE kind NOT IN ('main', 'import', 'callback') AND NOT ${IS_DRIVER}))`;

export async function slowestTasks({ db }: Session, limit = 10): Promise<SlowTask[]> {
  return await db.all<SlowTask>(
    `SELECT t.thread_id AS threadId, t.task_id AS taskId, t.kind, t.name, f.path, f.line, t.start_us AS startUs,
       t.duration_ms AS durationMs, t.calls, t.errors, t.open
     FROM (SELECT * FROM tasks WHERE NOT ${IS_PASSED_OVER} AND NOT ${IS_DRIVER}) t LEFT JOIN functions f USING (ast_node_id)
     ORDER BY t.duration_ms DESC, t.thread_id, t.task_id LIMIT $limit`,
    { limit },
  );
}
