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

/** Calls whose values are held: what is shown next mostly has the same ones. */
const HELD = 4000;

/** Gives those that were recorded to the calls. @param held of calls that were asked for before */
export async function valuesOf(
  { db }: Session,
  threads: readonly ThreadMoment[],
  held: Map<string, ValueShown[]>,
): Promise<void> {
  const live = threads.flatMap(({ thread, stack }) =>
    stack.slice(-CALLS).map((call) => ({ thread, call, key: `${thread} ${call.call}` })),
  );
  // Others ask meanwhile, and may let go what is held.
  const known = new Map(live.flatMap(({ key }) => (held.has(key) ? [[key, held.get(key)!] as const] : [])));
  const missing = live.filter(({ key }) => !known.has(key));
  if (missing.length > 0) {
    const calls = JSON.stringify(missing.map(({ thread, call }) => ({ thread, call: call.call })));
    const rows = await db.all<ValueShown & { thread: number; call: number }>(VALUES, { calls });
    for (const { key } of missing) known.set(key, []);
    for (const { thread, call, ...value } of rows) known.get(`${thread} ${call}`)?.push(value);
    if (held.size + missing.length > HELD) held.clear();
    for (const { key } of missing) held.set(key, known.get(key)!);
  }
  for (const { call, key } of live) call.values = known.get(key) ?? [];
}
