/** Question: why did tasks take long? Of tasks that are alike, the slowest is taken apart. */
import type { Session } from './session.ts';
import { IS_DRIVER, IS_PASSED_OVER } from './slowest-tasks.ts';
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
  /** It has more calls that count than are looked at: waits may be missing. */
  isPartial: boolean;
  open: boolean;
}

/** Calls without waiting that take less than a part of the task, one of so many, are not looked at. */
const PARTS = 2000;
/** Calls of a task that are looked at, the longest. */
const CALLS = 4000;

interface TaskRow extends Pick<
  TaskReason,
  'threadId' | 'taskId' | 'kind' | 'name' | 'shape' | 'alike' | 'medianMs' | 'durationMs' | 'open'
> {
  startUs: number;
  endUs: number;
  /** null: a recording that was loaded before it was looked at. */
  busyMs: number | null;
}

export async function slowTasks(
  session: Session,
  options: { minMs: number; limit: number },
): Promise<TaskReason[]> {
  const tasks = await session.db.all<TaskRow>(
    `WITH shaped AS (SELECT *, ${taskShape('name')} AS shape FROM tasks WHERE NOT ${IS_PASSED_OVER} AND NOT ${IS_DRIVER} AND kind <> 'import'),
     alike AS (SELECT kind, shape, count(*)::INTEGER AS alike, median(duration_ms) AS medianMs FROM shaped GROUP BY ALL)
     SELECT t.thread_id AS threadId, t.task_id AS taskId, t.kind, t.name, t.shape, a.alike, a.medianMs, t.duration_ms AS durationMs,
       t.start_us AS startUs, t.end_us AS endUs, t.busy_ms AS busyMs, t.open
     FROM shaped t JOIN alike a USING (kind, shape) WHERE t.duration_ms >= $minMs
     QUALIFY row_number() OVER (PARTITION BY kind, shape ORDER BY t.duration_ms DESC, t.thread_id, t.task_id) = 1
     ORDER BY t.duration_ms DESC, t.thread_id, t.task_id LIMIT $limit`,
    options,
  );
  if (tasks.length === 0) return [];
  const calls = await callsOf(session, tasks);
  const around = await aroundOf(session, tasks);
  const held = await heldOf(session, tasks);
  const keyOf = ({ threadId, taskId }: TaskKey): string => `${threadId} ${taskId}`;
  const anatomies = tasks.map((task) => {
    const own = calls.filter((call) => keyOf(call) === keyOf(task));
    return { task, own, anatomy: anatomyOf(own, [task.startUs, task.endUs]) };
  });
  const functions = await functionsOf(
    session.db,
    anatomies.map(({ anatomy }) => anatomy),
  );
  return anatomies.map(({ task, own, anatomy }) => {
    const { threadId, taskId, kind, name, shape, alike, medianMs, durationMs, open } = task;
    const { gcMs, othersMs } = around.find((each) => keyOf(each) === keyOf(task)) ?? { gcMs: 0, othersMs: 0 };
    const workMs = task.busyMs ?? anatomy.workUs / 1000;
    const holder = held.find((each) => keyOf(each) === keyOf(task));
    return {
      threadId,
      taskId,
      kind,
      name,
      shape,
      alike,
      medianMs,
      durationMs,
      open,
      workMs,
      waitMs: Math.max(0, durationMs - workMs),
      waits: anatomy.waits.map(({ function: id, us, ...rest }) => ({
        ...rest,
        ms: us / 1000,
        function: id === null ? null : (functions.get(id) ?? null),
      })),
      path: anatomy.path.flatMap((id) => functions.get(id) ?? []),
      gcMs,
      othersMs,
      heldBy: holder === undefined ? null : { name: holder.name ?? 'unrecorded code', ms: holder.ms },
      isPartial: own.length >= CALLS,
    };
  });
}

interface TaskKey {
  threadId: number;
  taskId: number;
}

/** The chosen tasks as a table: `$tasks` is their JSON. */
const CHOSEN = `chosen AS (SELECT unnest(from_json($tasks, '[{"threadId": "INTEGER", "taskId": "BIGINT", "startUs": "DOUBLE", "endUs": "DOUBLE"}]'), recursive := true))`;
const chosen = (tasks: readonly TaskRow[]): { tasks: string } => ({
  tasks: JSON.stringify(tasks.map(({ threadId, taskId, startUs, endUs }) => ({ threadId, taskId, startUs, endUs }))),
}); // prettier-ignore

