/** Each analysis gives the same three answers: check, describe, summarise. A new one is a file here and a line below. */
import { brokenFeatures } from './broken-features.ts';
import { productionWithoutTests } from './coverage-gap.ts';
import { runtimeDrift } from './drift.ts';
import { cpuHotspots } from './cpu-hotspots.ts';
import { errorPlaces } from './errors.ts';
import { hottestPaths } from './hot-paths.ts';
import { hottestFunctions } from './hottest.ts';
import { performanceHotspots } from './hotspots.ts';
import { nPlusOne } from './n-plus-one.ts';
import { sequentialAwaits } from './sequential-awaits.ts';
import { growingObjects } from './leak-suspects.ts';
import { longestTasks } from './slowest-tasks.ts';
import { neverUsedImports } from './unused-imports.ts';

export { type AnalysisAnswer, askAnalyses, type DescribedFinding } from './ask.ts';
export { said } from './drift.ts';
export type { Analysis, Confidence, Evidence, Finding, Place, Verdict } from './analysis.ts';

export const ANALYSES = {
  errors: errorPlaces,
  brokenFeatures,
  hottest: hottestFunctions,
  hotPaths: hottestPaths,
  hotspots: performanceHotspots,
  slowestTasks: longestTasks,
  nPlusOne,
  sequentialAwaits,
  neverUsedImports,
  drift: runtimeDrift,
  coverageGap: productionWithoutTests,
  cpuHotspots,
  growingObjects,
} as const;
