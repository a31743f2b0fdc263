/** The database: open, load recordings, upgrade. DuckDB itself is imported on first use. */
export { compactStore } from './compact.ts';
export { type Cell, type Database, isBroken, type OpenedDatabase, type OpenOptions } from './database.ts';
export { isAlive } from './is-alive.ts';
export { loadRun, type LoadOptions, refresh, refreshStore } from './load.ts';
export { type Json } from './json.ts';
export { ALL_RUNS, openReading, READING_LIMITS, type ReadingLimits, type ReadingSession } from './reading.ts';
export { type Answer, type AnswerListener, type SelectLimits } from './select.ts';
export { type FramePlace, type RecordedCall, Recording } from './recorded-calls.ts';
export { type SourceSurvey, type SurveySources } from './sources.ts';
export { databaseIdentity, openStore, removeRuns, setAside, type Store } from './store.ts';
export { runsState } from './runs-state.ts';
export { storeFile } from './store-file.ts';
export { isWanted } from './wanted.ts';
export { exportParquet, PARQUET_MANIFEST, sha256Of } from './parquet-out.ts';
export { streamRows } from './streaming.ts';
export { summaryOfFile } from './v8/measured.ts';
