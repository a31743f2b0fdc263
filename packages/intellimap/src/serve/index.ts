/** The server behind the UI. */
import { fileURLToPath } from 'node:url';

export { type Server, type ServeOptions, startServer } from './server.ts';
export type { LiveCounters } from './contract.ts';
export { isLoopback } from './hosts.ts';

/** Folder of the built UI, which is published beside this. */
export const builtUi: string = fileURLToPath(new URL('../ui', import.meta.url));
