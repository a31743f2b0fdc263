// npm run demo: shows what IntelliMap can do today, on a bare clone. It grows with the command line.
import path from 'node:path';
import { ensure, main } from './ensure.mjs';
import { root, runNode, say } from './run.mjs';

const cli = path.join(root, 'packages', 'intellimap', 'dist', 'cli', 'main.js');

await main(async () => {
  await ensure({ install: true, build: true });
  say('intellimap --help');
  return runNode(cli, ['--help']);
});
