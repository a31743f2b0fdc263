/** Scenarios: pages and their server, driven and recorded. */
export { scenarioFiles, type ScenarioFile } from './load.ts';
export { type PackWishes, runPack } from './pack.ts';
export type { ScenarioOutcome, StepOutcome } from './outcome.ts';
export type { Watched } from './watched.ts';
