/**
 * The claim of the call tree: random programs write down what they do, without the recorder having a part in it, and the tables
 * must say the same: each call, its caller, order and outcome, in every thread, and all sums.
 *
 *   npm run e2e -- truth                              some hundred programs on this Node
 *   npm run e2e -- truth --nodes 20,22,24,26          on other versions of Node (from npm)
 *   npm run e2e -- truth --programs 5000 --seed 1000  other programs
 *   npm run e2e -- truth --seed 17 --programs 1       one alone
 *   npm run e2e -- truth --values 200                 programs that write down their values, and as many others while all values are recorded
 *   npm run e2e -- truth --strict                     with what is known to fall short, see KNOWN
 *
 * How programs are made: `truth/program.mjs`; how they tell: `truth/log.cjs`; what follows from it: `truth/tree.mjs`.
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { nodeOf, versionOf } from './transparency/versions.mjs';
import { checkBatch } from './truth/check.mjs';
import { checkValues } from './truth/values.mjs';

/** What `--strict` takes for wrong. Without it, it is either what truth says, or left out of the programs. */
const KNOWN = [
  'who delegates (`yield*`, `for await`) to an iterator that is no generator counts as suspended while that one runs: the caller of what begins there is whoever asked',
  'a getter that is read of what was awaited, `const { x } = await y` or `(await y).x()`, is a call that nobody made',
];

/** Programs of one process: more would make a failure slower to find, fewer are mostly start-up. */
const BATCH = 50;

export async function run(argv) {
  const { values } = parseArgs({
    args: argv,
    options: {
      nodes: { type: 'string' },
      seed: { type: 'string', default: '0' },
      programs: { type: 'string', default: '400' },
      strict: { type: 'boolean', default: false },
      values: { type: 'string', default: '50' },
    },
  });
  if (values.strict) console.log(`  strict; known:\n${KNOWN.map((line) => `    ${line}`).join('\n')}`);
  const total = { passed: 0, failed: 0 };
  for (const version of values.nodes?.split(',') ?? [undefined]) {
    const node = version === undefined ? process.execPath : nodeOf(version);
    const [seed, programs, valued] = [values.seed, values.programs, values.values].map(Number);
    for (const counts of [
      await runOn(node, seed, programs, values.strict),
      await runOn(node, seed, valued, values.strict, ['--tier', 'full_trace']),
      await runOn(node, seed, Math.ceil(programs / 4), values.strict, ['--tier', 'edges']),
      await valuesOn(node, seed, valued),
    ]) {
      total.passed += counts.passed;
      total.failed += counts.failed;
    }
  }
  return total;
}

export const runCi = () => run([]);
export const seconds = 55;

/** Each program is a case; sums that differ are one more. */
async function runOn(node, first, programs, strict, options = []) {
  const started = performance.now();
  const total = { calls: 0, failed: 0 };
  for (let seed = first; seed < first + programs; seed += BATCH) {
    const seeds = Array.from({ length: Math.min(BATCH, first + programs - seed) }, (_, i) => seed + i);
    const folder = mkdtempSync(join(realpathSync(tmpdir()), 'intellimap-e2e-truth-'));
    const { calls, wrong } = await checkBatch(folder, node, seeds, strict, options).catch((error) => ({
      calls: 0,
      wrong: [error.stack],
    }));
    total.calls += calls;
    total.failed += wrong.length;
    for (const text of wrong) console.log(`  FAIL  ${text}`);
    if (wrong.length === 0) rmSync(folder, { recursive: true });
    else console.log(`  seeds ${seeds[0]} to ${seeds.at(-1)}; programs and recording are kept in ${folder}`);
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `  Node ${versionOf(node)}${['', ...options].join(' ')}: ${programs} programs, ${total.calls} calls, ${total.failed} differ  (${seconds} s)`,
  );
  return { passed: Math.max(0, programs - total.failed), failed: total.failed };
}

async function valuesOn(node, first, programs) {
  if (programs === 0) return { passed: 0, failed: 0 };
  const seeds = Array.from({ length: programs }, (_, at) => first + at);
  const { calls, wrong } = await checkValues(node, seeds).catch((error) => ({
    calls: 0,
    wrong: [error.stack],
  }));
  for (const text of wrong) console.log(`  FAIL  ${text}`);
  console.log(
    `  Node ${versionOf(node)}, values: ${programs} programs, ${calls} calls, ${wrong.length} differ`,
  );
  return { passed: wrong.length > 0 ? 0 : programs, failed: wrong.length };
}
