/** What a session has read of the time index so far: some 30 MB for 100 million calls, read when it is first asked for. */
import { RunTimes } from '../../store/index.ts';
import { oncePerSession } from '../once-per-session.ts';
import type { Session } from '../session.ts';
import type { WindowFunction } from './window-shape.ts';

export interface Opened {
  times: RunTimes;
  /** By `functions.function_id`. */
  functions: ReadonlyMap<number, WindowFunction>;
}

/** Of a run, by its whole id. */
export const timesOf = oncePerSession(async ({ db }, run: string): Promise<Opened> => {
  const times = await RunTimes.open(db, db.root, run);
  const rows = await db.all<WindowFunction & { no: number }>(FUNCTIONS, { run });
  return { times, functions: new Map(rows.map(({ no, ...each }) => [no, each])) };
});

const FUNCTIONS = `
  SELECT function_id AS no, ast_node_id AS id, name, path AS module, line FROM all_runs.functions WHERE run_id = $run`;

/** Reads the index before the first question does, and a leaf of it, so that whoever looks closely need not wait either. */
export const prepareWindows = async (session: Session): Promise<void> =>
  await prepared(session, session.run.id);

const prepared = oncePerSession(async (session, run: string) => {
  const { times } = await timesOf(session, run);
  await times.prepare();
});
