// npm run demo: records a real program and shows the result, on a bare clone.
//   npm run demo              the shop of samples/, an Express 5 API under a real HTTP load
//   npm run demo -- --open    the same, and then in a browser, until Ctrl-C
//   npm run demo -- prettier  prettier formatting this repository, with prettier's own code instrumented
import path from 'node:path';
import { ensure, main } from './ensure.mjs';
import { root, runNode, say } from './run.mjs';

const cli = path.join(root, 'packages', 'intellimap', 'dist', 'cli', 'main.js');
const shop = path.join(root, 'samples', 'shop');

const demos = {
  shop: {
    samples: ['shop'],
    cwd: shop,
    command: ['run', '--no-summary', '--', process.execPath, 'load/drive.mjs'],
  },
  prettier: {
    cwd: root,
    command: [
      'run',
      '--no-summary',
      '--include',
      'node_modules/prettier/**',
      '--',
      process.execPath,
      path.join('node_modules', 'prettier', 'bin', 'prettier.cjs'),
      '--check',
      '--log-level',
      'error',
      'packages/*/src/**/*.ts',
      'scripts',
      'e2e/*.mjs',
      'bench',
      '*.md',
    ],
    // "--check" answers 1 where another formatter's taste differs: that is no failure of the recording.
    allowed: [0, 1],
  },
};

await main(async () => {
  const wantsPage = process.argv.includes('--open');
  const name = process.argv.slice(2).find((word) => word !== '--open') ?? 'shop';
  const demo = demos[name];
  if (!demo) {
    say(`there is no demo "${name}"; there is: ${Object.keys(demos).join(', ')}`);
    return 2;
  }
  await ensure({ install: true, build: true, samples: demo.samples });
  say(`recording: intellimap ${demo.command.join(' ')}`);
  const code = await runNode(cli, demo.command, { cwd: demo.cwd });
  if (!(demo.allowed ?? [0]).includes(code)) return code;
  say('what it did: intellimap report');
  const told = await runNode(cli, ['report'], { cwd: demo.cwd });
  if (wantsPage) return runNode(cli, ['open'], { cwd: demo.cwd });
  say('the same in a browser: npm run demo -- --open');
  return told;
});