/** The longest calls of each. Generators do not wait, they are waited for: between two values they are suspended. */
async function callsOf({ db }: Session, tasks: readonly TaskRow[]): Promise<(TaskCall & TaskKey)[]> {
  return await db.all<TaskCall & TaskKey>(
    `WITH ${CHOSEN}, ran_by AS (SELECT thread_id, to_call_id, any_value(kind) AS kind FROM links GROUP BY ALL)
     SELECT t.threadId, t.taskId, c.call_id AS id, c.parent_call_id AS parent, coalesce(f.ast_node_id, '') AS "function", c.start_us AS startUs,
       coalesce(c.end_us, t.endUs) AS endUs, c.self_us AS selfUs, CASE WHEN f.is_generator THEN 0 ELSE c.wait_us END AS waitUs,
       coalesce(c.stalled_us, 0) AS stalledUs, l.kind AS ranBy
     FROM chosen t JOIN calls c ON c.thread_id = t.threadId AND c.task_id = t.taskId AND c.start_us >= t.startUs - 1
     LEFT JOIN functions f USING (function_id) LEFT JOIN ran_by l ON l.thread_id = c.thread_id AND l.to_call_id = c.call_id
     WHERE c.wait_us > 0 OR c.parent_call_id IS NULL OR coalesce(c.end_us, t.endUs) - c.start_us >= (t.endUs - t.startUs) / ${PARTS}
     QUALIFY row_number() OVER (PARTITION BY t.threadId, t.taskId ORDER BY coalesce(c.end_us, t.endUs) - c.start_us DESC, c.call_id) <= ${CALLS}`,
    chosen(tasks),
  );
}

async function aroundOf(
  { db }: Session,
  tasks: readonly TaskRow[],
): Promise<(TaskKey & { gcMs: number; othersMs: number })[]> {
  return await db.all<TaskKey & { gcMs: number; othersMs: number }>(
    `WITH ${CHOSEN},
     gc AS (SELECT thread_id, task_id, sum(duration_us) / 1000 AS ms FROM pauses WHERE kind = 'gc' GROUP BY ALL),
     others AS (
       SELECT t.threadId, t.taskId, sum(c.self_us) / 1000 AS ms FROM chosen t
       JOIN calls c ON c.thread_id = t.threadId AND c.start_us >= t.startUs AND c.start_us <= t.endUs WHERE c.task_id <> t.taskId AND c.end_us <= t.endUs GROUP BY ALL)
     SELECT t.threadId, t.taskId, coalesce(gc.ms, 0) AS gcMs, coalesce(others.ms, 0) AS othersMs
     FROM chosen t LEFT JOIN gc ON gc.thread_id = t.threadId AND gc.task_id = t.taskId LEFT JOIN others USING (threadId, taskId)`,
    chosen(tasks),
  );
}

/** The longest turn of another task on the same thread, as far as it lies within. */
async function heldOf(
  { db }: Session,
  tasks: readonly TaskRow[],
): Promise<(TaskKey & { name: string | null; ms: number })[]> {
  return await db.all<TaskKey & { name: string | null; ms: number }>(
    `WITH ${CHOSEN}, turns AS (SELECT *, start_us + duration_us + coalesce(stalled_us, 0) AS endUs FROM pauses WHERE kind = 'loop')
     SELECT t.threadId, t.taskId, f.name, least(p.duration_us, least(p.endUs, t.endUs) - greatest(p.start_us, t.startUs)) / 1000 AS ms
     FROM chosen t JOIN turns p ON p.thread_id = t.threadId AND p.task_id IS DISTINCT FROM t.taskId
       AND p.start_us < t.endUs AND p.endUs > t.startUs
     LEFT JOIN functions f USING (function_id)
     QUALIFY row_number() OVER (PARTITION BY t.threadId, t.taskId ORDER BY ms DESC) = 1`,
    chosen(tasks),
  );
}

async function functionsOf(
  db: Session['db'],
  anatomies: readonly Anatomy[],
): Promise<Map<string, TaskFunction>> {
  const named = anatomies.flatMap(({ waits, path }) => [
    ...path,
    ...waits.flatMap((each) => each.function ?? []),
  ]);
  const ids = [...new Set(named)];
  const rows = await db.all<TaskFunction>(
    'SELECT ast_node_id AS id, name, path, line FROM functions WHERE ast_node_id IN (SELECT unnest(CAST($ids AS JSON)::VARCHAR[]))',
    { ids: JSON.stringify(ids) },
  );
  return new Map(rows.map((row) => [row.id, row]));
}
