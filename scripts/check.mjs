// npm run check: everything that must hold before a change is done. A failing step does not stop the others, so that
// one run shows the whole list of what is wrong.
import { ensure, main } from './ensure.mjs';
import { runTool } from './run.mjs';
import { test } from './test.mjs';

const steps = [
  ['build', () => ensure({ build: true }).then(() => 0)],
  ['format', () => runTool('oxfmt', ['--check'])],
  ['lint', () => runTool('oxlint', ['--type-aware', '--deny-warnings'])],
  ['types of tests', () => runTool('tsc', ['-p', 'tsconfig.tests.json'])],
  ['types of tests of the UI', () => runTool('tsc', ['-p', 'packages/ui/tsconfig.tests.json'])],
  ['unused code', () => runTool('knip', ['--no-progress'])],
  ['publint probe', () => runTool('publint', ['packages/probe', '--strict'])],
  ['publint intellimap', () => runTool('publint', ['packages/intellimap', '--strict'])],
  ['test', test],
];

await main(async () => {
  await ensure({ install: true });
  const results = [];
  for (const [name, step] of steps) {
    console.log(`\n== ${name}`);
    const start = performance.now();
    const ok = await step().then(
      (code) => code === 0,
      (error) => (console.error(error.message), false),
    );
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    results.push({ name, ok, seconds });
    console.log(`== ${name}: ${ok ? 'ok' : 'FAILED'} (${seconds} s)`);
  }
  return summary(results);
});

function summary(results) {
  console.log('\n== summary');
  for (const { name, ok, seconds } of results)
    console.log(`${ok ? 'ok    ' : 'FAILED'}  ${seconds.padStart(6)} s  ${name}`);
  return results.every(({ ok }) => ok) ? 0 : 1;
}
