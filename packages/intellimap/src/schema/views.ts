/** All views, in the order of the documentation. A new view is one entry here. */
import { type View, viewDdl } from './view.ts';
import { call_tree, edges, edges_by_frame, hot_functions, task_breakdown } from './views/calls.ts';
import { blind_spots, call_evidence } from './views/call-graph.ts';
import { code_usage, error_places, import_edges, module_usage } from './views/code.ts';
import { function_facts, module_facts } from './views/facts.ts';
import { known_calls } from './views/known-calls.ts';
import { run_overview } from './views/runs.ts';
import { topology_blind_spots, topology_edge_evidence, topology_node_evidence } from './views/topology.ts';
import { SCHEMA_VERSION } from './tables.ts';

export const VIEWS = {
  run_overview,
  call_tree,
  hot_functions,
  edges,
  edges_by_frame,
  task_breakdown,
  code_usage,
  module_usage,
  import_edges,
  error_places,
  function_facts,
  module_facts,
  call_evidence,
  blind_spots,
  known_calls,
  topology_node_evidence,
  topology_edge_evidence,
  topology_blind_spots,
} as const satisfies Record<string, View>;

/** Changes with every view and comment: a database that holds another one has its views made anew. */
export function viewsFingerprint(views: Record<string, View> = VIEWS): string {
  let hash = 0xcbf29ce484222325n;
  for (const char of `${SCHEMA_VERSION}\n${viewDdl(views).join('\n')}`)
    hash = BigInt.asUintN(64, (hash ^ BigInt(char.codePointAt(0)!)) * 0x100000001b3n);
  return hash.toString(16);
}
