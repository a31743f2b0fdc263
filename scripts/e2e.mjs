// npm run e2e -- <name> [...]: prepares the clone, then hands everything to e2e/run.mjs.
import path from 'node:path';
import { ensure, main } from './ensure.mjs';
import { root, runNode } from './run.mjs';

await main(async () => {
  await ensure({ install: true, build: true, chromium: true });
  return runNode(path.join(root, 'e2e', 'run.mjs'), process.argv.slice(2));
});
