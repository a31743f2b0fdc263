/** What others may add to IntelliMap: analyses, patterns, kinds of events, places for runs. */
export type { AnalysisExtension, ExtensionFinding, RunQuestions, SqlValues } from './analysis.ts';
export { namesOf, problemsOf } from './check.ts';
export {
  type DefinedAnalysis,
  type DefinedPattern,
  type DefinedStorage,
  defineAnalysis,
  definePattern,
  defineStorage,
  type Extension,
} from './define.ts';
export { defineEvents, type EventFieldType, type EventsExtension, viewOfEvent } from './events.ts';
export type { PatternExtension, PatternNode } from './pattern.ts';
export type { StorageExtension, StoredRun } from './storage.ts';
