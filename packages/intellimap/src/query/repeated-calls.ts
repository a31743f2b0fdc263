/** Questions: what is asked again and again where asking once would do, and what is awaited in turn that could be awaited together? */
import { lasted } from '../schema/index.ts';
import type { Session } from './session.ts';
import { taskShape } from './task-shape.ts';

export interface CallEnd {
  id: string;
  name: string;
  path: string;
  line: number;
}

export interface RepeatedCall {
  caller: CallEnd;
  callee: CallEnd;
  /** Calls of the caller that repeat it. */
  callers: number;
  /** Calls of the callee from one of them. */
  least: number;
  most: number;
  /** Of all of them. */
  calls: number;
  /** One after the other, or at the same time. */
  inTurn: boolean;
  /** From the first call's beginning to the last one's end, all callers together. */
  spanMs: number;
  /** What is left out where each caller waits for its longest call only; 0 where they run together. */
  savingMs: number;
  /** Tasks that are alike. */
  tasks: string[];
  /** The caller's call that repeats most. */
  threadId: number;
  callId: number;
}

/** Length of a turn's part that a caller must wait for, of the time its repeated calls take: it awaits them. */
const WAITED = 0.5;
/** Durations may overlap by so much, for times are interpolated, and still be one after the other. */
const OVERLAP = 1.1;

/**
 * The same function called `minCalls` times or more by one call, with waiting: either it is async itself, or its caller waits between the calls
 * (what it was given is a promise).
 */
export async function repeatedCalls(
  { db }: Session,
  { minCalls, limit }: { minCalls: number; limit: number },
): Promise<RepeatedCall[]> {
  const rows = await db.all<Record<string, number | string | boolean>>(
    `WITH directly AS (SELECT DISTINCT e.src AS id FROM edges_runtime e JOIN functions f ON f.ast_node_id = e.dst WHERE f.is_async),
     -- Functions that are async, or call one that is, or one that calls one: what they give back may be a promise.
     promising AS (
       SELECT function_id FROM functions WHERE is_async OR ast_node_id IN (SELECT id FROM directly)
         OR ast_node_id IN (SELECT e.src FROM edges_runtime e JOIN directly d ON d.id = e.dst)),
     groups AS (
       SELECT thread_id, parent_call_id AS parent, function_id, count(*) AS n, min(start_us) AS first, max(end_us) AS last,
         max(${lasted()}) AS longest, sum(${lasted()}) AS total, sum(coalesce(stalled_us, 0)) AS stalled, sum(wait_us) AS waited, any_value(task_id) AS task_id
       FROM calls WHERE parent_call_id IS NOT NULL AND end_us IS NOT NULL AND function_id IN (SELECT function_id FROM promising)
       GROUP BY ALL HAVING n >= $minCalls),
     awaited AS (
       SELECT g.*, p.function_id AS caller_id, g.total <= ${OVERLAP} * (g.last - g.first) AS in_turn
       FROM groups g JOIN calls p ON p.thread_id = g.thread_id AND p.call_id = g.parent
       WHERE g.waited > 0 OR p.wait_us >= ${WAITED} * (g.last - g.first) AND p.wait_us > 0)
     SELECT c.ast_node_id AS callerId, c.name AS callerName, c.path AS callerPath, c.line AS callerLine,
       f.ast_node_id AS calleeId, f.name AS calleeName, f.path AS calleePath, f.line AS calleeLine,
       count(*) AS callers, min(a.n) AS least, max(a.n) AS most, sum(a.n)::BIGINT AS calls, count(*) FILTER (a.in_turn) * 2 > count(*) AS inTurn,
       sum(a.last - a.first - a.stalled) / 1000 AS spanMs, sum(CASE WHEN a.in_turn THEN a.last - a.first - a.stalled - a.longest ELSE 0 END) / 1000 AS savingMs,
       to_json(list(DISTINCT ${taskShape('t.name')}) FILTER (t.name IS NOT NULL AND t.kind NOT IN ('main', 'import', 'callback')))::VARCHAR AS tasks,
       arg_max(a.thread_id, a.n) AS threadId, arg_max(a.parent, a.n) AS callId
     FROM awaited a JOIN functions c ON c.function_id = a.caller_id JOIN functions f ON f.function_id = a.function_id
     LEFT JOIN tasks t ON t.thread_id = a.thread_id AND t.task_id = a.task_id
     GROUP BY ALL ORDER BY tasks IS NULL, least = most, savingMs DESC, calls DESC, callerId, calleeId LIMIT $limit`,
    { minCalls, limit },
  );
  return rows.map((row) => ({
    ...(row as unknown as RepeatedCall),
    caller: endOf(row, 'caller'),
    callee: endOf(row, 'callee'),
    tasks: (JSON.parse((row['tasks'] as string | null) ?? '[]') as string[]).toSorted(),
  }));
}

