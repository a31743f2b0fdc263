/**
 * Spans of a run that has no time index: an import, which has rows of calls and no words. A call lies below its caller, or deeper where that row is taken: of calls that
 * waited, nobody knows when they had the stack.
 */
import { groupedBy } from '../../base/groups.ts';
import type { Database } from '../database.ts';
import { SPAN, TOLD } from '../replay/time/span-flag.ts';
import { rowsOf, SpanList, type SpanRows } from '../replay/time/span-list.ts';

interface Row {
  thread: number;
  call: number;
  parent: number | null;
  fn: number;
  start: number;
  end: number | null;
  outcome: string;
  waited: boolean;
}

/** By thread. */
export async function callsAsSpans(db: Database, run: string): Promise<Map<number, SpanRows>> {
  const rows = await db.all<Row>(CALLS, { run });
  return new Map([...groupedBy(rows, ({ thread }) => thread)].map(([thread, own]) => [thread, spansOf(own)]));
}

const CALLS = `
  SELECT thread_id AS thread, call_id AS call, parent_call_id AS parent, function_id AS fn, start_us AS start, end_us AS "end",
    outcome::VARCHAR AS outcome, wait_us > 0 AS waited
  FROM all_runs.calls WHERE run_id = $run ORDER BY thread_id, start_us, call_id`;

function spansOf(rows: readonly Row[]): SpanRows {
  const last = rows.reduce((most, { start, end }) => Math.max(most, end ?? start), 0);
  const list = new SpanList();
  const depthOf = new Map<number, number>();
  /** [depth] end of its last span. */
  const taken: number[] = [];
  for (const { call, parent, fn, start, end, outcome, waited } of rows) {
    const until = Math.max(start, end ?? last);
    let depth = parent === null ? 0 : (depthOf.get(parent) ?? -1) + 1;
    while (depth < TOLD && taken[depth] > start) depth++;
    if (depth >= TOLD) continue;
    taken[depth] = until;
    depthOf.set(call, depth);
    const flags =
      (outcome === 'threw' ? SPAN.FAILED : outcome === 'open' ? SPAN.OPEN : 0) | (waited ? SPAN.ASYNC : 0);
    list.add(depth, start, until, fn, call, flags);
  }
  return rowsOf([list.columns()]);
}
