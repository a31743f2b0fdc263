/** The database: open, load recordings, upgrade. DuckDB itself is imported on first use. */
export type { InColumns } from './columns.ts';
export { compactStore } from './compact.ts';
export { type Cell, type Database, isBroken, type OpenedDatabase, type OpenOptions } from './database.ts';
export { isAlive } from './is-alive.ts';
export { keepLayout, readLayout } from './layout-file.ts';
export type { ChurnMaker } from './churn.ts';
export {
  loadRun,
  type LoadOptions,
  refresh,
  refreshChanged,
  refreshGraph,
  refreshStore,
  refreshTopology,
} from './load.ts';
export type { GraphMaker, GraphRefresh } from './graphs.ts';
export { type SourceLooks, SourceSession, type SourceUpdate } from './source-session.ts';
export { type Json } from './json.ts';
export type { Plan, PlanNode } from './explain.ts';
export {
  ALL_RUNS,
  NO_RUN,
  openReading,
  READING_LIMITS,
  type ReadingLimits,
  type ReadingSession,
} from './reading.ts';
export { type Answer, type AnswerListener, type SelectLimits } from './select.ts';
export { Event as MomentEvent } from './moment/events.ts';
export { type MomentStack } from './moment/stack.ts';
export { Moments } from './moment/moments.ts';
export { type FoundEvent, isEnd, isEvent, seek, type Wanted } from './moment/seek.ts';
export { type PlayedFrame, type ThreadMoments, wordsUpTo } from './moment/thread-moments.ts';
export { type FramePlace, type RecordedCall, Recording } from './recorded-calls.ts';
export { type SourceSurvey, type SurveySources } from './sources.ts';
export { databaseIdentity, openStore, removeRuns, setAside, type Store } from './store.ts';
export { type LiveRun, runsState } from './runs-state.ts';
export { stampOf, storeFile } from './store-file.ts';
export { readRun } from './run-folder.ts';
export { isWanted } from './wanted.ts';
export { exportParquet, PARQUET_MANIFEST, sha256Of } from './parquet-out.ts';
export { streamRows } from './streaming.ts';
export { summaryOfFile } from './v8/measured.ts';
export { isLonger, type Lines } from './replay/time/buckets.ts';
export { DEEP, INDEXED, SPAN, TOLD } from './replay/time/span-flag.ts';
export type { SpanRows } from './replay/time/span-list.ts';
export { DEEP_OF_LEAF } from './time/leaf-lines.ts';
export { RunTimes, type ThreadTimes } from './time/run-times.ts';
export type { TimeNode } from './time/tree.ts';
