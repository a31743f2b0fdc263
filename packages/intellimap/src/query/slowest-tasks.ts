/** Question: which tasks took longest? */
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

export async function slowestTasks({ db }: Session, limit = 10): Promise<SlowTask[]> {
  return await db.all<SlowTask>(
    `SELECT t.thread_id AS threadId, t.task_id AS taskId, t.kind, t.name, f.path, f.line, t.start_us AS startUs,
       t.duration_ms AS durationMs, t.calls, t.errors, t.open
     FROM tasks t LEFT JOIN functions f USING (ast_node_id)
     ORDER BY t.duration_ms DESC, t.thread_id, t.task_id LIMIT $limit`,
    { limit },
  );
}
