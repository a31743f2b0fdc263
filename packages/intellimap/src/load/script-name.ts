/** V8's names of files: a URL for ES modules and TypeScript that Node runs by itself, the path for everything else. */
import { fileURLToPath, pathToFileURL } from 'node:url';

/** What of ours runs in programs is called like a file of Node's. */
export const OWN_SCRIPT = 'node:internal/intellimap';

export const pathOfScript = (script: string): string =>
  script.startsWith('file:') ? fileURLToPath(script) : script;

/** @param format as recordings say it: `module`, `commonjs`, `vm`, … */
export const scriptOfPath = (path: string, format: string): string =>
  format.startsWith('module') || format.endsWith('typescript') ? pathToFileURL(path).href : path;
