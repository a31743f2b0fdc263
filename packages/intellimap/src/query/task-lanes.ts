/** Question: which tasks were on their way in a window of time, and what calls were they made of? One lane each. */
import type { ColumnsOf } from '../base/columns.ts';
import type { Session } from './session.ts';
import type { WindowFunction } from './window-shape.ts';

export interface TaskLanesAsk {
  /** µs since the run began. */
  t0: number;
  t1: number;
  /** At most so many tasks. */
  limit?: number | undefined;
  /** Both: this task alone, whether it reaches into the window or not. */
  thread?: number | undefined;
  task?: number | undefined;
}

export interface TaskLane {
  thread: number;
  task: number;
  kind: string;
  name: string;
  /** µs since the run began. */
  start: number;
  /** null: it was open when the recording ended. */
  end: number | null;
  /** Calls begun in it, errors first seen in it. */
  calls: number;
  errors: number;
  /** Of its calls in the window, how many there was no room for. */
  more: number;
}

export interface TaskLink {
  thread: number;
  task: number;
  /** `links.kind` */
  kind: string;
  from: number;
  to: number;
  /** When the call that set it off had begun, and when the other one did; µs. */
  sent: number;
  arrived: number;
}

export interface TaskLanesHead {
  /** In order of their beginning. */
  tasks: TaskLane[];
  /** Tasks of the window beyond these. */
  more: number;
  functions: WindowFunction[];
  /** What a call of a task set off; only those of the window, the first ones. */
  links: TaskLink[];
}

/** Calls of the tasks in the window: the longest, and all that failed. By lane, depth and start. */
export interface TaskLanesColumns {
  /** Index in `tasks`. */
  row: Uint16Array;
  /** 0: called by no other call of this answer. */
  depth: Uint8Array;
  /** µs since the run began; `end` NaN: open when the recording ended. */
  start: Float64Array;
  end: Float64Array;
  /** µs that it waited at `await` or `yield`. */
  wait: Float64Array;
  /** Index in `functions`. */
  function: Uint32Array;
  call: Float64Array;
  /** 1: it ended by an exception. */
  failed: Uint8Array;
}

const TASKS = 8;
/** Calls of a task; links of all. */
const CALLS = 400;
const LINKS = 500;
const DEEPEST = 255;

interface CallRow {
  lane: number;
  call: number;
  parent: number | null;
  start: number;
  end: number | null;
  wait: number;
  fn: number;
  failed: boolean;
  all: number;
}

export async function taskLanes(
  session: Session,
  ask: TaskLanesAsk,
): Promise<ColumnsOf<TaskLanesHead, TaskLanesColumns>> {
  const found = await tasksOf(session, ask);
  const tasks = found.map(({ all: _, ...task }) => ({ ...task, more: 0 }));
  const calls = tasks.length === 0 ? [] : await callsOf(session, ask, tasks);
  const depths = depthsOf(calls);
  for (const { lane, all } of calls) tasks[lane].more = Math.max(0, all - CALLS);
  const order = Array.from(calls.keys()).toSorted(
    (a, b) => calls[a].lane - calls[b].lane || depths[a] - depths[b] || calls[a].start - calls[b].start,
  );
  const { functions, indexOf } = await functionsOf(session, calls);
  const sorted = order.map((n) => calls[n]);
  return {
    head: {
      tasks,
      more: (found[0]?.all ?? 0) - found.length,
      functions,
      links: tasks.length === 0 ? [] : await linksOf(session, ask, tasks),
    },
    columns: {
      row: Uint16Array.from(sorted, ({ lane }) => lane),
      depth: Uint8Array.from(order, (n) => depths[n]),
      start: Float64Array.from(sorted, ({ start }) => start),
      end: Float64Array.from(sorted, ({ end }) => end ?? NaN),
      wait: Float64Array.from(sorted, ({ wait }) => wait),
      function: Uint32Array.from(sorted, ({ fn }) => indexOf(fn)),
      call: Float64Array.from(sorted, ({ call }) => call),
      failed: Uint8Array.from(sorted, ({ failed }) => (failed ? 1 : 0)),
    },
  };
}

// `main` and `import` are what the thread's own lane shows anyway, unless it is asked for one of them.
const TASKS_OF = `
  SELECT thread_id AS thread, task_id AS task, kind, name, start_us AS start, CASE WHEN "open" THEN NULL ELSE end_us END AS "end",
    calls::DOUBLE AS calls, errors::DOUBLE AS errors, count(*) OVER ()::DOUBLE AS "all"
  FROM tasks
  WHERE CASE WHEN $task IS NULL THEN kind NOT IN ('main', 'import') AND start_us < $t1 AND ("open" OR end_us > $t0)
    ELSE thread_id = $thread AND task_id = $task END
  ORDER BY errors > 0 DESC, coalesce(duration_ms, 0) DESC, thread_id, task_id LIMIT $limit`;

