/** What this package is, for `run.json`. */
import { createRequire } from 'node:module';

export const ownVersion = (): string =>
  (createRequire(import.meta.url)('../../package.json') as { version: string }).version;
