/** Question: what kept a thread from turning to anything else, for longest? */
import type { Session } from './session.ts';

export interface LongPause {
  threadId: number;
  kind: 'gc' | 'loop';
  detail: string | null;
  /** Function of the call that ran; null: none that was recorded. */
  name: string | null;
  path: string | null;
  line: number | null;
  /** µs since the run began */
  startUs: number;
  durationMs: number;
}

export async function longestPauses({ db }: Session, limit = 10): Promise<LongPause[]> {
  return await db.all<LongPause>(
    `SELECT p.thread_id AS threadId, p.kind, p.detail, f.name, f.path, f.line, p.start_us AS startUs,
       p.duration_us / 1000 AS durationMs
     FROM pauses p LEFT JOIN functions f USING (function_id)
     ORDER BY p.duration_us DESC, p.thread_id, p.start_us LIMIT $limit`,
    { limit },
  );
}
