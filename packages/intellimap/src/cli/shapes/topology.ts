/** Processes, routes, topics and timers, as `topology --json` tells them. */
import { count, integer, list, number, object, oneOf, orNull, type Shape, text } from '../../base/shape.ts';
import type { LeftOut } from '../../graph/index.ts';
import { TOPOLOGY_EVIDENCE } from '../../query/index.ts';
import type { SeenEdge, SeenNode, TopologyAnswer } from '../topology/joined.ts';
import { TABLES } from '../../schema/index.ts';

const { topology_nodes, topology_edges } = TABLES;

const seen = {
  evidence: oneOf([...TOPOLOGY_EVIDENCE], 'What all runs together say; see topology_node_evidence.'),
  count: orNull(count('In all runs.'), 'nothing of it is recorded by itself'),
  runs: count('Runs that saw it.'),
  last: orNull(text('The newest of them: runs.id'), 'none saw it'),
  lastAt: orNull(integer('ms since the epoch'), 'none saw it'),
};

const place = {
  path: text(),
  line: integer(),
  ast_node_id: orNull(text('source_functions.ast_node_id'), 'recordings know none there'),
  certainty: oneOf(topology_nodes.columns.certainty.values, 'topology_nodes.certainty'),
  reason: orNull(text('Why it is not certain.'), 'it is'),
};

const node = object<SeenNode>({
  id: text('topology_nodes.id'),
  kind: oneOf(topology_nodes.columns.kind.values, 'topology_nodes.kind'),
  name: text(),
  made_with: orNull(text(), 'nothing says'),
  ...place,
  matches: orNull(text('topology_nodes.matches'), 'recordings do not call it anything'),
  ...seen,
  p50Ms: orNull(number('ms, of the newest run that has it'), 'it has no requests'),
  p95Ms: orNull(number('ms'), 'it has no requests'),
  waitShare: orNull(number('Part of the time of its requests in which they had no processor, 0 to 1.'), 'it has no requests'), // prettier-ignore
  mostAtOnce: orNull(
    count('Most of its requests under way at the same time.'),
    'it is no route, or has none',
  ),
});

const edge = object<SeenEdge>({
  src: text('topology_nodes.id'),
  dst: text('topology_nodes.id'),
  kind: oneOf(topology_edges.columns.kind.values, 'topology_edges.kind'),
  label: orNull(text('topology_edges.label'), 'nothing to say'),
  ...place,
  ...seen,
});

export const topologyAnswer: Shape<TopologyAnswer> = object<TopologyAnswer>({
  files: count('Files that were read.'),
  leftOut: list(
    object<LeftOut>({ path: text(), bytes: count() }),
    'Files of more than 1 MiB: they were not read.',
  ),
  runs: count('Runs that were asked.'),
  nodes: list(node),
  edges: list(edge),
  blindSpots: list(
    object<TopologyAnswer['blindSpots'][number]>({
      kind: text('topology_blind_spots.kind'),
      name: text(),
      id: orNull(text('The function that was called: functions.ast_node_id'), 'it is no function'),
      count: count(),
      runs: count('Runs that saw it.'),
      last: text('The newest of them: runs.id'),
      reason: text('topology_blind_spots.reason'),
    }),
    'What runs saw, and the text does not foretell.',
  ),
  loads: list(
    object<TopologyAnswer['loads'][number]>({
      id: text('topology_nodes.id'),
      count: count(),
      totalMs: number('ms of the functions that handle it, waiting included'),
      waitShare: number('Part of that in which they waited, 0 to 1.'),
      mostAtOnce: orNull(count(), 'it has no requests'),
    }),
    'Where the time of the newest run went; most first.',
  ),
  threads: list(
    object<TopologyAnswer['threads'][number]>({
      path: text('The file that they run.'),
      threads: count(),
      busiest: number('Of the busiest of them, the part of its life in which it did something, 0 to 1.'),
    }),
    'Threads of the newest run.',
  ),
});
