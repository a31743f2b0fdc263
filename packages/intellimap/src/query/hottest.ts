/** Question: which functions took the most time of their own? */
import type { Session } from './session.ts';

export interface HotFunction {
  id: string;
  name: string;
  path: string;
  line: number;
  hits: number;
  /** null: the tiers `minimal` and `edges` take no times; then functions are ordered by hits. */
  selfMs: number | null;
  totalMs: number | null;
  waitMs: number | null;
}

export async function hottest({ db }: Session, limit = 10): Promise<HotFunction[]> {
  return await db.all<HotFunction>(
    `SELECT f.ast_node_id AS id, f.name, f.path, f.line, n.hits, n.self_ms AS selfMs, n.total_ms AS totalMs, n.wait_ms AS waitMs
     FROM nodes_runtime n JOIN functions f USING (ast_node_id)
     ORDER BY n.self_ms DESC NULLS LAST, n.hits DESC, f.ast_node_id LIMIT $limit`,
    { limit },
  );
}
