/** Question: what did a call, or a task, call? */
import type { Session } from './session.ts';
import { CALL_FLAG, type CallTree } from './moment-answers.ts';
import { momentsOf, type RunMoments } from './moments.ts';
import { TreeColumns } from './tree-columns.ts';
import { playTree, type TreeOf } from './tree-recorded.ts';

export interface TreeQuestion {
  thread: number;
  /** One of both. */
  call?: number;
  task?: number;
  /** Calls at most so far below (default 200), and at most so many, those that begin first (default 20,000). */
  depth?: number;
  limit?: number;
}

const DEPTH = 200;
const LIMIT = 20_000;

/** Undefined: there is no such call or task. Read from the recording where that is no longer than some hundred thousand calls, else from rows, which lack short ones. */
export async function callTree(session: Session, question: TreeQuestion): Promise<CallTree | undefined> {
  const { thread, call, task, depth = DEPTH, limit = LIMIT } = question;
  const run = await momentsOf(session);
  const columns = new TreeColumns(depth, limit);
  const of: TreeOf = { thread, call, task };
  const isRead = await playTree(session, run, of, columns);
  if (!isRead) await fromRows(session, run, of, columns);
  if (columns.size === 0) return undefined;
  const isWhole = isRead || session.run.calls_rule === 'all';
  const numbers = [...new Set(columns.fn)];
  const places = new Map(numbers.map((fn, at) => [fn, at]));
  return {
    thread,
    ...columns.arrays(),
    fn: Int32Array.from(columns.fn, (fn) => places.get(fn)!),
    functions: numbers.map((fn) => run.functionOf(fn)),
    more: columns.more,
    whole: isWhole && columns.more === 0 && !columns.isCut,
    source: isRead ? 'recording' : 'rows',
  };
}

interface Row {
  call: number;
  parent: number | null;
  fn: number;
  start: number;
  end: number | null;
  self: number;
  wait: number;
  stalled: number;
  outcome: 'returned' | 'threw' | 'open' | 'unknown';
}

const COLUMNS = `c.call_id AS call, c.parent_call_id AS parent, c.function_id AS fn, c.start_us AS start, c.end_us AS "end", c.self_us AS self,
  c.wait_us AS wait, coalesce(c.stalled_us, 0) AS stalled, c.outcome::VARCHAR AS outcome`;

/** Level by level: callers have rows wherever what they called has one. */
const BELOW = `
  WITH RECURSIVE below AS (
    SELECT call_id, 0 AS depth FROM calls WHERE thread_id = $thread AND call_id = $call
    UNION ALL
    SELECT c.call_id, b.depth + 1 FROM calls c JOIN below b ON c.parent_call_id = b.call_id
    WHERE c.thread_id = $thread AND b.depth < $depth)
  SELECT ${COLUMNS} FROM calls c JOIN below USING (call_id) WHERE c.thread_id = $thread ORDER BY c.call_id LIMIT $limit`;

const OF_TASK = `
  SELECT ${COLUMNS} FROM calls c WHERE c.thread_id = $thread AND c.task_id = $task ORDER BY c.call_id LIMIT $limit`;

async function fromRows(
  { db }: Session,
  run: RunMoments,
  { thread, call, task }: TreeOf,
  columns: TreeColumns,
): Promise<void> {
  const limit = columns.limit + 1;
  const rows =
    call === undefined
      ? await db.all<Row>(OF_TASK, { thread, task: task ?? -1, limit })
      : await db.all<Row>(BELOW, { thread, call, depth: columns.depthLimit, limit });
  // One more was asked for than there is room for: whether there are more, not how many.
  columns.isCut = rows.length > columns.limit;
  for (const row of rows.slice(0, columns.limit)) {
    const at = columns.begin(row.call, row.parent ?? NaN, row.fn, row.start, run.isAsync.has(row.fn), true);
    if (at < 0) continue;
    columns.self[at] = row.self;
    columns.wait[at] = row.wait;
    if (row.outcome === 'threw') columns.flags[at] |= CALL_FLAG.THREW;
    if (row.outcome === 'unknown') columns.flags[at] |= CALL_FLAG.UNKNOWN;
    if (row.end !== null) columns.ends(at, row.end - row.stalled);
  }
}
