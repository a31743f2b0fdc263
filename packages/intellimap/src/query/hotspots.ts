/** Question: which functions take the time of their threads, what of it is garbage collection, and when did they hold the event loop? */
import type { Session } from './session.ts';

export interface Hotspot {
  id: string;
  name: string;
  path: string;
  line: number;
  functionId: number;
  hits: number;
  selfMs: number;
  /** Of the own time of all functions. */
  share: number;
  /** Garbage collections that began while it was on top of the stack; its own time holds them. 0 also when they were not told. */
  gcMs: number;
  collections: number;
  /** Own time in turns that held the event loop for 50 ms or more, and how many such turns. */
  heldMs: number;
  turns: number;
  /** Own time of a call in the first and in the last quarter of the run; null: too few calls have rows, or are in one of them. */
  trend: { firstMs: number; lastMs: number } | null;
}

export interface HotspotOptions {
  minShare: number;
  limit: number;
}

/** Calls of a quarter that a trend is taken from, at least. */
const CALLS = 10;
/** A trend is that of all calls if so many of them have rows. */
const ROWS_SHARE = 0.95;

export async function hotspots({ db }: Session, { minShare, limit }: HotspotOptions): Promise<Hotspot[]> {
  const rows = await db.all<Omit<Hotspot, 'trend'> & { firstMs: number | null; lastMs: number | null }>(
    `WITH total AS (SELECT sum(self_ms) AS ms FROM nodes_runtime),
     gc AS (SELECT function_id, sum(duration_us) / 1000 AS ms, count(*) AS n FROM pauses WHERE kind = 'gc' AND function_id IS NOT NULL GROUP BY 1),
     turns AS (SELECT row_number() OVER () AS turn, thread_id, start_us, start_us + duration_us + coalesce(stalled_us, 0) AS end_us FROM pauses WHERE kind = 'loop'),
     held AS (
       SELECT c.function_id, sum(c.self_us) / 1000 AS ms, count(DISTINCT t.turn) AS n
       FROM turns t JOIN calls c ON c.thread_id = t.thread_id AND c.start_us >= t.start_us - 1 AND c.start_us <= t.end_us
       WHERE coalesce(c.end_us, t.end_us) <= t.end_us + 1 AND c.self_us > 0 GROUP BY 1),
     top AS (
       SELECT f.ast_node_id AS id, f.name, f.path, f.line, f.function_id AS functionId, n.hits, n.self_ms AS selfMs, n.self_ms / total.ms AS share,
         coalesce(gc.ms, 0) AS gcMs, coalesce(gc.n, 0)::INTEGER AS collections, coalesce(held.ms, 0) AS heldMs, coalesce(held.n, 0)::INTEGER AS turns
       FROM nodes_runtime n JOIN functions f USING (ast_node_id) CROSS JOIN total
       LEFT JOIN gc ON gc.function_id = f.function_id LEFT JOIN held ON held.function_id = f.function_id
       WHERE n.self_ms > 0 AND (n.self_ms >= $minShare * total.ms OR held.ms >= 25)
       ORDER BY n.self_ms DESC, id LIMIT $limit),
     span AS (SELECT min(start_us) AS first, max(coalesce(end_us, start_us)) AS last FROM calls),
     quarters AS (
       SELECT c.function_id, least(3, floor(4 * (c.start_us - span.first) / greatest(1, span.last - span.first))) AS quarter, c.self_us
       FROM calls c CROSS JOIN span WHERE c.function_id IN (SELECT functionId FROM top)),
     trend AS (
       SELECT function_id, count(*) AS known, avg(self_us) FILTER (quarter = 0) / 1000 AS firstMs, avg(self_us) FILTER (quarter = 3) / 1000 AS lastMs
       FROM quarters GROUP BY 1 HAVING count(*) FILTER (quarter = 0) >= ${CALLS} AND count(*) FILTER (quarter = 3) >= ${CALLS})
     SELECT top.*, trend.firstMs, trend.lastMs
     FROM top LEFT JOIN trend ON trend.function_id = top.functionId AND trend.known >= ${ROWS_SHARE} * top.hits
     ORDER BY top.selfMs DESC, top.id`,
    { minShare, limit },
  );
  return rows.map(({ firstMs, lastMs, ...rest }) => ({
    ...rest,
    trend: firstMs === null || lastMs === null ? null : { firstMs, lastMs },
  }));
}
