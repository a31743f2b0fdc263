/** Each analysis gives the same three answers: check, describe, summarise. A new one is a file here and a line below. */
import { errorPlaces } from './errors.ts';
import { hottestFunctions } from './hottest.ts';
import { slowResources } from './slow-resources.ts';
import { longestTasks } from './slowest-tasks.ts';
import { neverUsedImports } from './unused-imports.ts';

export type { Analysis, Confidence, Evidence, Finding, Place, Verdict } from './analysis.ts';

export const ANALYSES = {
  errors: errorPlaces,
  hottest: hottestFunctions,
  slowestTasks: longestTasks,
  neverUsedImports,
  slowResources,
} as const;
