// node bench/_probes.mjs <settings as JSON>: one measurement of `probes`, in this process: a program with one alternative's probes, or plain.
// The last line is JSON: ms of each round of work, of the clock and of processors, and the result of it.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { partsOf } from './_calls.mjs';
import { timed } from './_figures.mjs';

const { file, work, code, alternative, seconds } = JSON.parse(process.argv[2]);

let hasWords = () => true;
const exports = await loaded();
const run = work === undefined ? ownWork() : await workOf(work);
const rounds = [];
let result;
for (const end = performance.now() + seconds * 1000; performance.now() < end || rounds.length < 5;) {
  const { result: now, ...times } = await timed(run);
  result = now;
  rounds.push(times);
}
if (!hasWords()) throw new Error('the ring is not as it ought to be');
console.log(JSON.stringify({ rounds, result, node: process.version }));

async function loaded() {
  if (alternative === undefined) return createRequire(file)(file);
  const { probesOf } = await import('./_alternatives.mjs');
  const { replace } = await import('./_replaced.mjs');
  const { probes, ...more } = probesOf(alternative);
  ({ hasWords } = more);
  return replace(file, fs.readFileSync(code, 'utf8'), probes);
}

function ownWork() {
  const parts = partsOf(exports, 60_000);
  return () => parts.map((part) => part.run()).join();
}

/** A program of bench/programs; its import is answered by what has been loaded. */
async function workOf(module) {
  const { prepare } = await import(pathToFileURL(module).href);
  const { default: imported } = await import(pathToFileURL(file).href);
  if (imported !== exports) throw new Error(`${module} has loaded ${file} once more`);
  return prepare();
}
