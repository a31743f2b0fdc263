// npm run bench -- <name> [...]: prepares the clone, then hands everything to bench/run.mjs.
import path from 'node:path';
import { ensure, main } from './ensure.mjs';
import { root, runNode } from './run.mjs';

await main(async () => {
  await ensure({ install: true, build: true });
  return runNode(path.join(root, 'bench', 'run.mjs'), process.argv.slice(2));
});
