// Runs end-to-end suites, which are the files e2e/<name>.mjs.
//
//   node e2e/run.mjs                      list the suites
//   node e2e/run.mjs <name> [...]         run one; the rest goes to the suite
//   node e2e/run.mjs --ci [--json file]   run all that are meant for continuous integration
//
// A suite exports `async function run(argv)`. For --ci it exports `runCi()` as well, or `ci = true` when `run([])` is
// what should run. It throws to fail. It may return `{ passed, failed }`, counts of its cases; returning nothing
// counts as one case that passed, throwing as one that failed.
import fs from 'node:fs';

const folder = new URL('.', import.meta.url);

/** Names of all suites. A leading underscore marks code shared by suites. */
function suites() {
  return fs
    .readdirSync(folder)
    .filter((file) => file.endsWith('.mjs') && file !== 'run.mjs' && !file.startsWith('_'))
    .map((file) => file.slice(0, -'.mjs'.length))
    .toSorted();
}

/** Runs a suite's function and prints its line. Never rejects. */
async function runSuite(name, body) {
  const start = performance.now();
  const counts = await body().then(
    (result) => ({ passed: result?.passed ?? (result?.failed ? 0 : 1), failed: result?.failed ?? 0 }),
    (error) => {
      console.error(error);
      return { passed: 0, failed: 1 };
    },
  );
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const verdict = counts.failed === 0 ? 'pass' : 'FAIL';
  console.log(`${verdict}  ${name}  ${counts.passed} passed, ${counts.failed} failed  (${seconds} s)`);
  return counts;
}

const load = (name) => import(new URL(`${name}.mjs`, folder).href);

async function runNamed(name, argv) {
  if (!suites().includes(name)) {
    console.error(`unknown suite: ${name}; there is: ${suites().join(', ') || 'none'}`);
    return 2;
  }
  const { failed } = await runSuite(name, async () => (await load(name)).run(argv));
  return failed === 0 ? 0 : 1;
}

/** The function of a suite that --ci runs, or undefined. A suite that does not even load is one that fails. */
async function ciBody(name) {
  try {
    const suite = await load(name);
    if (suite.runCi) return async () => suite.runCi();
    return suite.ci === true ? async () => suite.run([]) : undefined;
  } catch (error) {
    return () => Promise.reject(error);
  }
}

async function runCi(report) {
  const total = { passed: 0, failed: 0 };
  for (const name of suites()) {
    const body = await ciBody(name);
    if (!body) continue;
    const counts = await runSuite(name, body);
    total.passed += counts.passed;
    total.failed += counts.failed;
  }
  console.log(`e2e: ${total.passed} passed, ${total.failed} failed`);
  if (report) fs.writeFileSync(report, JSON.stringify(total));
  return total.failed === 0 ? 0 : 1;
}

const [first, ...rest] = process.argv.slice(2);
if (first === undefined) console.log(suites().join('\n') || 'no suite yet');
else if (first === '--ci') process.exitCode = await runCi(rest[0] === '--json' ? rest[1] : undefined);
else process.exitCode = await runNamed(first, rest);
