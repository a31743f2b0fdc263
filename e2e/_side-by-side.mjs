/** Suites at the same time, each in a process of its own: what one does to its process or its event loop is not the other's affair. */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

/** Suites at a time. Each keeps two thirds of a processor busy, and waits for something in between; on large machines, browsers want memory. */
const AT_ONCE = Math.min(availableParallelism() + 1, 6);
/** Seconds of a suite that says nothing. */
export const USUAL = 30;

const runner = fileURLToPath(new URL('run.mjs', import.meta.url));

/**
 * @typedef {object} Suite
 * @property {string} name
 * @property {boolean} [alone] it measures, or takes all processors: nothing else runs meanwhile
 * @property {number} [seconds] how long it takes, about: the longest begin first, or all would wait for one of them at the end
 */

/**
 * @param {Suite[]} suites
 * @param {(suite: Suite, isAlone: boolean) => Promise<void>} runOne
 */
export async function runAll(suites, runOne) {
  for (const suite of suites.filter(({ alone }) => alone)) await runOne(suite);
  const queue = suites
    .filter(({ alone }) => !alone)
    .toSorted((a, b) => (b.seconds ?? USUAL) - (a.seconds ?? USUAL));
  const work = async () => {
    for (let suite = queue.shift(); suite; suite = queue.shift()) await runOne(suite);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/**
 * Runs a suite as `run.mjs --part` does. What it prints appears at once when it is alone, else when it has ended, in one piece.
 * @param {Suite} suite
 * @param {string} consumer where the packages are installed
 * @returns {Promise<{ passed: number, failed: number, took: number, processors?: number }>} a process that ends without having said its counts is one case that failed. `took`: seconds, `processors`: of those
 */
export function runApart({ name, alone }, consumer) {
  const began = performance.now();
  return new Promise((done, fail) => {
    const output = alone ? 'inherit' : 'pipe';
    const child = fork(runner, ['--part', name, consumer], { stdio: ['ignore', output, output, 'ipc'] });
    const told = [];
    for (const stream of ['stdout', 'stderr'])
      child[stream]?.on('data', (bytes) => told.push({ stream, bytes }));
    let counts;
    child.on('message', (message) => (counts = message));
    child.on('error', fail);
    child.on('close', (code, signal) => {
      for (const { stream, bytes } of told) process[stream].write(bytes);
      if (!counts) console.log(`FAIL  ${name}  its process ended with ${signal ?? code}`);
      done(counts ?? { passed: 0, failed: 1, took: (performance.now() - began) / 1000 });
    });
  });
}
