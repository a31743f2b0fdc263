/** What calls on stacks were called with. */
import type { ThreadMoment, ValueShown } from './moment-answers.ts';
import type { Session } from './session.ts';

/** Of each stack, the innermost. */
const CALLS = 200;

const VALUES = `
  WITH wanted AS (SELECT unnest(from_json($calls::JSON, '[{"thread": "INTEGER", "call": "BIGINT"}]'), recursive := true))
  SELECT v.thread_id AS thread, v.call_id AS call, v.role::VARCHAR AS role, v.name, v.type, v.preview, v.truncated, v.redacted
  FROM call_values v JOIN wanted w ON v.thread_id = w.thread AND v.call_id = w.call
  WHERE v.role IN ('argument', 'this') ORDER BY v.thread_id, v.call_id, v.role, v.nth`;

/** Gives those that were recorded to the calls. */
export async function valuesOf({ db }: Session, threads: readonly ThreadMoment[]): Promise<void> {
  const live = threads.flatMap(({ thread, stack }) =>
    stack.slice(-CALLS).map((call) => ({ thread, call: call.call, values: call.values })),
  );
  if (live.length === 0) return;
  const byCall = new Map(live.map(({ thread, call, values }) => [`${thread} ${call}`, values]));
  const calls = JSON.stringify(live.map(({ thread, call }) => ({ thread, call })));
  const rows = await db.all<ValueShown & { thread: number; call: number }>(VALUES, { calls });
  for (const { thread, call, ...value } of rows) byCall.get(`${thread} ${call}`)?.push(value);
}
