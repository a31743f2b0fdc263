/** Typed questions with typed answers: the only door to stored data. */
export { callRates, type CallRates } from './call-rates.ts';
export { type ErrorPlace, errors } from './errors.ts';
export { type CallFacts, findCall } from './find-call.ts';
export { type HotFunction, hottest } from './hottest.ts';
export { listRuns, type RunLine } from './list-runs.ts';
export { type LongPause, longestPauses } from './pauses.ts';
export { type Certainty, type RunSummary, runSummary } from './run-summary.ts';
export {
  openSession,
  resolveRun,
  type RunRow,
  type Session,
  type SessionOptions,
  withSession,
} from './session.ts';
export { type FunctionAnswer, type FunctionFacts, type Neighbour, showFunction } from './show-function.ts';
export { type SlowResource, slowestResources, type SlowRoute } from './slowest-resources.ts';
export { type SlowTask, slowestTasks } from './slowest-tasks.ts';
export { sql } from './sql.ts';
export { type ImportEdge, type ImportUse, unusedImports } from './unused-imports.ts';
export { type Answer, type Cell } from '../store/index.ts';
export type { CallValue, SeenCall, StateChange } from './recent-values.ts';
