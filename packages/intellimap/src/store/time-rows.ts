/** A replayed run → rows of the tables about time. */
import type { DuckDBConnection } from '@duckdb/node-api';
import type { RowOf } from '../schema/index.ts';
import { appendRows } from './append.ts';
import { orNull } from './or-null.ts';
import type { ReplayedRun } from './replay-run.ts';

export async function writeTimes(connection: DuckDBConnection, run: ReplayedRun): Promise<void> {
  await appendRows(connection, 'time_density', densityRows(run));
  await appendRows(connection, 'gaps', gapRows(run));
  await appendRows(connection, 'time_index', indexRows(run));
}

function densityRows({ folder, sinks }: ReplayedRun): RowOf<'time_density'>[] {
  const { width, used, calls, errors, failed, busy } = sinks.time.density;
  const rows = [];
  for (let at = 0; at < used; at++) {
    if (calls[at] + errors[at] + failed[at] + busy[at] === 0) continue;
    rows.push({
      run_id: folder.run.id,
      from_us: at * width,
      width_us: width,
      calls: calls[at],
      errors: errors[at],
      failed: failed[at],
      busy_us: busy[at],
    });
  }
  return rows;
}

const gapRows = ({ folder, sinks }: ReplayedRun): RowOf<'gaps'>[] =>
  sinks.time.gaps.map(({ thread, reason, from, to }) => ({
    run_id: folder.run.id,
    thread_id: thread,
    reason,
    from_us: from,
    to_us: to,
  }));

function indexRows({ folder, sinks }: ReplayedRun): RowOf<'time_index'>[] {
  const next = new Map<number, number>();
  return sinks.time.leaves.map(({ thread, from, to, firstWord, words, bytes }) => {
    const nth = next.get(thread) ?? 0;
    next.set(thread, nth + 1);
    return {
      run_id: folder.run.id,
      thread_id: thread,
      nth,
      from_us: orNull(from),
      to_us: orNull(to),
      first_word: firstWord,
      words,
      data: bytes,
    };
  });
}
