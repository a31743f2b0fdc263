/** Question: what did the tasks of a stretch of time do, each in a lane of its own? */
import type { ColumnsOf } from '../base/columns.ts';
import type { InColumns } from '../store/index.ts';
import type { Session } from './session.ts';
import { IS_PASSED_OVER } from './slowest-tasks.ts';
import type { WindowFunction } from './timeline/window-shape.ts';

export interface TaskLanesAsk {
  /** µs since the run began. */
  t0: number;
  t1: number;
  /** Tasks at most. */
  limit?: number;
  /** Of this thread only; with `task`, of this one. */
  thread?: number;
  task?: number;
}

export interface TaskLane {
  thread: number;
  task: number;
  kind: string;
  name: string;
  /** µs */
  start: number;
  /** null: it was open when the recording ended */
  end: number | null;
  calls: number;
  errors: number;
  /** How many of its calls in this stretch there was no room for: the short ones. */
  more: number;
}

export interface TaskLanesHead {
  tasks: TaskLane[];
  /** Tasks of the window beyond these. */
  more: number;
  functions: WindowFunction[];
  /** What one call of a task set off: from the end of one to the beginning of another. */
  links: { task: number; kind: string; fromCall: number; toCall: number; sent: number; arrived: number }[];
}

/** Calls of the tasks, by lane, depth and start. */
export interface TaskLanesColumns {
  /** Index in `tasks`. */
  row: Uint16Array;
  /** 0: called by nobody that is told of this task. */
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

export type TaskLanes = ColumnsOf<TaskLanesHead, TaskLanesColumns>;

/** Calls of one task that are told, the longest. */
const CALLS = 2000;
/** Links of all tasks that are told. */
const LINKS = 5000;
const DEEPEST = 255;

interface TaskRow extends Omit<TaskLane, 'more'> {
  found?: number;
}

interface CallRow {
  thread: number;
  task: number;
  call: number;
  parent: number | null;
  start: number;
  end: number | null;
  wait: number;
  fn: number;
  failed: boolean;
  found: number;
}

/** The slowest tasks that reach into the window, in order of their beginning; calls as far as they have a row. */
export async function taskLanes(
  { db }: Session,
  { t0, t1, limit = 30, thread, task }: TaskLanesAsk,
): Promise<TaskLanes> {
  const rows = await db.all<TaskRow>(SLOWEST, { t0, t1, limit, thread: thread ?? null, task: task ?? null });
  const keys = JSON.stringify(rows.map((row) => ({ t: row.thread, k: row.task })));
  const found =
    rows.length === 0 ? null : await db.columns<CallRow>(CALLS_OF, { keys, t0, t1, limit: CALLS });
  const links = rows.length === 0 ? [] : await db.all<TaskLanesHead['links'][number] & { thread: number }>(LINKS_OF, { keys, t0, t1 }); // prettier-ignore
  const lanes = new Map(rows.map((row, at) => [keyOf(row), at]));
  const calls = found === null ? [] : placed(found, lanes);
  const numbers = [...new Set(calls.map(({ fn }) => fn))];
  const functions = await functionsOf(db, numbers);
  const place = new Map(numbers.map((fn, at) => [fn, at]));
  const all = rows[0]?.found ?? 0;
  for (const row of rows) delete row.found;
  const counts = new Float64Array(rows.length);
  for (const call of calls) counts[call.lane] = call.found;
  return {
    head: {
      tasks: rows.map((row, at) => ({ ...row, more: Math.max(0, counts[at] - CALLS) })),
      more: all - rows.length,
      functions,
      links: links.map(({ thread: of, ...link }) => ({ ...link, task: lanes.get(keyOf({ thread: of, task: link.task }))! })),
    },
    columns: columnsOf(calls, place),
  }; // prettier-ignore
}

const keyOf = ({ thread, task }: { thread: number; task: number }): string => `${thread} ${task}`;

const SLOWEST = `
  WITH seen AS (
    SELECT * FROM tasks WHERE start_us < $t1 AND (end_us >= $t0 OR open) AND ($thread IS NULL OR thread_id = $thread)
      AND CASE WHEN $task IS NULL THEN NOT ${IS_PASSED_OVER} ELSE task_id = $task END),
  slowest AS (SELECT *, count(*) OVER () AS found FROM seen ORDER BY duration_ms DESC, thread_id, task_id LIMIT $limit)
  SELECT thread_id AS thread, task_id AS task, kind, name, start_us AS start, CASE WHEN open THEN NULL ELSE end_us END AS "end", calls, errors, found
  FROM slowest ORDER BY start_us, thread_id, task_id`;

const OF_KEYS = `wanted AS (
    SELECT (each->>'t')::INTEGER AS thread_id, (each->>'k')::BIGINT AS task_id FROM (SELECT unnest(from_json($keys, '["JSON"]')) AS each))`;

/** By thread, task and beginning: callers come before those whom they call. */
const CALLS_OF = `
  WITH ${OF_KEYS},
  mine AS (
    SELECT c.*, count(*) OVER (PARTITION BY thread_id, task_id) AS found,
      row_number() OVER (PARTITION BY thread_id, task_id ORDER BY coalesce(c.end_us, 1e18) - c.start_us DESC, call_id) AS place
    FROM calls c SEMI JOIN wanted USING (thread_id, task_id)
    WHERE c.start_us < $t1 AND (c.end_us IS NULL OR c.end_us >= $t0))
  SELECT thread_id::DOUBLE AS thread, task_id::DOUBLE AS task, call_id::DOUBLE AS call, parent_call_id::DOUBLE AS parent, start_us AS start, end_us AS "end",
    wait_us::DOUBLE AS wait, function_id::DOUBLE AS fn, outcome = 'threw' AS failed, found::DOUBLE AS found
  FROM mine WHERE place <= $limit ORDER BY thread_id, task_id, start_us, call_id`;

/** Of a turn the call is known that it began with; who of it scheduled is at its end at the earliest, as far as that is known. */
const LINKS_OF = `
  WITH ${OF_KEYS}
  SELECT l.thread_id AS thread, b.task_id AS task, l.kind, l.from_call_id AS "fromCall", l.to_call_id AS "toCall", a.start_us AS sent, b.start_us AS arrived
  FROM links l
    JOIN calls b ON b.thread_id = l.thread_id AND b.call_id = l.to_call_id
    SEMI JOIN wanted ON wanted.thread_id = b.thread_id AND wanted.task_id = b.task_id
    JOIN calls a ON a.thread_id = l.thread_id AND a.call_id = l.from_call_id
  WHERE a.start_us < $t1 AND b.start_us >= $t0 ORDER BY b.start_us, l.thread_id, l.to_call_id LIMIT ${LINKS}`;

interface Placed extends Omit<CallRow, 'thread' | 'task' | 'parent'> {
  lane: number;
  depth: number;
}

/** Depth is counted in calls that are told: a caller without a row is passed over. */
function placed(rows: InColumns<CallRow>, lanes: ReadonlyMap<string, number>): Placed[] {
  const { thread, task, call, parent, start, end, wait, fn, failed, found } = rows;
  let lane = -1;
  let depths = new Map<number, number>();
  const calls = call.map((each, n): Placed => {
    if (thread[n] !== thread[n - 1] || task[n] !== task[n - 1]) {
      lane = lanes.get(keyOf({ thread: thread[n], task: task[n] }))!;
      depths = new Map();
    }
    const depth = Math.min(DEEPEST, (depths.get(parent[n] ?? NaN) ?? -1) + 1);
    depths.set(each, depth);
    return { lane, depth, call: each, start: start[n], end: end[n], wait: wait[n], fn: fn[n], failed: failed[n], found: found[n] };
  });
  return calls.toSorted((a, b) => a.lane - b.lane || a.depth - b.depth || a.start - b.start);
} // prettier-ignore

function columnsOf(calls: readonly Placed[], place: ReadonlyMap<number, number>): TaskLanesColumns {
  return {
    row: Uint16Array.from(calls, ({ lane }) => lane),
    depth: Uint8Array.from(calls, ({ depth }) => depth),
    start: Float64Array.from(calls, ({ start }) => start),
    end: Float64Array.from(calls, ({ end }) => end ?? Number.NaN),
    wait: Float64Array.from(calls, ({ wait }) => wait),
    function: Uint32Array.from(calls, ({ fn }) => place.get(fn)!),
    call: Float64Array.from(calls, ({ call }) => call),
    failed: Uint8Array.from(calls, ({ failed }) => Number(failed)),
  };
}

/** In the order of the numbers. */
async function functionsOf(db: Session['db'], numbers: readonly number[]): Promise<WindowFunction[]> {
  const rows = await db.all<WindowFunction & { fn: number }>(
    `SELECT function_id AS fn, ast_node_id AS id, name, path AS module, line FROM functions
     WHERE function_id IN (SELECT unnest(from_json($numbers, '["INTEGER"]')))`,
    { numbers: JSON.stringify(numbers) },
  );
  const known = new Map(rows.map(({ fn, ...row }) => [fn, row]));
  return numbers.map((fn) => known.get(fn) ?? { id: '', name: '(unknown)', module: '', line: 0 });
}
