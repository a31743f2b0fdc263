/** Question: what did the program fetch, and which of it took longest? By method and route; all requests are counted, those without a row as well. */
import type { Session } from './session.ts';

export interface SlowRoute {
  method: string;
  /** Host and path, with `*` for what differs. */
  route: string;
  count: number;
  /** Failed, or answered by a status of 500 or more. */
  failures: number;
  /** null: no end is known */
  p50Ms: number | null;
  p95Ms: number | null;
  maxMs: number | null;
  bytes: number;
  /** The slowest request that has a row; null: none has. */
  slowest: SlowResource | null;
}

export interface SlowResource {
  threadId: number;
  resourceId: number;
  /** The function that made it, where it is known. */
  name: string | null;
  path: string | null;
  line: number | null;
}

type Row = Omit<SlowRoute, 'slowest'> & { [K in keyof SlowResource]: SlowResource[K] | null };

/** Slowest first, by the 95th percentile. */
export async function slowestResources({ db }: Session, limit = 10): Promise<SlowRoute[]> {
  const rows = await db.all<Row>(
    `SELECT w.method, w.route, w.count, w.failures, w.p50_ms AS p50Ms, w.p95_ms AS p95Ms, w.max_ms AS maxMs, w.bytes,
       r.thread_id AS threadId, r.resource_id AS resourceId, f.name, f.path, f.line
     FROM resource_routes w
     LEFT JOIN (
       SELECT * FROM resources
       QUALIFY row_number() OVER (PARTITION BY method, route ORDER BY total_ms DESC NULLS LAST, thread_id, resource_id) = 1
     ) r ON r.method = w.method AND r.route = w.route
     LEFT JOIN calls c ON c.thread_id = r.thread_id AND c.call_id = r.call_id
     LEFT JOIN functions f ON f.function_id = c.function_id
     ORDER BY w.p95_ms DESC NULLS LAST, w.count DESC, w.route, w.method LIMIT $limit`,
    { limit },
  );
  return rows.map(({ threadId, resourceId, name, path, line, ...rest }) => ({
    ...rest,
    slowest: threadId === null || resourceId === null ? null : { threadId, resourceId, name, path, line },
  }));
}
