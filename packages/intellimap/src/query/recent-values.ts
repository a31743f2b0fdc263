/** Question: what was this function last called with, what came of it, and what did it write to? */
import { type CallValue, type ShownValue, valuesOfCall } from './call-values.ts';
import { holdings } from './holdings.ts';
import type { Session } from './session.ts';

export interface StateChange extends ShownValue {
  kind: 'property' | 'variable';
  target: string;
  line: number | null;
}

/** A call that was looked at. */
export interface SeenCall {
  threadId: number;
  callId: number;
  startUs: number;
  outcome: string;
  values: CallValue[];
  /** The first ones, in order. */
  changes: StateChange[];
  /** How many there are. */
  changeCount: number;
}

/** Writes of each call. */
const CHANGES = 10;

/** The last `limit` calls of which there is anything, newest first. */
export async function recentValues(session: Session, id: string, limit = 5): Promise<SeenCall[]> {
  if (!(await holdings(session)).values) return [];
  const calls = await session.db.all<Omit<SeenCall, 'values' | 'changes'>>(RECENT, { id, limit });
  const seen: SeenCall[] = [];
  for (const call of calls) seen.push({ ...call, ...(await valuesOf(session, call)) });
  return seen;
}

async function valuesOf(
  { db }: Session,
  { threadId: thread, callId: call }: Pick<SeenCall, 'threadId' | 'callId'>,
): Promise<Pick<SeenCall, 'values' | 'changes'>> {
  return {
    values: await valuesOfCall(db, thread, call),
    changes: await db.all<StateChange>(STATE, { thread, call, limit: CHANGES }),
  };
}

/** Question: what was recorded of the values of one call? Nothing, where none were asked for. */
export async function callValues(
  session: Session,
  threadId: number,
  callId: number,
): Promise<Pick<SeenCall, 'values' | 'changes' | 'changeCount'>> {
  if (!(await holdings(session)).values) return { values: [], changes: [], changeCount: 0 };
  const [{ count }] = await session.db.all<{ count: number }>(
    'SELECT count(*) AS count FROM state_changes WHERE thread_id = $threadId AND call_id = $callId',
    { threadId, callId },
  );
  return { ...(await valuesOf(session, { threadId, callId })), changeCount: count };
}

/** Begins with the calls that were looked at: there are fewer of them than calls, and mostly none. */
const RECENT = `
  WITH looked AS (SELECT DISTINCT thread_id, call_id FROM (
    SELECT thread_id, call_id FROM call_values UNION ALL SELECT thread_id, call_id FROM state_changes))
  SELECT c.thread_id AS "threadId", c.call_id AS "callId", c.start_us AS "startUs", c.outcome,
    (SELECT count(*) FROM state_changes s WHERE s.thread_id = c.thread_id AND s.call_id = c.call_id) AS "changeCount"
  FROM looked JOIN calls c USING (thread_id, call_id) JOIN functions f USING (function_id)
  WHERE f.ast_node_id = $id
  ORDER BY c.start_us DESC, c.call_id DESC LIMIT $limit`;

const STATE = `
  SELECT kind::VARCHAR AS kind, target, line, type, preview, truncated, redacted FROM state_changes
  WHERE thread_id = $thread AND call_id = $call ORDER BY nth LIMIT $limit`;
