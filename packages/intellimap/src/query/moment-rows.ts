/** One moment of a thread as far as rows of `calls` tell: of runs without a recording of single calls. */
import type { LiveCall, SuspendedCall, ThreadMoment } from './moment-answers.ts';
import type { RunMoments, ThreadRow } from './moments.ts';
import type { Session } from './session.ts';

interface Row {
  call: number;
  parent: number | null;
  task: number;
  fn: number;
  since: number;
  wait: number;
}

/** Deepest last. */
const LIVE = `
  SELECT call_id AS call, parent_call_id AS parent, task_id AS task, function_id AS fn, start_us AS since, wait_us AS wait FROM calls
  WHERE thread_id = $thread AND start_us <= $t AND (end_us IS NULL OR end_us > $t) ORDER BY call_id`;

const COUNTS = `
  SELECT (SELECT count(*) FROM calls WHERE thread_id = $thread AND start_us <= $t)::BIGINT AS calls,
    (SELECT coalesce(sum(count), 0) FROM errors WHERE thread_id = $thread AND first_us <= $t)::BIGINT AS errors,
    (SELECT max(us) FROM (SELECT max(start_us) AS us FROM calls WHERE thread_id = $thread AND start_us <= $t
      UNION ALL SELECT max(end_us) FROM calls WHERE thread_id = $thread AND end_us <= $t)) AS last,
    (SELECT min(us) FROM (SELECT min(start_us) AS us FROM calls WHERE thread_id = $thread AND start_us > $t
      UNION ALL SELECT min(end_us) FROM calls WHERE thread_id = $thread AND end_us > $t)) AS next`;

/** Calls that never wait are on the stack, and so are their callers; of the others nothing is known, and they are told as suspended. */
export async function momentFromRows(
  { db }: Session,
  run: RunMoments,
  { thread, name, process, tid }: ThreadRow,
  t: number,
  limit: number,
): Promise<ThreadMoment> {
  const rows = await db.all<Row>(LIVE, { thread, t });
  const [counts] = await db.all<Pick<ThreadMoment, 'calls' | 'errors' | 'last' | 'next'>>(COUNTS, {
    thread,
    t,
  });
  const running = runningOf(rows);
  const callOf = ({ call, parent, task, fn, since }: Row): Omit<LiveCall, 'values'> => {
    const named = run.functionOf(fn);
    return { ...named, call, parent, since, task, isAsync: run.isAsync.has(fn), at: named.line };
  };
  const stack = rows
    .filter(({ call }) => running.has(call))
    .map((row): LiveCall => ({ ...callOf(row), values: [] }));
  const waiting = rows.filter(({ call }) => !running.has(call)).toReversed();
  const suspended = waiting
    .slice(0, limit)
    .map((row): SuspendedCall => ({ ...callOf(row), suspendedSince: null }));
  const idle = counts.last === null ? 'before' : counts.next === null ? 'after' : 'idle';
  return {
    thread,
    name,
    process,
    tid,
    phase: stack.length > 0 ? 'running' : idle,
    stack,
    suspended,
    suspendedMore: waiting.length - suspended.length,
    ...counts,
    uncertainty: 0,
  };
}

/** The innermost call that never waits, and those that called it. */
function runningOf(rows: readonly Row[]): Set<number> {
  const byCall = new Map(rows.map((row) => [row.call, row]));
  const running = new Set<number>();
  let at = rows.findLast(({ wait }) => wait === 0);
  while (at !== undefined && !running.has(at.call)) {
    running.add(at.call);
    at = at.parent === null ? undefined : byCall.get(at.parent);
  }
  return running;
}
