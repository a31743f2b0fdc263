/** What topology is made of. */

export const NODE_KINDS = [
  'program', 'process', 'worker', 'pool', 'server', 'route', 'client', 'emitter', 'topic', 'channel', 'queue', 'database', 'timer', 'signal', 'function',
] as const; // prettier-ignore
export type NodeKind = (typeof NODE_KINDS)[number];

export const EDGE_KINDS = [
  'runs', 'spawns', 'supervises', 'listens', 'routes', 'handles', 'sends', 'requests', 'queries', 'schedules', 'has',
] as const; // prettier-ignore
export type EdgeKind = (typeof EDGE_KINDS)[number];

export const CERTAINTIES = ['certain', 'likely', 'possible'] as const;
export type Certainty = (typeof CERTAINTIES)[number];

export interface TopologyNode {
  /** The same whatever lines moved: kind, name and file, or of a function its `ast_node_id`. */
  id: string;
  kind: NodeKind;
  /** `GET /carts/:id`, `order.placed`, `every 60000 ms` */
  name: string;
  /** What it is made with: `express`, `worker_threads`; null: nothing says. */
  made_with: string | null;
  path: string;
  line: number;
  /** The function that it is made in: `source_functions.ast_node_id`; null: none is known. */
  ast_node_id: string | null;
  /** What recordings call it, as a regular expression; null: they call it nothing. */
  matches: string | null;
  certainty: Certainty;
  /** Why it is not certain; null: it is. */
  reason: string | null;
}

export interface TopologyEdge {
  src: string;
  dst: string;
  kind: EdgeKind;
  /** Topic, type of message, mounted at; null: nothing to say. */
  label: string | null;
  path: string;
  line: number;
  /** The function that it is written in. */
  ast_node_id: string | null;
  certainty: Certainty;
  reason: string | null;
}

export interface Topology {
  nodes: TopologyNode[];
  edges: TopologyEdge[];
}
