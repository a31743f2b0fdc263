// Runs end-to-end suites, which are the files e2e/<name>.mjs.
//
//   node e2e/run.mjs                      list the suites
//   node e2e/run.mjs <name> [...]         run one; the rest goes to the suite
//   node e2e/run.mjs --ci [--json file]   run all that are meant for continuous integration
//   node e2e/run.mjs --prepare            pack and install what --ci needs, no more
//
// A suite exports `async function run(argv)`. For --ci it exports `runCi()` as well, or `ci = true` when `run([])` is
// what should run. It throws to fail. It may return `{ passed, failed }`, counts of its cases; returning nothing
// counts as one case that passed, throwing as one that failed.
//
// With --ci, suites run side by side. `alone = true` keeps one apart from all others: its cases measure, or take all
// processors. `seconds` says how long a suite takes, about: the longest begin first, so that none is waited for at the end.
// `samples` names those of samples/ that it uses: their dependencies are installed before any suite begins.
import fs from 'node:fs';
import { ensure } from '../scripts/ensure.mjs';
import { consumer, useConsumer } from './_consumer.mjs';
import { secondsOfAll } from './_processor.mjs';
import { runAll, runApart, USUAL } from './_side-by-side.mjs';

const folder = new URL('.', import.meta.url);

/** Names of all suites. A leading underscore marks code shared by suites. */
function suites() {
  return fs
    .readdirSync(folder)
    .filter((file) => file.endsWith('.mjs') && file !== 'run.mjs' && !file.startsWith('_'))
    .map((file) => file.slice(0, -'.mjs'.length))
    .toSorted();
}

/** Runs a suite's function and prints its line. Never rejects. @returns {Promise<{ passed: number, failed: number, took: number }>} `took`: seconds */
async function runSuite(name, body) {
  const start = performance.now();
  const counts = await body().then(
    (result) => ({ passed: result?.passed ?? (result?.failed ? 0 : 1), failed: result?.failed ?? 0 }),
    (error) => {
      console.error(error);
      return { passed: 0, failed: 1 };
    },
  );
  const took = (performance.now() - start) / 1000;
  const verdict = counts.failed === 0 ? 'pass' : 'FAIL';
  console.log(
    `${verdict}  ${name}  ${counts.passed} passed, ${counts.failed} failed  (${took.toFixed(1)} s)`,
  );
  return { ...counts, took };
}

const load = (name) => import(new URL(`${name}.mjs`, folder).href);

async function runNamed(name, argv) {
  if (!suites().includes(name)) {
    console.error(`unknown suite: ${name}; there is: ${suites().join(', ') || 'none'}`);
    return 2;
  }
  const { failed } = await runSuite(name, async () => {
    const { run, samples = [] } = await load(name);
    await ensure({ samples });
    return run(argv);
  });
  return failed === 0 ? 0 : 1;
}

/** What --ci runs of a suite, or undefined. A suite that does not even load is one that fails. */
async function ciSuite(name) {
  try {
    const { run, ci, runCi, alone, seconds, samples } = await load(name);
    const body = runCi ?? (ci ? () => run([]) : undefined);
    return body && { name, alone, seconds, samples, body: async () => body() };
  } catch (error) {
    return { name, body: () => Promise.reject(error) };
  }
}

/** Packs and installs for all of them. */
async function prepare() {
  const chosen = (await Promise.all(suites().map(ciSuite))).filter((suite) => suite !== undefined);
  await ensure({ samples: [...new Set(chosen.flatMap(({ samples = [] }) => samples))] });
  return { chosen, installed: consumer() };
}

async function runCi(report) {
  const { chosen, installed } = await prepare();
  const total = { passed: 0, failed: 0 };
  const done = [];
  await runAll(chosen, async (suite) => {
    const counts = await runApart(suite, installed);
    total.passed += counts.passed;
    total.failed += counts.failed;
    done.push({ ...suite, ...counts });
  });
  console.log(table(done));
  console.log(`e2e: ${total.passed} passed, ${total.failed} failed`);
  if (report) fs.writeFileSync(report, JSON.stringify(total));
  return total.failed === 0 ? 0 : 1;
}

/** Seconds of each suite, the longest first, and of processors: what it says of itself shall be near the first, on a machine that does nothing else. */
const table = (done) =>
  [
    '   took   processors  says',
    ...done
      .toSorted((a, b) => b.took - a.took)
      .map(({ name, alone, took, processors, seconds = USUAL }) =>
        [
          took.toFixed(1).padStart(7),
          (processors?.toFixed(1) ?? '').padStart(11),
          String(seconds).padStart(6),
        ]
          .concat(` ${name}${alone ? ' (alone)' : ''}`)
          .join(' '),
      ),
  ].join('\n');

/** One suite of --ci in this process, which tells its parent the counts. */
async function runPart(name, installed) {
  useConsumer(installed);
  const { body } = await ciSuite(name);
  const counts = await runSuite(name, body);
  process.send({ ...counts, processors: secondsOfAll() });
  process.disconnect();
}

const [first, ...rest] = process.argv.slice(2);
if (first === undefined) console.log(suites().join('\n') || 'no suite yet');
else if (first === '--ci') process.exitCode = await runCi(rest[0] === '--json' ? rest[1] : undefined);
else if (first === '--prepare') await prepare();
else if (first === '--part') await runPart(...rest);
else process.exitCode = await runNamed(first, rest);
