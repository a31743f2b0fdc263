/** Many programs in one process, and what its recording and its own log say of them. */
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { programOf } from './program.mjs';

const logFile = fileURLToPath(new URL('log.cjs', import.meta.url));

/** Starts programs one after the other, or together; some of them in a worker thread. It is not recorded. */
const MAIN = `// intellimap-ignore-file
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { fresh, settled } from 'truth-log';
const { here, there, together } = isMainThread ? JSON.parse(process.argv[2]) : workerData;
const one = async (file) => {
  const { run } = await import('./' + file);
  fresh();
  await run(1).catch(() => {});
};
if (there.length > 0) await new Promise((done) => new Worker(new URL(import.meta.url), { workerData: { here: there, there: [], together } }).on('exit', done));
if (together) await Promise.all(here.map(one));
else for (const file of here) await one(file);
await settled();
`;

/**
 * @param {string} folder empty
 * @param {number[]} seeds
 * @param {boolean} strict
 * @returns {{ programs: import('./program.mjs').Program[], plan: string }}
 */
export function writeBatch(folder, seeds, strict) {
  const log = join(folder, 'node_modules', 'truth-log');
  mkdirSync(log, { recursive: true });
  cpSync(logFile, join(log, 'index.js'));
  writeFileSync(join(log, 'package.json'), '{ "name": "truth-log", "version": "1.0.0" }');
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  writeFileSync(join(folder, 'main.mjs'), MAIN);
  const families = seeds.map((seed) => ({ seed, files: programOf(seed, strict) }));
  const programs = families.flatMap(({ seed, files }) => files.map((file) => ({ seed, ...file })));
  for (const { file, text } of programs) writeFileSync(join(folder, file), text);
  const starts = families.map(({ files }) => files[0].file);
  const share = seeds.length > 4 ? Math.ceil(seeds.length / 8) : 0;
  const plan = { here: starts.slice(share), there: starts.slice(0, share), together: seeds[0] % 2 === 1 };
  return { programs, plan: JSON.stringify(plan) };
}

/** @returns {unknown[][][]} log of each thread, in the order in which they started */
export function logsIn(folder) {
  const tidOf = (file) => Number(/^truth-(\d+)\.json$/.exec(file)?.[1] ?? -1);
  const files = readdirSync(folder).filter((file) => tidOf(file) >= 0);
  return files
    .toSorted((a, b) => tidOf(a) - tidOf(b))
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
}
