/**
 * tc39/test262, plain and recorded: whatever a test does, it does the same under IntelliMap. Whether it passes is not asked.
 *
 *   npm run e2e -- transparency --test262 <checkout> [--tier performance|minimal] [--node <binary>] [--only <part of a path>]
 *                                                    [--jobs n] [--harness] [--fresh]
 *
 * plan.mjs lists the runs, host-process.mjs executes batches of them in hosts (host.mjs), results.mjs keeps what came out under
 * tmp/test262, so that a second start goes on where the first one ended, and compare.mjs finds the differences. A difference
 * counts when it shows again in processes of its own.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compareAll, isSame } from './compare.mjs';
import { recordedCalls, runBatch } from './host-process.mjs';
import { knownReason } from './known.mjs';
import { plan } from './plan.mjs';
import { progress } from './progress.mjs';
import { reportLines, skippedLines } from './report.mjs';
import { openLog } from './results.mjs';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
/** What runs in a host; outcomes depend on them. */
const HOST_FILES = ['host.mjs', 'execute.mjs', 'modules.mjs', 'outcome.mjs', 'realm.mjs'];
const TIERS = ['performance', 'minimal'];
/** Runs of one host process. Files that Node loads share its realm, so few at a time. */
const BATCH = { context: 1000, file: 100 };
/** Differences looked at again, each side in a process of its own. */
const CONFIRMED = 300;

const OPTIONS = {
  tier: { type: 'string' },
  node: { type: 'string', default: process.execPath },
  only: { type: 'string' },
  jobs: { type: 'string', default: '2' },
  harness: { type: 'boolean', default: false },
  fresh: { type: 'boolean', default: false },
};

/**
 * @param {string[]} argv what follows `--test262`
 * @returns {Promise<{same: number, different: number, known: number, skipped: number}>} over all tiers; `known`: of the different ones
 */
export async function runTest262(argv) {
  const { values, positionals } = parseArgs({ args: argv, options: OPTIONS, allowPositionals: true });
  const [folder] = positionals;
  if (folder === undefined) throw new Error('--test262 <folder> names a checkout of tc39/test262');
  const corpus = resolve(folder);
  const { runs, skipped } = plan(corpus, values.only);
  const sides = sidesOf(values, corpus);
  const total = { same: 0, different: 0, known: 0, skipped: skipped.length };
  await runAll(sides.plain, runs);
  for (const tier of values.tier === undefined ? TIERS : [values.tier]) {
    const side = sides.recorded(tier);
    await prove(side, runs);
    await runAll(side, runs);
    await confirm(sides.plain, side, runs);
    const found = compareAll(runs, sides.plain.log, side.log);
    for (const line of reportLines(tier, found)) console.log(line);
    if (found.left.size > 0 && [...found.left.values()].reduce((a, b) => a + b) > runs.length / 10)
      throw new Error(
        'more than a tenth of the texts ran without being instrumented: this comparison proves little',
      );
    total.same += found.same;
    total.different += found.different.length;
    total.known += found.different.filter(knownReason).length;
  }
  for (const line of skippedLines(skipped)) console.log(line);
  return total;
}

/** A side is a way to run, and the log of what came out. Keys hold everything that an outcome depends on. */
function sidesOf({ node, jobs, harness, fresh }, corpus) {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: corpus, encoding: 'utf8' });
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' });
  const host = hashOf(HOST_FILES.map((name) => fileURLToPath(new URL(name, import.meta.url))));
  const key = `${commit.trim()}-${version.trim()}-${host}`;
  const folder = join(repository, 'tmp', 'test262', key);
  const make = (side, name) => ({
    side,
    setup: { node, corpus, harness, side, work: join(folder, `work-${process.pid}`) },
    jobs: Number(jobs),
    log: openLog(join(folder, `${name}.ndjson`), fresh),
  });
  const product = hashOf(
    ['intellimap', 'probe'].flatMap((name) => scriptsBelow(join(repository, 'packages', name, 'dist'))),
  );
  return {
    plain: make('plain', 'plain'),
    recorded: (tier) => make(tier, `${tier}${harness ? '-harness' : ''}-${product}`),
  };
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 8);
}

function scriptsBelow(folder) {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith('.js'))
    .toSorted()
    .map((name) => join(folder, name));
}

/** A comparison proves something when the recorded side is recorded. */
async function prove({ side, setup }, runs) {
  const some = runs.filter(({ mode }) => mode !== 'import').slice(0, 50);
  const calls = await recordedCalls({ ...setup, folder: `${setup.work}-proof` }, some);
  if (!(calls > 0)) throw new Error(`${side}: a recording of ${some.length} runs holds no calls`);
  console.log(`${side}: the recording of the first ${some.length} runs holds ${calls} calls`);
}

/** Runs what the log does not have yet, `jobs` batches at a time. */
async function runAll({ side, setup, jobs, log }, runs) {
  const missing = runs.filter(({ id }) => !log.has(id));
  if (missing.length === 0) return;
  const batches = batchesOf(missing);
  const tell = progress(side, missing.length);
  const worker = async (number) => {
    const folder = `${setup.work}-${number}`;
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
      log.add(await runBatch({ ...setup, folder }, batch));
      tell(batch.length);
    }
    rmSync(folder, { recursive: true, force: true });
  };
  mkdirSync(join(setup.work, '..'), { recursive: true });
  await Promise.all(Array.from({ length: jobs }, (_, number) => worker(number)));
}

function batchesOf(runs) {
  const batches = [];
  const isFile = ({ mode }) => mode === 'import';
  for (const [some, size] of [
    [runs.filter((run) => !isFile(run)), BATCH.context],
    [runs.filter(isFile), BATCH.file],
  ])
    for (let at = 0; at < some.length; at += size) batches.push(some.slice(at, at + size));
  return batches;
}

/** Both sides once more for each difference, alone: what depends on chance or on the tests before it is no difference. */
async function confirm(plain, recorded, runs) {
  const different = runs.filter(({ id }) => !isSame(plain.log.get(id), recorded.log.get(id)));
  const tell = progress(`${recorded.side}, differences again`, Math.min(different.length, CONFIRMED));
  const queue = different.slice(0, CONFIRMED);
  const worker = async (number) => {
    for (let run = queue.shift(); run !== undefined; run = queue.shift()) {
      for (const { setup, log } of [plain, recorded])
        log.add(await runBatch({ ...setup, folder: `${setup.work}-${number}` }, [run]));
      tell(1);
    }
    rmSync(`${plain.setup.work}-${number}`, { recursive: true, force: true });
  };
  await Promise.all(Array.from({ length: plain.jobs }, (_, number) => worker(number)));
}
