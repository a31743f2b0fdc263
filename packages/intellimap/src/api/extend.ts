/**
 * `intellimap/extend`: analyses, patterns, kinds of events and places for runs of your own, to be named under `extend` of `intellimap.config.*`.
 * docs/extending.md has an example of each. What is exported here is all that an extension can count on.
 */
export {
  type AnalysisExtension,
  type DefinedAnalysis,
  type DefinedPattern,
  type DefinedStorage,
  defineAnalysis,
  definePattern,
  defineStorage,
  type Extension,
  type ExtensionFinding,
  type PatternExtension,
  type PatternNode,
  type RunQuestions,
  type SqlValues,
  type StorageExtension,
  type StoredRun,
} from '../base/extension/index.ts';
export * from './events.ts';
export { folderStorage } from './folder-storage.ts';
