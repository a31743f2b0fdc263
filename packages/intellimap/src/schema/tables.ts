/** All tables, in the order of the documentation. A new table is one entry here. */
import type { Row, Table } from './column.ts';
import { call_edges, call_facts, call_sites } from './tables/calls.ts';
import { functions, imports, modules } from './tables/code.ts';
import { costs, gate_changes, keeps, rate_changes } from './tables/recorder.ts';
import { frames, runs, schema_version, segments, skipped_files, threads } from './tables/run.ts';
import { custom_events, custom_events_let_go } from './tables/events.ts';
import { flags } from './tables/flags.ts';
import { console_messages, long_tasks, pictures, vitals } from './tables/page.ts';
import { resource_routes, resources, resources_let_go } from './tables/resources.ts';
import { call_values, state_changes, values_let_go } from './tables/values.ts';
import {
  dependencies,
  source_exports,
  source_files,
  source_functions,
  source_holders,
  source_imports,
  source_packages,
  source_references,
} from './tables/source.ts';
import { function_churn, function_metrics } from './tables/metrics.ts';
import { ast_nodes, graph_edges, graph_files } from './tables/graph.ts';
import { topology_edges, topology_nodes } from './tables/topology.ts';
import { source_flag_reads, source_flag_sides } from './tables/source-flags.ts';
import { log_records, metric_points, spans } from './tables/telemetry.ts';
import { coverage, cpu_nodes, cpu_samples, heap_constructors, v8_measured } from './tables/v8.ts';
import { gaps, time_density, time_index } from './tables/time.ts';
import { calls, edges_runtime, errors, links, nodes_runtime, pauses, tasks } from './tables/runtime.ts';

/** Raise it with every change of a table, and say in `store/upgrades.ts` how a store of the version before becomes one of this. */
export const SCHEMA_VERSION = 9;

export const TABLES = {
  runs,
  threads,
  tasks,
  calls,
  call_values,
  state_changes,
  values_let_go,
  flags,
  links,
  pauses,
  resources,
  resource_routes,
  resources_let_go,
  custom_events,
  custom_events_let_go,
  nodes_runtime,
  edges_runtime,
  errors,
  modules,
  functions,
  imports,
  cpu_nodes,
  cpu_samples,
  coverage,
  heap_constructors,
  v8_measured,
  spans,
  log_records,
  metric_points,
  vitals,
  long_tasks,
  console_messages,
  pictures,
  skipped_files,
  gate_changes,
  costs,
  rate_changes,
  keeps,
  segments,
  frames,
  gaps,
  time_density,
  time_index,
  source_files,
  source_functions,
  source_holders,
  source_references,
  source_imports,
  source_exports,
  source_flag_reads,
  source_flag_sides,
  source_packages,
  dependencies,
  call_edges,
  call_sites,
  call_facts,
  function_metrics,
  function_churn,
  graph_files,
  ast_nodes,
  graph_edges,
  topology_nodes,
  topology_edges,
  schema_version,
} as const satisfies Record<string, Table>;

export type TableName = keyof typeof TABLES;
/** A row of the named table. */
export type RowOf<N extends TableName> = Row<(typeof TABLES)[N]>;

/** Tables about the text as it is now; they have no `run_id`. */
export const SOURCE_TABLES = [
  'source_files',
  'source_functions',
  'source_holders',
  'source_references',
  'source_imports',
  'source_exports',
  'source_flag_reads',
  'source_flag_sides',
  'source_packages',
  'dependencies',
  'call_edges',
  'call_sites',
  'call_facts',
  'function_metrics',
  'function_churn',
  'graph_files',
  'ast_nodes',
  'graph_edges',
  'topology_nodes',
  'topology_edges',
] as const satisfies TableName[];

/** Tables that hold rows of runs, i.e. have a `run_id` (or are `runs`). */
export const RUN_TABLES: readonly TableName[] = (Object.keys(TABLES) as TableName[]).filter(
  (name) => name !== 'schema_version' && !(SOURCE_TABLES as readonly TableName[]).includes(name),
);

/** Column that names the run in a table. */
export const runColumn = (table: TableName): string => (table === 'runs' ? 'id' : 'run_id');
