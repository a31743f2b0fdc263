/** What of the tables is asked for again and again at moments, in columns: read once a run. */
import { Intervals } from './intervals.ts';
import type { Session } from './session.ts';

/** Numbers as they lie in the tables, and the spans of time they are true for. */
interface Spans {
  intervals: Intervals;
  thread: Float64Array;
}

export interface TaskSpans extends Spans {
  task: Float64Array;
  since: Float64Array;
  /** NaN: open when the recording ended */
  until: Float64Array;
  errors: Float64Array;
  kind: (string | null)[];
  name: (string | null)[];
}

export interface MessageSpans extends Spans {
  sent: Float64Array;
  /** NaN: never */
  arrives: Float64Array;
  kind: (string | null)[];
  request: (string | null)[];
  /** NaN: none. Calls, and `functions.function_id` of theirs. */
  from: Float64Array;
  fromFn: Float64Array;
  to: Float64Array;
  toFn: Float64Array;
}

/** Writes in order of time. */
export interface Writes {
  at: Float64Array;
  thread: Float64Array;
  nth: Float64Array;
  /** The write to the same before; -1: none. */
  before: Int32Array;
  /** How many there were to the same, this one included. */
  ordinal: Int32Array;
  /** When something is first written to, in order. */
  firsts: Float64Array;
}

/** A row of `costs`. */
export interface CostRow {
  thread: number;
  atUs: number;
  rss: number | null;
  recorderMemory: number | null;
  cpuMs: number | null;
}

/** Tasks of calls that do not have that of their caller, by thread. */
export type TasksOfCalls = Map<number, Map<number, number>>;

const COSTS = `
  SELECT thread_id AS thread, at_us AS "atUs", rss, recorder_memory AS "recorderMemory", cpu_ms AS "cpuMs" FROM costs
  WHERE at_us IS NOT NULL ORDER BY at_us`;

/** In order of time. */
export const readCosts = async ({ db }: Session): Promise<CostRow[]> => await db.all<CostRow>(COSTS);

type Numbers<Names extends string> = Record<Names, number | null>;
type Texts<Names extends string> = Record<Names, string | null>;

const numbers = (column: readonly (number | null)[]): Float64Array =>
  Float64Array.from(column, (each) => each ?? NaN);
const orNever = (end: Float64Array): Float64Array =>
  end.map((each) => (Number.isNaN(each) ? Infinity : each));

export async function readTasks({ db }: Session): Promise<TaskSpans> {
  const read = await db.columns<
    Numbers<'thread' | 'task' | 'since' | 'until' | 'errors'> & Texts<'kind' | 'name'>
  >(`SELECT thread_id::DOUBLE AS thread, task_id::DOUBLE AS task, start_us AS since, CASE WHEN open THEN NULL ELSE end_us END AS until,
       errors::DOUBLE AS errors, kind, name FROM tasks ORDER BY start_us, thread_id, task_id`);
  const [since, until] = [numbers(read.since), numbers(read.until)];
  return {
    intervals: new Intervals(since, orNever(until)),
    thread: numbers(read.thread),
    task: numbers(read.task),
    since,
    until,
    errors: numbers(read.errors),
    kind: read.kind,
    name: read.name,
  };
}

/** What was scheduled, and requests that the program made. */
const MESSAGES = `
  SELECT l.thread_id::DOUBLE AS thread, l.kind AS kind, NULL AS request, f.start_us AS sent, t.start_us AS arrives,
    l.from_call_id::DOUBLE AS "from", f.function_id::DOUBLE AS "fromFn", l.to_call_id::DOUBLE AS "to", t.function_id::DOUBLE AS "toFn"
  FROM links l JOIN calls f ON f.thread_id = l.thread_id AND f.call_id = l.from_call_id
    JOIN calls t ON t.thread_id = l.thread_id AND t.call_id = l.to_call_id
  UNION ALL
  SELECT r.thread_id::DOUBLE, r.type, r.method || ' ' || r.route, r.start_us, r.start_us + 1000 * r.total_ms,
    r.call_id::DOUBLE, c.function_id::DOUBLE, NULL, NULL
  FROM resources r LEFT JOIN calls c ON c.thread_id = r.thread_id AND c.call_id = r.call_id
  ORDER BY sent`;

export async function readMessages({ db }: Session): Promise<MessageSpans> {
  const read = await db.columns<
    Numbers<'thread' | 'sent' | 'arrives' | 'from' | 'fromFn' | 'to' | 'toFn'> & Texts<'kind' | 'request'>
  >(MESSAGES);
  const [sent, arrives] = [numbers(read.sent), numbers(read.arrives)];
  return {
    intervals: new Intervals(sent, orNever(arrives)),
    thread: numbers(read.thread),
    kind: read.kind,
    request: read.request,
    sent,
    arrives,
    from: numbers(read.from),
    fromFn: numbers(read.fromFn),
    to: numbers(read.to),
    toFn: numbers(read.toFn),
  };
}

/** What is written to: a variable of a file, or a property as it is called in a class, or function, of a file. */
const WRITES = `
  SELECT s.thread_id::DOUBLE AS thread, s.nth::DOUBLE AS nth, s.at_us AS at,
    dense_rank() OVER (ORDER BY s.thread_id, f.path, s.kind::VARCHAR, s.target,
      CASE WHEN s.target LIKE 'this.%' THEN coalesce(nullif(regexp_extract(f.ast_node_id, '^.*class [^/]+'), ''), f.ast_node_id) ELSE '' END)::DOUBLE AS what
  FROM state_changes s LEFT JOIN calls c ON c.thread_id = s.thread_id AND c.call_id = s.call_id
    LEFT JOIN functions f ON f.function_id = c.function_id
  ORDER BY s.at_us, s.thread_id, s.nth`;

export async function readWrites({ db }: Session): Promise<Writes> {
  const read = await db.columns<Numbers<'thread' | 'nth' | 'at' | 'what'>>(WRITES);
  const at = numbers(read.at);
  const before = new Int32Array(at.length).fill(-1);
  const ordinal = new Int32Array(at.length);
  const last = new Map<number, number>();
  const firsts: number[] = [];
  for (const [place, what] of numbers(read.what).entries()) {
    before[place] = last.get(what) ?? -1;
    ordinal[place] = before[place] < 0 ? 1 : ordinal[before[place]] + 1;
    if (before[place] < 0) firsts.push(at[place]);
    last.set(what, place);
  }
  return {
    at,
    thread: numbers(read.thread),
    nth: numbers(read.nth),
    before,
    ordinal,
    firsts: Float64Array.from(firsts),
  };
}

/** Roots, async calls, and those that began a turn of another task in the midst of a call. */
const TASKS_OF_CALLS = `
  SELECT c.thread_id::DOUBLE AS thread, c.call_id::DOUBLE AS call, c.task_id::DOUBLE AS task
  FROM calls c LEFT JOIN functions f USING (function_id)
    LEFT JOIN calls p ON p.thread_id = c.thread_id AND p.call_id = c.parent_call_id
  WHERE c.parent_call_id IS NULL OR f.is_async OR f.is_generator OR p.task_id IS DISTINCT FROM c.task_id`;

export async function readTasksOfCalls({ db }: Session): Promise<TasksOfCalls> {
  const { thread, call, task } = await db.columns<Record<'thread' | 'call' | 'task', number>>(TASKS_OF_CALLS);
  const threads: TasksOfCalls = new Map();
  for (const [at, each] of thread.entries()) {
    let calls = threads.get(each);
    if (calls === undefined) threads.set(each, (calls = new Map()));
    calls.set(call[at], task[at]);
  }
  return threads;
}
