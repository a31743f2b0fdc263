/** Questions of an export: the calls of a run in the order in which they began, and what their numbers mean. */
import { ExitCode, Fault } from '../base/fault.ts';
import { streamRows } from '../store/index.ts';
import type { Session } from './session.ts';
import { showFunction } from './show-function.ts';

export interface FunctionPlace {
  id: string;
  name: string;
  path: string;
  /** From 1. */
  line: number;
  /** UTF-16 units, from 0. */
  column: number;
  isAsync: boolean;
  isGenerator: boolean;
  isModule: boolean;
}

export interface ThreadFacts {
  thread: number;
  pid: number;
  tid: number;
  name: string | null;
  /** µs since the run began; null: nothing timed was recorded */
  startUs: number | null;
  endUs: number | null;
  /** What the browser calls itself; null: a thread of Node. */
  agent: string | null;
}

export interface ExportFacts {
  run: Session['run'];
  /** By `function_id`; holes where there is none. */
  functions: (FunctionPlace | undefined)[];
  threads: ThreadFacts[];
  /** How many rows there are of what an export may be made of. */
  counts: { samples: number; spans: number };
}

/** A row of `calls`; times are µs since the run began. */
export interface CallRow {
  thread: number;
  call: number;
  /** null: a root */
  parent: number | null;
  task: number;
  fn: number;
  start: number;
  /** null: still open when the recording ends */
  end: number | null;
  self: number;
  wait: number;
  outcome: 'returned' | 'threw' | 'open' | 'unknown';
}

/** Calls that ran at some moment between two times, of a task, of a thread; null: all. */
export interface CallFilter {
  fromUs: number | null;
  toUs: number | null;
  task: number | null;
  thread: number | null;
}

export async function exportFacts({ db, run }: Session): Promise<ExportFacts> {
  const rows = await db.all<FunctionPlace & { number: number }>(
    `SELECT function_id AS number, ast_node_id AS id, name, path, line, "column", is_async AS isAsync,
       is_generator AS isGenerator, kind = 'module' AS isModule FROM functions`,
  );
  const functions: ExportFacts['functions'] = [];
  for (const { number, ...place } of rows) functions[number] = place;
  const threads = await db.all<ThreadFacts>(
    `SELECT thread_id AS thread, pid, tid, name, start_us AS startUs, end_us AS endUs, agent
      FROM threads ORDER BY thread_id`,
  );
  const [counts] = await db.all<ExportFacts['counts']>(
    'SELECT (SELECT count(*) FROM cpu_samples) AS samples, (SELECT count(*) FROM spans) AS spans',
  );
  return { run, functions, threads, counts };
}

/** By thread, then in order of beginning: callers before what they called. */
export function eachCall({ db }: Session, filter: CallFilter): AsyncGenerator<CallRow[]> {
  return streamRows<CallRow>(db, CALLS, { ...filter });
}

const CALLS = `
  SELECT thread_id AS thread, call_id AS call, parent_call_id AS parent, task_id AS task, function_id AS fn,
    start_us AS start, end_us AS "end", self_us AS self, wait_us AS wait, outcome
  FROM calls
  WHERE ($fromUs::DOUBLE IS NULL OR end_us IS NULL OR end_us >= $fromUs::DOUBLE)
    AND ($toUs::DOUBLE IS NULL OR start_us <= $toUs::DOUBLE)
    AND ($task::BIGINT IS NULL OR task_id = $task::BIGINT)
    AND ($thread::INTEGER IS NULL OR thread_id = $thread::INTEGER)
  ORDER BY thread_id, call_id`;

/** Links of a thread, in order of `from`; both are numbers of calls. */
export interface ThreadLinks {
  from: number[];
  to: number[];
}

/** By thread. At most 1,000,000 a run. */
export async function linksOf({ db }: Session): Promise<Map<number, ThreadLinks>> {
  const threads = new Map<number, ThreadLinks>();
  const sql =
    'SELECT thread_id AS thread, from_call_id AS "from", to_call_id AS "to" FROM links ORDER BY thread_id, from_call_id, to_call_id';
  for await (const rows of streamRows<{ thread: number; from: number; to: number }>(db, sql))
    for (const { thread, from, to } of rows) {
      let links = threads.get(thread);
      if (links === undefined) threads.set(thread, (links = { from: [], to: [] }));
      links.from.push(from);
      links.to.push(to);
    }
  return threads;
}

/**
 * The task that `3` or `<thread>:3` names.
 * @throws Fault when there is none, or threads have one each
 */
export async function wantedTask({ db }: Session, text: string): Promise<{ thread: number; task: number }> {
  const match = /^(?:(\d{1,9}):)?(\d{1,15})$/.exec(text);
  if (match === null)
    throw new Fault(ExitCode.USAGE, `--task takes the number of a task, not "${text}"`, TASK_ADVICE);
  const rows = await db.all<{ thread: number; task: number }>(
    `SELECT DISTINCT thread_id AS thread, task_id AS task FROM calls
     WHERE task_id = $task AND ($thread::INTEGER IS NULL OR thread_id = $thread::INTEGER) ORDER BY thread_id`,
    { task: Number(match[2]), thread: match[1] === undefined ? null : Number(match[1]) },
  );
  if (rows.length === 0)
    throw new Fault(ExitCode.NOT_FOUND, `no call belongs to a task "${text}"`, TASK_ADVICE);
  if (rows.length > 1)
    throw new Fault(
      ExitCode.NOT_FOUND,
      `${rows.length} threads have a task ${text}`,
      `Name the thread, too: --task ${rows[0].thread}:${text}`,
    );
  return rows[0];
}

const TASK_ADVICE = 'intellimap query "select thread_id, task_id, name from tasks" lists them.';

/** Numbers of the functions that a name means, as `show` understands it. @throws Fault (NOT_FOUND) */
export async function wantedFunctions(session: Session, name: string): Promise<Set<number>> {
  const { matches } = await showFunction(session, name, 100);
  if (matches.length === 0) throw new Fault(ExitCode.NOT_FOUND, `this run has no function "${name}"`);
  const numbers = new Set<number>();
  for (const { id } of matches)
    for (const { number } of await session.db.all<{ number: number }>(
      'SELECT function_id AS number FROM functions WHERE ast_node_id = $id',
      { id },
    ))
      numbers.add(number);
  return numbers;
}
