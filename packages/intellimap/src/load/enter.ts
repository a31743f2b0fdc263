/**
 * The `--require` of a recorded process. It runs `preload.ts` under a name among Node's own files: whoever hides Node's frames hides ours with
 * them, also where nobody asks `Error.prepareStackTrace` (`node:test`). Both are bundled (scripts/bundle.mjs).
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { compileFunction } from 'node:vm';
import { OWN_SCRIPT } from './script-name.ts';

const file = fileURLToPath(new URL('./preload.cjs', import.meta.url));
const options = { filename: OWN_SCRIPT };
const start = compileFunction(readFileSync(file, 'utf8'), ['require', '__filename'], options) as (
  ...values: unknown[]
) => void;
start(createRequire(file), file);