const tasksOf = async ({ db }: Session, { t0, t1, limit = TASKS, thread, task }: TaskLanesAsk) =>
  (
    await db.all<Omit<TaskLane, 'more'> & { all: number }>(TASKS_OF, {
      t0,
      t1,
      limit,
      thread: thread ?? null,
      task: thread === undefined ? null : (task ?? null),
    })
  ).toSorted((a, b) => a.start - b.start || a.thread - b.thread || a.task - b.task);

const CALLS_OF = `
  WITH wanted AS (SELECT unnest(from_json($tasks, '[{"lane": "INTEGER", "thread": "INTEGER", "task": "BIGINT"}]'), recursive := true))
  SELECT lane, c.call_id AS call, c.parent_call_id AS parent, c.start_us AS start, c.end_us AS "end", c.wait_us AS wait,
    c.function_id AS fn, c.outcome = 'threw' AS failed, count(*) OVER (PARTITION BY lane)::DOUBLE AS "all"
  FROM calls c JOIN wanted w ON c.thread_id = w.thread AND c.task_id = w.task
  WHERE c.start_us < $t1 AND (c.end_us IS NULL OR c.end_us > $t0)
  QUALIFY row_number() OVER (PARTITION BY lane ORDER BY c.outcome = 'threw' DESC, coalesce(c.end_us, 'infinity'::DOUBLE) - c.start_us DESC, c.call_id) <= $limit
  ORDER BY lane, call`;

const callsOf = async ({ db }: Session, { t0, t1 }: TaskLanesAsk, tasks: TaskLane[]) =>
  await db.all<CallRow>(CALLS_OF, { t0, t1, limit: CALLS, tasks: told(tasks) });

const LINKS_OF = `
  WITH wanted AS (SELECT unnest(from_json($tasks, '[{"lane": "INTEGER", "thread": "INTEGER", "task": "BIGINT"}]'), recursive := true))
  SELECT w.thread, w.task, l.kind, l.from_call_id AS "from", l.to_call_id AS "to", a.start_us AS sent, b.start_us AS arrived
  FROM links l
  JOIN calls b ON b.thread_id = l.thread_id AND b.call_id = l.to_call_id
  JOIN wanted w ON b.thread_id = w.thread AND b.task_id = w.task
  JOIN calls a ON a.thread_id = l.thread_id AND a.call_id = l.from_call_id
  WHERE a.start_us < $t1 AND b.start_us > $t0
  ORDER BY b.start_us, l.to_call_id LIMIT $limit`;

const linksOf = async ({ db }: Session, { t0, t1 }: TaskLanesAsk, tasks: TaskLane[]) =>
  await db.all<TaskLink>(LINKS_OF, { t0, t1, limit: LINKS, tasks: told(tasks) });

const told = (tasks: TaskLane[]): string =>
  JSON.stringify(tasks.map(({ thread, task }, lane) => ({ lane, thread, task })));

/** One more than that of the caller, where it is among these. Callers come first: calls are in order of their numbers. */
function depthsOf(calls: CallRow[]): number[] {
  const at = new Map<string, number>();
  return calls.map(({ lane, call, parent }) => {
    const above = parent === null ? undefined : at.get(`${lane} ${parent}`);
    const depth = above === undefined ? 0 : Math.min(DEEPEST, above + 1);
    at.set(`${lane} ${call}`, depth);
    return depth;
  });
}

const FUNCTIONS_OF = `
  SELECT function_id AS fn, ast_node_id AS id, name, path AS module, line FROM functions
  WHERE function_id IN (SELECT unnest(from_json($ids, '["INTEGER"]')))`;

async function functionsOf({ db }: Session, calls: CallRow[]) {
  const ids = [...new Set(calls.map(({ fn }) => fn))];
  const rows = await db.all<WindowFunction & { fn: number }>(FUNCTIONS_OF, { ids: JSON.stringify(ids) });
  const byId = new Map(rows.map(({ fn, ...named }) => [fn, named]));
  const functions = ids.map((fn) => byId.get(fn) ?? { id: '', name: '(unknown)', module: '', line: 0 });
  const place = new Map(ids.map((fn, n) => [fn, n]));
  return { functions, indexOf: (fn: number) => place.get(fn)! };
}
