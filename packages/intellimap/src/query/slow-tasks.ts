/** Question: why did tasks take long? Of tasks that are alike, the slowest is taken apart. */
import type { Session } from './session.ts';
import { IS_PASSED_OVER } from './slowest-tasks.ts';
import { type Anatomy, anatomyOf, type TaskCall, type Waiting } from './task-anatomy.ts';
import { taskShape } from './task-shape.ts';

export interface TaskFunction {
  id: string;
  name: string;
  path: string;
  line: number;
}

export interface TaskReason {
  threadId: number;
  taskId: number;
  kind: string;
  name: string;
  /** What tasks like it have in common: `GET /carts/*`. */
  shape: string;
  /** How many there are, and their median. */
  alike: number;
  medianMs: number;
  durationMs: number;
  workMs: number;
  waitMs: number;
  /** Who waited, longest first. */
  waits: (Omit<Waiting, 'function' | 'us'> & { function: TaskFunction | null; ms: number })[];
  /** Functions, from the first one down to what kept it waiting, or working, for longest. */
  path: TaskFunction[];
  /** Garbage collections in its calls. */
  gcMs: number;
  /** What the thread worked for other tasks meanwhile; it may have waited for that, or for something else. */
  othersMs: number;
  /** A turn of another task that held the event loop meanwhile, the longest. */
  heldBy: { name: string; ms: number } | null;
  /** Calls of it that have no row. */
  callsMissing: number;
  open: boolean;
}

/** Calls of a task that are looked at, the longest. */
const CALLS = 20_000;

interface TaskRow {
  threadId: number;
  taskId: number;
  kind: string;
  name: string;
  shape: string;
  alike: number;
  medianMs: number;
  durationMs: number;
  startUs: number;
  endUs: number;
  calls: number;
  open: boolean;
}

export async function slowTasks(
  session: Session,
  options: { minMs: number; limit: number },
): Promise<TaskReason[]> {
  const tasks = await session.db.all<TaskRow>(
    `WITH shaped AS (SELECT *, ${taskShape('name')} AS shape FROM tasks WHERE NOT ${IS_PASSED_OVER} AND kind <> 'import'),
     alike AS (SELECT kind, shape, count(*)::INTEGER AS alike, median(duration_ms) AS medianMs FROM shaped GROUP BY ALL)
     SELECT t.thread_id AS threadId, t.task_id AS taskId, t.kind, t.name, t.shape, a.alike, a.medianMs, t.duration_ms AS durationMs,
       t.start_us AS startUs, t.end_us AS endUs, t.calls, t.open
     FROM shaped t JOIN alike a USING (kind, shape) WHERE t.duration_ms >= $minMs
     QUALIFY row_number() OVER (PARTITION BY kind, shape ORDER BY t.duration_ms DESC, t.thread_id, t.task_id) = 1
     ORDER BY t.duration_ms DESC, t.thread_id, t.task_id LIMIT $limit`,
    options,
  );
  const reasons: TaskReason[] = [];
  for (const task of tasks) reasons.push(await reasonOf(session, task));
  return reasons;
}

/** Generators do not wait, they are waited for: between two values they are suspended. */
async function reasonOf({ db }: Session, task: TaskRow): Promise<TaskReason> {
  const { threadId, taskId, startUs, endUs, calls: count, ...facts } = task;
  const values = { thread: threadId, task: taskId, start: startUs, end: endUs };
  const calls = await db.all<TaskCall>(
    `SELECT c.call_id AS id, c.parent_call_id AS parent, coalesce(f.ast_node_id, '') AS "function", c.start_us AS startUs, coalesce(c.end_us, $end) AS endUs,
       c.self_us AS selfUs, CASE WHEN f.is_generator THEN 0 ELSE c.wait_us END AS waitUs, l.kind AS ranBy
     FROM calls c LEFT JOIN functions f USING (function_id) LEFT JOIN (SELECT to_call_id, any_value(kind) AS kind FROM links WHERE thread_id = $thread GROUP BY 1) l ON l.to_call_id = c.call_id
     WHERE c.thread_id = $thread AND c.task_id = $task AND c.start_us >= $start - 1
     ORDER BY coalesce(c.end_us, $end) - c.start_us DESC, c.call_id LIMIT ${CALLS}`,
    { thread: threadId, task: taskId, start: startUs, end: endUs },
  );
  const anatomy = anatomyOf(calls, [startUs, endUs]);
  const [around] = await db.all<{ gcMs: number; othersMs: number }>(
    `SELECT (SELECT coalesce(sum(duration_us), 0) / 1000 FROM pauses WHERE kind = 'gc' AND thread_id = $thread AND task_id = $task) AS gcMs,
       (SELECT coalesce(sum(self_us), 0) / 1000 FROM calls WHERE thread_id = $thread AND task_id <> $task AND start_us >= $start AND end_us <= $end) AS othersMs`,
    values,
  );
  const [held] = await db.all<{ name: string | null; ms: number }>(
    `SELECT f.name, (least(p.start_us + p.duration_us, $end) - greatest(p.start_us, $start)) / 1000 AS ms FROM pauses p LEFT JOIN functions f USING (function_id)
     WHERE p.kind = 'loop' AND p.thread_id = $thread AND p.task_id IS DISTINCT FROM $task AND p.start_us < $end AND p.start_us + p.duration_us > $start ORDER BY ms DESC LIMIT 1`,
    values,
  );
  const functions = await functionsOf(db, anatomy);
  return {
    threadId,
    taskId,
    ...facts,
    workMs: anatomy.workUs / 1000,
    waitMs: anatomy.waitUs / 1000,
    waits: anatomy.waits.map(({ function: id, us, ...rest }) => ({
      ...rest,
      ms: us / 1000,
      function: id === null ? null : (functions.get(id) ?? null),
    })),
    path: anatomy.path.flatMap((id) => functions.get(id) ?? []),
    ...around,
    heldBy: held === undefined ? null : { name: held.name ?? 'unrecorded code', ms: held.ms },
    callsMissing: Math.max(0, count - calls.length),
  };
}

async function functionsOf(db: Session['db'], { waits, path }: Anatomy): Promise<Map<string, TaskFunction>> {
  const ids = [...new Set([...path, ...waits.flatMap((each) => each.function ?? [])])];
  const rows = await db.all<TaskFunction>(
    'SELECT ast_node_id AS id, name, path, line FROM functions WHERE ast_node_id IN (SELECT unnest(CAST($ids AS JSON)::VARCHAR[]))',
    { ids: JSON.stringify(ids) },
  );
  return new Map(rows.map((row) => [row.id, row]));
}
