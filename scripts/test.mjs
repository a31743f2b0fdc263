// npm test: unit tests, then the end-to-end suites meant for continuous integration. The last line is
// `N passed, N failed`, with real counts of test cases, for people and programs that read only that.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { EnsureError, ensure, main } from './ensure.mjs';
import { root, runNode, runTool, say } from './run.mjs';

const reports = path.join(root, 'tmp', 'reports');
const suites = path.join(root, 'e2e', 'run.mjs');

/** Prepares, runs everything, prints the counts. Resolves to the exit code. */
export async function test() {
  fs.mkdirSync(reports, { recursive: true });
  const parts = [];
  // Unit tests run from source and so say something even about code that does not compile; packed packages do not.
  if (await works(parts, { install: true })) {
    const built = await works(parts, { build: true, chromium: true });
    // Packing and installing is mostly waiting. What goes wrong there, the suites will meet again.
    const prepared = built ? runNode(suites, ['--prepare']) : undefined;
    parts.push(await unit());
    await prepared;
    if (built) parts.push(await endToEnd());
  }
  const passed = parts.reduce((sum, part) => sum + part.passed, 0);
  const failed = parts.reduce((sum, part) => sum + part.failed, 0);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** Whether the preparation worked. If not, it is said, and counts as one failure, so that the last line is true. */
async function works(parts, need) {
  try {
    await ensure(need);
    return true;
  } catch (error) {
    if (!(error instanceof EnsureError)) throw error;
    say(error.message);
    parts.push({ passed: 0, failed: 1 });
    return false;
  }
}

async function unit() {
  const report = path.join(reports, `vitest-${process.pid}.json`);
  say('unit tests (vitest)');
  const code = await runTool('vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  return countOrFail(report, code, (data) => ({
    passed: data.numPassedTests,
    failed: data.numFailedTests + brokenFiles(data),
  }));
}

/** Test files that did not even load have no failed test inside; each counts as one failure. */
function brokenFiles({ testResults }) {
  const noFailedCase = (file) => !file.assertionResults.some((one) => one.status === 'failed');
  return testResults.filter((file) => file.status === 'failed' && noFailedCase(file)).length;
}

async function endToEnd() {
  const report = path.join(reports, `e2e-${process.pid}.json`);
  say('end-to-end suites (e2e/run.mjs --ci)');
  const code = await runNode(suites, ['--ci', '--json', report]);
  return countOrFail(report, code, ({ passed, failed }) => ({ passed, failed }));
}

/** Counts from a report file. A runner that died without a report, or failed without naming a case, is one failure. */
function countOrFail(report, code, count) {
  if (!fs.existsSync(report)) return { passed: 0, failed: 1 };
  const result = count(JSON.parse(fs.readFileSync(report, 'utf8')));
  fs.rmSync(report);
  return code !== 0 && result.failed === 0 ? { ...result, failed: 1 } : result;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main(test);
