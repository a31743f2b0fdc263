// npm run build, npm run dev (--watch), npm run clean (--clean).
import fs from 'node:fs';
import path from 'node:path';
import { ensure, main } from './ensure.mjs';
import { root, runTool, say } from './run.mjs';

/** `tsc -b` never deletes the output of a source file that is gone; this does. */
function clean() {
  for (const name of fs.readdirSync(path.join(root, 'packages')))
    fs.rmSync(path.join(root, 'packages', name, 'dist'), { recursive: true, force: true });
  fs.rmSync(path.join(root, 'tmp'), { recursive: true, force: true });
  say('removed packages/*/dist and tmp');
}

await main(async () => {
  if (process.argv.includes('--clean')) return clean();
  if (!process.argv.includes('--watch')) return void (await ensure({ build: true }));
  // No full build first: a watcher must also start on code that does not compile yet.
  await ensure({ install: true });
  const compiler = runTool('tsc', ['-b', '--watch', '--preserveWatchOutput']);
  const { watchBundles } = await import('./bundle.mjs');
  const watcher = watchBundles();
  const code = await compiler;
  await watcher.close();
  return code;
});
