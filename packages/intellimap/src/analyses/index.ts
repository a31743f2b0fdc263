/** Each analysis gives the same three answers: check, describe, summarise. A new one is a file here and a line below. */
import { brokenFeatures } from './broken-features.ts';
import { productionWithoutTests } from './coverage-gap.ts';
import { runtimeDrift } from './drift.ts';
import { neverExecuted } from './dead-code/index.ts';
import { cpuHotspots } from './cpu-hotspots.ts';
import { errorPlaces } from './errors.ts';
import { flagUse } from './flags/index.ts';
import { hottestPaths } from './hot-paths.ts';
import { hottestFunctions } from './hottest.ts';
import { performanceHotspots } from './hotspots.ts';
import { nPlusOne } from './n-plus-one.ts';
import { sequentialAwaits } from './sequential-awaits.ts';
import { slowTaskReasons } from './slow-tasks.ts';
import { growingObjects } from './leak-suspects.ts';
import { slowResources } from './slow-resources.ts';
import { longestTasks } from './slowest-tasks.ts';
import { vitals } from './web-vitals.ts';
import { unusedDependencies } from './unused-dependencies.ts';
import { neverUsedImports } from './unused-imports.ts';

export type { BrokenFinding } from './broken-features.ts';
export { type AnalysisAnswer, askAnalyses, type DescribedFinding } from './ask.ts';
export { describeChange, said } from './drift.ts';
export { extendedAnalyses } from './extended.ts';
export { type DeadCodeFinding, deadCodeSince, neverExecuted } from './dead-code/index.ts';
export { neverUsedImports } from './unused-imports.ts';
export { unusedDependencies } from './unused-dependencies.ts';
export type { GapFinding } from './coverage-gap.ts';
export type { HotspotFinding as SampledFinding } from './cpu-hotspots.ts';
export type { DriftFinding } from './drift.ts';
export type { ErrorFinding } from './errors.ts';
export type { FlagFinding } from './flags/index.ts';
export type { PathFinding } from './hot-paths.ts';
export type { HotspotFinding } from './hotspots.ts';
export type { HotFinding } from './hottest.ts';
export type { LeakFinding } from './leak-suspects.ts';
export type { RepeatedFinding } from './n-plus-one.ts';
export type { AwaitsFinding } from './sequential-awaits.ts';
export type { ResourceFinding } from './slow-resources.ts';
export type { SlowTaskFinding } from './slow-tasks.ts';
export type { TaskFinding } from './slowest-tasks.ts';
export type { DependencyFinding } from './unused-dependencies.ts';
export type { ImportFinding } from './unused-imports.ts';
export type { VitalFinding } from './web-vitals.ts';
export type { Analysis, Confidence, Evidence, Finding, Place, Verdict } from './analysis.ts';

export const ANALYSES = {
  errors: errorPlaces,
  brokenFeatures,
  hottest: hottestFunctions,
  hotPaths: hottestPaths,
  hotspots: performanceHotspots,
  slowestTasks: longestTasks,
  slowTasks: slowTaskReasons,
  nPlusOne,
  sequentialAwaits,
  neverUsedImports,
  drift: runtimeDrift,
  coverageGap: productionWithoutTests,
  flagCoverage: flagUse,
  deadCode: neverExecuted,
  unusedDependencies,
  cpuHotspots,
  growingObjects,
  slowResources,
  webVitals: vitals,
} as const;
