/** Question: which errors were there, and where? */
import type { Session } from './session.ts';

export interface ErrorPlace {
  name: string;
  /** The one that came most often. */
  message: string;
  /** Different messages at this place. */
  messages: number;
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

/** One answer a place and name: messages that differ only in a path or an id are no errors of their own. Uncaught ones first, then by count. */
export async function errors({ db }: Session, limit = 20): Promise<ErrorPlace[]> {
  return await db.all<ErrorPlace>(
    `SELECT e.name, arg_max(e.message, e.count) AS message, count(DISTINCT e.message) AS messages, e.kind, sum(e.count) AS count,
       e.path, e.line, e."column", any_value(f.name) AS "function", e.ast_node_id AS id, arg_max(e.stack, e.count) AS stack,
       arg_max(e.note, e.count) AS note
     FROM errors e LEFT JOIN functions f ON f.ast_node_id = e."function"
     GROUP BY e.name, e.kind, e.path, e.line, e."column", e.ast_node_id
     ORDER BY e.kind = 'uncaught' DESC, count DESC, min(e.first_us), message LIMIT $limit`,
    { limit },
  );
}
