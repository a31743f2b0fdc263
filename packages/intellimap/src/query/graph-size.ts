/** Question: how large is the property graph of the workspace's text? */
import type { Database } from '../store/index.ts';

export interface GraphSize {
  files: number;
  nodes: number;
  functions: number;
  /** Edges by label. */
  edges: Record<string, number>;
  /** Files without a graph, and why. */
  problems: { path: string; problem: string }[];
}

export async function graphSize(db: Database): Promise<GraphSize> {
  const [counts] = await db.all<Pick<GraphSize, 'files' | 'nodes' | 'functions'>>(
    `SELECT (SELECT count(*) FROM graph_files WHERE problem IS NULL) AS files, (SELECT count(*) FROM ast_nodes) AS nodes,
      (SELECT count(*) FROM ast_nodes WHERE ast_node_id IS NOT NULL) AS functions`,
  );
  const edges = await db.all<{ label: string; count: number }>(
    'SELECT label, count(*) AS count FROM graph_edges GROUP BY label ORDER BY label',
  );
  const problems = await db.all<{ path: string; problem: string }>(
    'SELECT path, problem FROM graph_files WHERE problem IS NOT NULL ORDER BY path',
  );
  return { ...counts, edges: Object.fromEntries(edges.map(({ label, count }) => [label, count])), problems };
}
