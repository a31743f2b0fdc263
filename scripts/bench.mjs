// npm run bench -- <name> [...]: prepares the clone, then hands everything to bench/run.mjs.
import path from 'node:path';
import { ensure, main } from './ensure.mjs';
import { root, runNode } from './run.mjs';

/** Packages that a benchmark needs beside the root's. */
const FOLDERS = {
  browser: ['bench/browser', 'samples/shop', 'samples/storefront'],
  calls: ['bench/calls', 'samples/shop'],
  capture: ['bench/capture'],
  findings: ['bench/findings'],
  plan: ['bench/programs', 'samples/shop'],
  probes: ['bench/programs'],
  programs: ['bench/programs', 'samples/shop'],
};

await main(async () => {
  await ensure({ install: true, build: true, folders: FOLDERS[process.argv[2]] });
  return runNode(path.join(root, 'bench', 'run.mjs'), process.argv.slice(2));
});
