/** Takes in what programs elsewhere record. */
export { BuildFolder, type LoadLine } from './build-folder.ts';
export { Intake, type IntakeOptions, Refusal, type Taken } from './intake.ts';
export { FIRST_PAGE } from './page-thread.ts';
export { answer, type CollectorHost, followUpgrades } from './socket.ts';
export type { MapOf, MapOfFile } from './stack-places.ts';
