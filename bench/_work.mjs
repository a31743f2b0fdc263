// node bench/_work.mjs <program> <seconds>: a program of bench/programs does its work again and again for so many seconds, in this
// process. Run in bench/programs. The last line is JSON: times of loading, and of each round, in ms.
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [program, seconds] = process.argv.slice(2);
const cpuMs = (since) => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
};

const started = performance.now();
const { prepare } = await import(pathToFileURL(path.resolve('work', `${program}.mjs`)).href);
const work = await prepare();
const loadMs = performance.now() - started;

const rounds = [];
let result;
const end = performance.now() + seconds * 1000;
while (performance.now() < end || rounds.length < 3) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const now = await work();
  const wall = performance.now() - start;
  rounds.push({ at: start - started, wall, cpu: cpuMs(cpu) });
  if (result !== undefined && now !== result) throw new Error(`${now} after ${result}`);
  result = now;
}
console.log(JSON.stringify({ program, loadMs, rounds, result, rss: process.memoryUsage.rss() }));
