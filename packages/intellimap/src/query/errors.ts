/** Question: which errors were there, and where? */
import type { Session } from './session.ts';

export interface ErrorPlace {
  name: string;
  message: string;
  kind: 'thrown' | 'caught' | 'uncaught';
  count: number;
  /** null: unknown, or outside of the recorded files. */
  path: string | null;
  line: number | null;
  /** UTF-16 units from 0 */
  column: number | null;
  /** Function around the place. */
  function: string | null;
  /** ast_node_id of the place. */
  id: string | null;
  stack: string;
  /** What to know about the place. */
  note: string | null;
}

/** Uncaught ones first, then by count. */
export async function errors({ db }: Session, limit = 20): Promise<ErrorPlace[]> {
  return await db.all<ErrorPlace>(
    `SELECT e.name, e.message, e.kind, e.count, e.path, e.line, e."column", f.name AS "function", e.ast_node_id AS id, e.stack, e.note
     FROM errors e LEFT JOIN functions f ON f.ast_node_id = e."function"
     ORDER BY e.kind = 'uncaught' DESC, e.count DESC, e.first_us, e.message LIMIT $limit`,
    { limit },
  );
}
