/** Question: who leads to a function, and where does it lead, a few calls far? */
import type { Session } from './session.ts';

export interface Neighbourhood {
  nodes: NearFunction[];
  edges: { src: string; dst: string; calls: number; totalMs: number | null }[];
  /** What is as near, but beyond the limits. */
  more: { nodes: number; edges: number };
}

export interface NearFunction {
  id: string;
  name: string;
  path: string;
  line: number;
  /** Calls from here to the function asked for (below 0: it leads there), or from that to here; 0: itself. */
  far: number;
  calls: number;
  /** null: the tier takes no times, or it was never called. */
  selfMs: number | null;
  /** Errors first seen in it. */
  errors: number;
}

/** As many as a person can read, and a browser can draw as a graph. */
export const NEAR = { nodes: 150, edges: 400, depth: 3 } as const;

type Counted = { found: number };

/** @param depth 1 … 3 */
export async function neighbourhood({ db }: Session, id: string, depth: number): Promise<Neighbourhood> {
  const values = { id, depth: Math.max(1, Math.min(NEAR.depth, depth)), nodes: NEAR.nodes };
  const nodes = await db.all<NearFunction & Counted>(NODES, values);
  const edges = await db.all<Neighbourhood['edges'][number] & Counted>(EDGES, {
    ...values,
    edges: NEAR.edges,
  });
  return {
    nodes: nodes.map(uncounted),
    edges: edges.map(uncounted),
    more: {
      nodes: (nodes[0]?.found ?? 0) - nodes.length,
      edges: (edges[0]?.found ?? 0) - edges.length,
    },
  };
}

function uncounted<Row extends Counted>(row: Row): Omit<Row, 'found'> {
  const { found: _, ...rest } = row;
  return rest;
}

/** Who is reached on both sides stands on the nearer one, of equal ones with the callers. */
const REACHED = `
  WITH RECURSIVE up(id, far) AS (
    SELECT $id, 0 UNION SELECT e.src, up.far + 1 FROM up JOIN edges_runtime e ON e.dst = up.id WHERE up.far < $depth
  ), down(id, far) AS (
    SELECT $id, 0 UNION SELECT e.dst, down.far + 1 FROM down JOIN edges_runtime e ON e.src = down.id WHERE down.far < $depth
  ), reached AS (
    SELECT id, min(far) AS steps, arg_min(side, 2 * far + (side > 0)::INTEGER) AS side
    FROM (SELECT id, far, -1 AS side FROM up UNION ALL SELECT id, far, 1 AS side FROM down) GROUP BY id
  ), near AS (
    SELECT r.id, (r.steps * r.side)::INTEGER AS far, r.steps, coalesce(n.hits, 0)::DOUBLE AS calls, n.self_ms, count(*) OVER ()::INTEGER AS found
    FROM reached r LEFT JOIN nodes_runtime n ON n.ast_node_id = r.id ORDER BY r.steps, calls DESC, r.id LIMIT $nodes
  )`;

const NODES = `${REACHED}
  SELECT near.id, f.name, f.path, f.line, near.far, near.calls, near.self_ms AS "selfMs", near.found,
    coalesce((SELECT sum(count) FROM errors WHERE "function" = near.id), 0)::DOUBLE AS errors
  FROM near JOIN functions f ON f.ast_node_id = near.id ORDER BY near.steps, near.calls DESC, near.id`;

const EDGES = `${REACHED}
  SELECT e.src, e.dst, e.count::DOUBLE AS calls, e.total_ms AS "totalMs", count(*) OVER ()::INTEGER AS found
  FROM edges_runtime e JOIN near a ON a.id = e.src JOIN near b ON b.id = e.dst ORDER BY e.count DESC, e.src, e.dst LIMIT $edges`;
