/** Question: which functions of a file call which, and which of others? What the map shows of an open card. */
import type { Session } from './session.ts';

export interface InsideModule {
  path: string;
  /** Calls that begin or end in a function of the file, the most frequent first; its body is a function, too. */
  edges: InsideEdge[];
  /** Edges beyond the limit. */
  more: number;
}

export interface InsideEdge {
  src: Place;
  dst: Place;
  calls: number;
  /** null: none of them ended, or the tier takes no times. */
  p95Ms: number | null;
  totalMs: number | null;
}

interface Place {
  id: string;
  name: string;
  path: string;
}

/** Of calls within the file, and of those across its border: more than a person can follow, and more than all but the busiest files have. */
const LIMIT = 400;

type Row = Omit<InsideEdge, 'src' | 'dst'> &
  Record<'srcId' | 'srcName' | 'srcPath' | 'dstId' | 'dstName' | 'dstPath', string> & { found: number };

export async function insideModule({ db }: Session, path: string): Promise<InsideModule> {
  const rows = await db.all<Row>(EDGES, { path, limit: LIMIT });
  return {
    path,
    edges: rows.map(({ calls, p95Ms, totalMs, ...row }) => ({
      src: { id: row.srcId, name: row.srcName, path: row.srcPath },
      dst: { id: row.dstId, name: row.dstName, path: row.dstPath },
      calls,
      p95Ms,
      totalMs,
    })),
    more: (rows[0]?.found ?? 0) - rows.length,
  };
}

const EDGES = `
  SELECT a.ast_node_id AS "srcId", a.name AS "srcName", a.path AS "srcPath", b.ast_node_id AS "dstId", b.name AS "dstName",
    b.path AS "dstPath", e.count::DOUBLE AS calls, e.latency_p95_ms AS "p95Ms", e.total_ms AS "totalMs", count(*) OVER ()::INTEGER AS found
  FROM edges_runtime e JOIN functions a ON a.ast_node_id = e.src JOIN functions b ON b.ast_node_id = e.dst
  WHERE a.path = $path OR b.path = $path
  QUALIFY row_number() OVER (PARTITION BY a.path = b.path ORDER BY e.count DESC, a.ast_node_id, b.ast_node_id) <= $limit
  ORDER BY e.count DESC, a.ast_node_id, b.ast_node_id`;
