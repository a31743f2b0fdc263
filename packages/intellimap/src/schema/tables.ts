/** All tables, in the order of the documentation. A new table is one entry here. */
import type { Row, Table } from './column.ts';
import { functions, imports, modules } from './tables/code.ts';
import {
  costs,
  gate_changes,
  keeps,
  runs,
  schema_version,
  segments,
  skipped_files,
  threads,
} from './tables/run.ts';
import { call_values, state_changes, values_let_go } from './tables/values.ts';
import { calls, edges_runtime, errors, links, nodes_runtime, pauses, tasks } from './tables/runtime.ts';

/** Raise it with every change of a table; a store of another version is rebuilt from the run folders. */
export const SCHEMA_VERSION = 5;

export const TABLES = {
  runs,
  threads,
  tasks,
  calls,
  call_values,
  state_changes,
  values_let_go,
  links,
  pauses,
  nodes_runtime,
  edges_runtime,
  errors,
  modules,
  functions,
  imports,
  skipped_files,
  gate_changes,
  costs,
  keeps,
  segments,
  schema_version,
} as const satisfies Record<string, Table>;

export type TableName = keyof typeof TABLES;
/** A row of the named table. */
export type RowOf<N extends TableName> = Row<(typeof TABLES)[N]>;

/** Tables that hold rows of runs, i.e. have a `run_id` (or are `runs`). */
export const RUN_TABLES: readonly TableName[] = (Object.keys(TABLES) as TableName[]).filter(
  (name) => name !== 'schema_version',
);

/** Column that names the run in a table. */
export const runColumn = (table: TableName): string => (table === 'runs' ? 'id' : 'run_id');
