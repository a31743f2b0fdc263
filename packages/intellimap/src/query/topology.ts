/**
 * Question: what of the processes, routes, topics, queues and timers that the text foretells did runs see, where does time go in them, and what did runs see that
 * the text does not foretell? Of all runs of the workspace; the tables `topology_nodes` and `topology_edges` have to be up to date.
 */
import type { Session } from './session.ts';

export const TOPOLOGY_EVIDENCE = ['seen', 'function ran', 'never', 'not recorded'] as const;

/** What all runs saw of a thing, or of a pair of things. */
export interface TopologySeen {
  evidence: (typeof TOPOLOGY_EVIDENCE)[number];
  /** In all runs; null: nothing of it is recorded by itself. */
  count: number | null;
  /** Runs that saw it, the newest of them, and when that was, in ms since the epoch. */
  runs: number;
  last: string | null;
  lastAt: number | null;
}

export interface TopologyNodeSeen extends TopologySeen {
  /** Of the newest run that has it. */
  p50Ms: number | null;
  p95Ms: number | null;
  /** Part of the time of its requests in which they had no processor, 0 … 1. */
  waitShare: number | null;
  mostAtOnce: number | null;
}

export interface TopologyBlindSpot {
  kind: string;
  name: string;
  id: string | null;
  count: number;
  runs: number;
  last: string;
  reason: string;
}

/** Where the time of the newest run went, by what it was spent for. */
export interface TopologyLoad {
  /** `topology_nodes.id` */
  id: string;
  count: number;
  /** Time of the functions that handle it, waiting included; of routes of the requests. */
  totalMs: number;
  /** Part of that in which they waited, 0 … 1. */
  waitShare: number;
  mostAtOnce: number | null;
}

/** Threads that run a file. */
export interface TopologyThreads {
  path: string;
  threads: number;
  /** Of the busiest of them, the part of its life in which its stack was not empty, 0 … 1. */
  busiest: number;
}

export interface TopologyEvidence {
  /** Runs that were asked. */
  runs: number;
  /** By `topology_nodes.id`. */
  nodes: Map<string, TopologyNodeSeen>;
  /** By `edgeKey`. */
  edges: Map<string, TopologySeen>;
  blindSpots: TopologyBlindSpot[];
  /** Most time first. */
  loads: TopologyLoad[];
  threads: TopologyThreads[];
}

export const edgeKey = ({ src, dst, kind, label }: { src: string; dst: string; kind: string; label: string | null }): string =>
  JSON.stringify([src, dst, kind, label]); // prettier-ignore

export async function topologyEvidence({ db }: Session): Promise<TopologyEvidence> {
  const nodes = await db.all<TopologyNodeSeen & { id: string }>(NODES);
  const edges = await db.all<TopologySeen & { src: string; dst: string; kind: string; label: string | null }>(EDGES); // prettier-ignore
  const [counted] = await db.all<{ runs: number }>('SELECT count(*)::INTEGER AS runs FROM all_runs.runs');
  return {
    runs: counted?.runs ?? 0,
    nodes: new Map(nodes.map(({ id, ...seen }) => [id, seen])),
    edges: new Map(edges.map(({ src, dst, kind, label, ...seen }) => [edgeKey({ src, dst, kind, label }), seen])),
    blindSpots: await db.all<TopologyBlindSpot>(BLIND_SPOTS),
    loads: await db.all<TopologyLoad>(LOADS),
    threads: await db.all<TopologyThreads>(THREADS),
  };
} // prettier-ignore

/** Of several runs: the sums, and the strongest of what they say. */
const TOGETHER = `
  CASE WHEN bool_or(v.evidence = 'seen') THEN 'seen' WHEN bool_or(v.evidence = 'function ran') THEN 'function ran' WHEN bool_or(v.evidence = 'never') THEN 'never' ELSE 'not recorded' END AS evidence,
  sum(v.count)::BIGINT AS count, count(*) FILTER (v.evidence = 'seen')::INTEGER AS runs, arg_max(r.id, (r.ts, r.id)) FILTER (v.evidence = 'seen') AS last,
  epoch_ms(max(r.ts) FILTER (v.evidence = 'seen')) AS "lastAt"`;

const newest = (column: string): string =>
  `arg_max(v.${column}, (r.ts, r.id)) FILTER (v.${column} IS NOT NULL)`;

const NODES = `
  SELECT v.id, ${TOGETHER}, ${newest('p50_ms')} AS "p50Ms", ${newest('p95_ms')} AS "p95Ms", ${newest('wait_share')} AS "waitShare", ${newest('most_at_once')} AS "mostAtOnce"
  FROM all_runs.topology_node_evidence v JOIN all_runs.runs r ON r.id = v.run_id GROUP BY v.id`;

const EDGES = `
  SELECT v.src, v.dst, v.kind::VARCHAR AS kind, v.label, ${TOGETHER}
  FROM all_runs.topology_edge_evidence v JOIN all_runs.runs r ON r.id = v.run_id GROUP BY v.src, v.dst, v.kind, v.label`;

const BLIND_SPOTS = `
  SELECT v.kind, v.name, any_value(v.ast_node_id) AS id, sum(v.count)::BIGINT AS count, count(DISTINCT r.id)::INTEGER AS runs, arg_max(r.id, (r.ts, r.id)) AS last, any_value(v.reason) AS reason
  FROM all_runs.topology_blind_spots v JOIN all_runs.runs r ON r.id = v.run_id GROUP BY v.kind, v.name, v.ast_node_id ORDER BY count DESC, v.kind, v.name`;

/** Plain names mean the newest run. Functions that several things call are told with each of them, but for routes that had no requests. */
const LOADS = `
  WITH handled AS (
    SELECT e.src AS id, sum(n.hits)::BIGINT AS count, sum(n.total_ms) AS total, sum(n.wait_ms) AS waits
    FROM (SELECT DISTINCT src, dst FROM topology_edges WHERE kind = 'handles' AND coalesce(label, '') NOT IN ('listens here', 'made here', 'awaited', 'before it') AND coalesce(label, '') NOT LIKE 'before %') e
    JOIN nodes_runtime n ON n.ast_node_id = e.dst GROUP BY e.src),
  served AS (SELECT id, count, wait_share, most_at_once FROM topology_node_evidence WHERE kind = 'route' AND count > 0)
  SELECT h.id, coalesce(s.count, h.count) AS count, h.total AS "totalMs", coalesce(s.wait_share, least(1, h.waits / nullif(h.total, 0)), 0) AS "waitShare", s.most_at_once AS "mostAtOnce"
  FROM handled h LEFT JOIN served s USING (id) JOIN topology_nodes n USING (id)
  WHERE (n.kind IN ('topic', 'channel', 'queue', 'timer') OR n.kind = 'route' AND s.id IS NOT NULL) AND h.total > 0 ORDER BY h.total DESC, h.id`;

const THREADS = `
  WITH busy AS (SELECT thread_id, sum(busy_ms) AS ms FROM tasks GROUP BY thread_id)
  SELECT p.path, count(*)::INTEGER AS threads, coalesce(max(least(1, b.ms * 1000 / nullif(t.end_us - t.start_us, 0))), 0) AS busiest
  FROM threads t JOIN runs r ON true JOIN topology_nodes p ON p.kind = 'program' AND ends_with(replace(t.facts::JSON->'argv'->>1, '\\', '/'), '/' || p.path)
  LEFT JOIN busy b USING (thread_id) GROUP BY p.path ORDER BY p.path`;
