/** Tables and columns described once, from which DDL, row types and documentation follow. */
export type { Column, ColumnType, Row, Table } from './column.ts';
export { EMPTY_THREAD } from './empty-thread.ts';
export { tablesMarkdown, viewsMarkdown } from './docs.ts';
export { commentOn, ddl, describeColumn, identifier, literal, sqlType } from './ddl.ts';
export { THREAD_KINDS, type ThreadKind } from './tables/run.ts';
export type { FlagTarget } from './tables/source-flags.ts';
export {
  RUN_TABLES,
  runColumn,
  type RowOf,
  SCHEMA_VERSION,
  SOURCE_TABLES,
  type TableName,
  TABLES,
} from './tables.ts';
export { ELSEWHERE } from './views/call-graph.ts';
export { type View, viewDdl, viewsOfOneRun } from './view.ts';
export { VIEWS, viewsFingerprint } from './views.ts';
export { lasted } from './lasted.ts';
export { rowShape } from './row-shape.ts';
export { eventViews } from './event-views.ts';
