/** An error, as the beginning of a chain: what it was, and in which call it was first seen. */
import { MomentEvent, seek } from '../store/index.ts';
import { callLines } from './call-lines.ts';
import type { RunMoments } from './moments.ts';
import type { Session } from './session.ts';

export interface FirstError {
  name: string;
  message: string;
  kind: 'thrown' | 'caught' | 'uncaught';
  path: string | null;
  line: number | null;
  /** `functions.ast_node_id`; null: unknown */
  function: string | null;
  thread: number;
  t: number | null;
  task: number | null;
  /** null: not known */
  call: number | null;
  /** Name and message are its own; else those of the first at the same place. */
  isFirst: boolean;
}

type Row = Omit<FirstError, 'call' | 'isFirst'>;

const ERROR = `
  SELECT name, message, kind::VARCHAR AS kind, path, line, "function", thread_id AS thread, first_us AS t, task_id AS task FROM errors`;
const BY_SIGNATURE = `${ERROR} WHERE signature = $signature ORDER BY first_us LIMIT 1`;
const AT = `${ERROR} WHERE thread_id = $thread AND first_us <= $t ORDER BY first_us DESC LIMIT 1`;

/** The first with a signature, or the last that was seen for the first time at a moment or before. */
export async function firstError(
  session: Session,
  run: RunMoments,
  of: { error: string } | { thread: number; t: number },
): Promise<FirstError | undefined> {
  const [row] =
    'error' in of
      ? await session.db.all<Row>(BY_SIGNATURE, { signature: of.error })
      : await session.db.all<Row>(AT, { thread: of.thread, t: of.t });
  if (row === undefined) return undefined;
  return { ...row, isFirst: true, call: await callIn(run, row) };
}

const AT_PLACE = `${ERROR} WHERE thread_id = $thread AND "function" = $id AND line = $line ORDER BY first_us = $t DESC, first_us LIMIT 1`;

/** The last error that was first seen in a call, at a moment or before. Of those that are not the first of their kind, the message is that of the first. */
export async function errorIn(
  session: Session,
  run: RunMoments,
  { thread, call, t = Infinity }: { thread: number; call: number; t?: number | undefined },
): Promise<FirstError | undefined> {
  const passed = await callLines(run, thread, call);
  const seen = passed?.lines.findLast((each) => each.kind === 'error' && each.t <= t);
  if (passed === undefined || seen === undefined) return undefined;
  const id = run.functionOf(passed.fn).id;
  const asked = { thread, id, line: seen.line, t: seen.t };
  const [row] = await session.db.all<Row>(AT_PLACE, asked);
  return row && { ...row, t: seen.t, isFirst: row.t === seen.t, call };
}

/** The call on top of the stack when it was seen. */
async function callIn(run: RunMoments, { thread, t, function: id }: Row): Promise<number | null> {
  const recorded = await run.moments?.thread(thread);
  if (recorded === undefined || t === null) return null;
  const wanted = {
    event: (event: MomentEvent, _call: number, fn: number) =>
      event === MomentEvent.ERROR && (id === null || run.functionOf(fn).id === id),
  };
  let found = await seek(recorded, { t: t - 1 }, 1, wanted);
  while (found !== undefined && found.t < t) found = await seek(recorded, { t: found.t }, 1, wanted);
  return found?.t === t && !Number.isNaN(found.call) ? found.call : null;
}