function endOf(row: Record<string, unknown>, end: 'caller' | 'callee'): CallEnd {
  const [id, name, path, line] = ['Id', 'Name', 'Path', 'Line'].map((field) => row[end + field]);
  return { id, name, path, line } as CallEnd;
}

export interface AwaitsInTurn {
  caller: CallEnd;
  /** What it awaited, in order, in the call that awaited most; the same function is told once, with how often. */
  steps: { id: string; name: string; times: number }[];
  /** Calls of the caller that did. */
  callers: number;
  /** What they took in turn, and what the longest alone would have, all callers together. */
  inTurnMs: number;
  togetherMs: number;
  tasks: string[];
  threadId: number;
  callId: number;
}

/** Async calls that wait for less do not count: µs. */
const MIN_WAIT_US = 500;

/** Those that somebody waits for (a request) come first, then those of one function in a loop. Async calls made by one call, each after the one before had ended. Whether one needs the result of another is not in a recording. */
export async function awaitsInTurn(
  { db }: Session,
  { minCalls, minSavingMs, limit }: { minCalls: number; minSavingMs: number; limit: number },
): Promise<AwaitsInTurn[]> {
  const rows = await db.all<Record<string, unknown>>(
    `WITH waiting AS (
       SELECT c.thread_id, c.parent_call_id AS parent, c.function_id, c.task_id, c.start_us, c.end_us, c.stalled_us,
         max(c.end_us) OVER (PARTITION BY c.thread_id, c.parent_call_id ORDER BY c.start_us ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
       FROM calls c WHERE c.wait_us >= ${MIN_WAIT_US} AND c.end_us IS NOT NULL AND c.parent_call_id IS NOT NULL),
     turns AS (
       SELECT thread_id, parent, any_value(task_id) AS task_id, list(function_id ORDER BY start_us) AS functions, count(*) AS n, count(DISTINCT function_id) AS kinds,
         sum(${lasted()}) AS total, max(${lasted()}) AS longest
       FROM waiting GROUP BY thread_id, parent HAVING count(*) > 1 AND bool_and(before IS NULL OR start_us >= before)),
     patterns AS (
       SELECT t.*, p.function_id AS caller_id
       FROM turns t JOIN calls p ON p.thread_id = t.thread_id AND p.call_id = t.parent
       WHERE p.wait_us > 0 AND NOT (t.kinds = 1 AND t.n >= $minCalls))
     SELECT c.ast_node_id AS callerId, c.name AS callerName, c.path AS callerPath, c.line AS callerLine, count(*) AS callers,
       sum(p.total) / 1000 AS inTurnMs, sum(p.longest) / 1000 AS togetherMs, to_json(arg_max(p.functions, p.n))::VARCHAR AS functions,
       to_json(list(DISTINCT ${taskShape('t.name')}) FILTER (t.name IS NOT NULL AND t.kind NOT IN ('main', 'import', 'callback')))::VARCHAR AS tasks,
       arg_max(p.thread_id, p.total) AS threadId, arg_max(p.parent, p.total) AS callId
     FROM patterns p JOIN functions c ON c.function_id = p.caller_id LEFT JOIN tasks t ON t.thread_id = p.thread_id AND t.task_id = p.task_id
     GROUP BY callerId, callerName, callerPath, callerLine HAVING sum(p.total - p.longest) / 1000 >= $minSavingMs
     ORDER BY tasks IS NULL, min(p.kinds) > 1, sum(p.total - p.longest) DESC, callerId LIMIT $limit`,
    { minCalls, minSavingMs, limit },
  );
  const names = new Map(
    (await db.all<{ no: number; id: string; name: string }>('SELECT function_id AS no, ast_node_id AS id, name FROM functions')).map((each) => [each.no, each]),
  ); // prettier-ignore
  return rows.map((row) => {
    const order = JSON.parse(row['functions'] as string) as number[];
    return {
      ...(row as unknown as AwaitsInTurn),
      caller: endOf(row, 'caller'),
      steps: [...new Set(order)].map((no) => ({
        id: names.get(no)?.id ?? '',
        name: names.get(no)?.name ?? 'an unknown function',
        times: order.filter((each) => each === no).length,
      })),
      tasks: (JSON.parse((row['tasks'] as string | null) ?? '[]') as string[]).toSorted(),
    };
  });
}
