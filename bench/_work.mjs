// node bench/_work.mjs <program> <seconds> [<rounds>]: a program of bench/programs does its work again and again for so many seconds, or
// exactly so many rounds, in this process. Run in bench/programs. The last line is JSON: times of loading, and of each round, in ms.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { timed } from './_figures.mjs';

const [program, seconds, exactly] = process.argv.slice(2);

const started = performance.now();
const { prepare } = await import(pathToFileURL(path.resolve('work', `${program}.mjs`)).href);
const work = await prepare();
const loadMs = performance.now() - started;

const rounds = [];
let result;
const end = performance.now() + seconds * 1000;
const goesOn = () =>
  exactly === undefined ? performance.now() < end || rounds.length < 3 : rounds.length < exactly;
while (goesOn()) {
  const { result: now, ...times } = await timed(work);
  rounds.push(times);
  if (result !== undefined && now !== result) throw new Error(`${now} after ${result}`);
  result = now;
}
console.log(JSON.stringify({ loadMs, rounds, result }));
