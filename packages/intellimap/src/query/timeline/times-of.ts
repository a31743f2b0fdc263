/** What a session has read of the time index so far: some 30 MB for 100 million calls, read when it is first asked for. */
import { RunTimes } from '../../store/index.ts';
import type { Session } from '../session.ts';
import type { WindowFunction } from './window-shape.ts';

export interface Opened {
  times: RunTimes;
  /** By `functions.function_id`. */
  functions: ReadonlyMap<number, WindowFunction>;
}

const opened = new WeakMap<Session, Map<string, Promise<Opened>>>();

/** @param run its whole id */
export function timesOf(session: Session, run: string): Promise<Opened> {
  const runs = opened.get(session) ?? new Map<string, Promise<Opened>>();
  opened.set(session, runs);
  let known = runs.get(run);
  if (known === undefined) {
    known = open(session, run);
    // Who asks again may have better luck.
    known.catch(() => runs.delete(run));
    runs.set(run, known);
  }
  return known;
}

async function open({ db }: Session, run: string): Promise<Opened> {
  const times = await RunTimes.open(db, db.root, run);
  const rows = await db.all<WindowFunction & { no: number }>(FUNCTIONS, { run });
  return { times, functions: new Map(rows.map(({ no, ...each }) => [no, each])) };
}

const FUNCTIONS = `
  SELECT function_id AS no, ast_node_id AS id, name, path AS module, line FROM all_runs.functions WHERE run_id = $run`;
