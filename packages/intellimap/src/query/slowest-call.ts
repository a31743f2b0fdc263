/** Question: which call of a function, or of a file, took longest, and when was it? */
import { lasted } from '../schema/index.ts';
import type { Session } from './session.ts';

/** Where a call begins. */
export interface CallMoment {
  /** µs since the run began */
  t: number;
  thread: number;
  call: string;
  /** `ast_node_id` */
  function: string;
  path: string;
  line: number;
  /** Without waits for the recorder. */
  durationUs: number;
}

/**
 * Of the calls that have a row, which all long ones have (`runs.calls_rule`), the longest that ended.
 * @param of one of the two
 * @returns null: none ended, or none has a row
 */
export async function slowestCall(
  { db }: Session,
  of: { function?: string; path?: string },
): Promise<CallMoment | null> {
  const { function: id, path } = of;
  const [found] = await db.all<CallMoment>(SLOWEST, { id: id ?? null, path: path ?? null });
  return found ?? null;
}

const SLOWEST = `
  SELECT c.start_us AS t, c.thread_id AS thread, c.call_id::VARCHAR AS call, f.ast_node_id AS "function", f.path, f.line,
    ${lasted('c')} AS "durationUs"
  FROM calls c JOIN functions f USING (function_id)
  WHERE c.end_us IS NOT NULL AND (f.ast_node_id = $id OR (f.path = $path AND f.kind <> 'module'))
  ORDER BY "durationUs" DESC, c.thread_id, c.call_id LIMIT 1`;
