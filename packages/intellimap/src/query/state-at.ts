/** What things were last written to, up to a moment. */
import { lastUpTo, lowest } from '../base/search.ts';
import type { ExecutionFrame, StateAt, ThreadMoment } from './moment-answers.ts';
import type { Writes } from './moment-columns.ts';
import type { RunMoments } from './moments.ts';
import type { Session } from './session.ts';

/** A write, as rows have it. */
export interface WriteRow {
  thread: number;
  nth: number;
  call: number;
  fn: number;
  line: number | null;
  kind: 'property' | 'variable';
  target: string;
  type: string;
  preview: string;
  truncated: boolean;
  redacted: boolean;
}

const ROWS = `
  WITH wanted AS (SELECT unnest(from_json($writes::JSON, '[{"thread": "INTEGER", "nth": "BIGINT"}]'), recursive := true))
  SELECT s.thread_id AS thread, s.nth, s.call_id AS call, coalesce(c.function_id, 0) AS fn, s.line, s.kind::VARCHAR AS kind, s.target, s.type,
    s.preview, s.truncated, s.redacted
  FROM state_changes s JOIN wanted w ON s.thread_id = w.thread AND s.nth = w.nth
    LEFT JOIN calls c ON c.thread_id = s.thread_id AND c.call_id = s.call_id`;

/** @param threads what the moment is in each, for what changed last */
export async function stateAt(
  session: Session,
  run: RunMoments,
  t: number,
  threads: readonly ThreadMoment[],
  only: ReadonlySet<number> | undefined,
  limit: number,
): Promise<Pick<ExecutionFrame, 'state' | 'stateMore'>> {
  const writes = await run.writes(session);
  const { places, count } = lastWrites(writes, t, only, limit);
  if (places.length === 0) return { state: [], stateMore: 0 };
  const before = places.map((at) => writes.before[at]).filter((at) => at >= 0);
  const keyOf = (at: number): string => `${writes.thread[at]} ${writes.nth[at]}`;
  const rows = await rowsOf(session, run.writesHeld, writes, [...places, ...before], keyOf);
  const rowOf = (at: number): WriteRow | undefined => rows.get(keyOf(at));
  const last = new Map(threads.map((each) => [each.thread, each.last]));
  const state = places.flatMap((at): StateAt[] => {
    const row = rowOf(at);
    if (row === undefined) return [];
    const { fn, call, line, ...shown } = row;
    const by = run.functionOf(fn);
    return [
      {
        ...shown,
        before: rowOf(writes.before[at])?.preview ?? null,
        writes: writes.ordinal[at],
        changed: writes.at[at] === last.get(row.thread),
        by: { ...by, call, line: line ?? by.line },
        at: writes.at[at],
      },
    ];
  });
  return { state, stateMore: count - state.length };
}

/** Writes that are held: what is shown next mostly has the same ones. */
const HELD = 4000;

/** @param held of those that were asked for before; others ask meanwhile, and may let them go */
async function rowsOf(
  { db }: Session,
  held: Map<string, WriteRow>,
  writes: Writes,
  places: readonly number[],
  keyOf: (at: number) => string,
): Promise<ReadonlyMap<string, WriteRow>> {
  const known = new Map(
    places.flatMap((at) => {
      const row = held.get(keyOf(at));
      return row === undefined ? [] : [[keyOf(at), row] as const];
    }),
  );
  const missing = places.filter((at) => !known.has(keyOf(at)));
  if (missing.length === 0) return known;
  const wanted = missing.map((at) => ({ thread: writes.thread[at], nth: writes.nth[at] }));
  const rows = await db.all<WriteRow>(ROWS, { writes: JSON.stringify(wanted) });
  if (held.size + rows.length > HELD) held.clear();
  for (const row of rows) {
    known.set(`${row.thread} ${row.nth}`, row);
    held.set(`${row.thread} ${row.nth}`, row);
  }
  return known;
}

/** Places in `writes`, the last first, and how many things had been written to. */
function lastWrites(
  writes: Writes,
  t: number,
  only: ReadonlySet<number> | undefined,
  limit: number,
): { places: number[]; count: number } {
  // What was written to since is passed over: by then it was not.
  const overwritten = new Set<number>();
  const places: number[] = [];
  let count = only === undefined ? lowest(writes.firsts.length, (at) => writes.firsts[at] > t) : 0;
  for (let at = lastUpTo(writes.at, t); at >= 0; at--) {
    if (only?.has(writes.thread[at]) === false) continue;
    if (writes.before[at] >= 0) overwritten.add(writes.before[at]);
    if (overwritten.delete(at)) continue;
    if (only !== undefined) count++;
    if (places.length < limit) places.push(at);
    else if (only === undefined) break;
  }
  return { places, count };
}
