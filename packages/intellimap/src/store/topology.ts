/** The topology of the workspace's text as it is now: rows of no run, replaced as a whole, as what one file says of another depends on all. */
import type { RowOf } from '../schema/index.ts';
import { appendRows } from './append.ts';
import { inTransaction, type Store } from './store.ts';

/** See `graph/topology`, which makes them. */
export interface TopologyRows {
  nodes: RowOf<'topology_nodes'>[];
  edges: RowOf<'topology_edges'>[];
}

export async function replaceTopology(store: Store, { nodes, edges }: TopologyRows): Promise<void> {
  const { connection } = store;
  await inTransaction(store, async () => {
    await connection.run('DELETE FROM topology_nodes');
    await connection.run('DELETE FROM topology_edges');
    await appendRows(connection, 'topology_nodes', nodes);
    await appendRows(connection, 'topology_edges', edges);
  });
}
