/** What the text foretells, with what runs saw of it: what `topology --json` prints. Pure. */
import type { LeftOut, Topology, TopologyEdge, TopologyNode } from '../../graph/index.ts';
import { edgeKey, type TopologyBlindSpot, type TopologyEvidence, type TopologyLoad, type TopologyNodeSeen, type TopologySeen, type TopologyThreads } from '../../query/index.ts'; // prettier-ignore

export interface SeenNode extends TopologyNode, TopologyNodeSeen {}
export interface SeenEdge extends TopologyEdge, TopologySeen {}

export interface TopologyAnswer {
  /** Files that were read. */
  files: number;
  /** Files that are too large to be read. */
  leftOut: LeftOut[];
  /** Runs that were asked. */
  runs: number;
  nodes: SeenNode[];
  edges: SeenEdge[];
  /** What runs saw, and the text does not foretell. */
  blindSpots: TopologyBlindSpot[];
  /** Where the time of the newest run went; most first. */
  loads: TopologyLoad[];
  /** Threads of the newest run. */
  threads: TopologyThreads[];
}

const UNSEEN: TopologySeen = { evidence: 'not recorded', count: null, runs: 0, last: null, lastAt: null };
const UNSEEN_NODE: TopologyNodeSeen = {
  ...UNSEEN,
  p50Ms: null,
  p95Ms: null,
  waitShare: null,
  mostAtOnce: null,
};

/** @param evidence null: nothing was recorded */
export function joinedTopology({ nodes, edges }: Topology, evidence: TopologyEvidence | null, read: Pick<TopologyAnswer, 'files' | 'leftOut'>): TopologyAnswer {
  return {
    ...read,
    runs: evidence?.runs ?? 0,
    nodes: nodes.map((node) => ({ ...node, ...(evidence?.nodes.get(node.id) ?? UNSEEN_NODE) })),
    edges: edges.map((edge) => ({ ...edge, ...(evidence?.edges.get(edgeKey(edge)) ?? UNSEEN) })),
    blindSpots: evidence?.blindSpots ?? [],
    loads: evidence?.loads ?? [],
    threads: evidence?.threads ?? [],
  };
} // prettier-ignore
