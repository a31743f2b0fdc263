/** Takes in what programs elsewhere record. The server is in `server.ts`, which those load who need it. */
export { BuildFolder, buildsFolder, hasBuild, type LoadLine } from './build-folder.ts';
export { collectorFile, type CollectorFile, collectorPath } from './collector-file.ts';
export { Intake, type IntakeOptions, type Taken } from './intake.ts';
export { Refusal } from './refusal.ts';
export { answer, type CollectorHost, followUpgrades } from './socket.ts';
export type { MapOf, MapOfFile } from './stack-places.ts';
