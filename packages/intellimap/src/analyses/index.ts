/** Each analysis gives the same three answers: check, describe, summarise. A new one is a file here and a line below. */
import { brokenFeatures } from './broken-features.ts';
import { runtimeDrift } from './drift.ts';
import { errorPlaces } from './errors.ts';
import { hottestPaths } from './hot-paths.ts';
import { hottestFunctions } from './hottest.ts';
import { longestTasks } from './slowest-tasks.ts';
import { neverUsedImports } from './unused-imports.ts';

export { said } from './drift.ts';
export type { Analysis, Confidence, Evidence, Finding, Place, Verdict } from './analysis.ts';

export const ANALYSES = {
  errors: errorPlaces,
  brokenFeatures,
  hottest: hottestFunctions,
  hotPaths: hottestPaths,
  slowestTasks: longestTasks,
  neverUsedImports,
  drift: runtimeDrift,
} as const;
