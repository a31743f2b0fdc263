// Workers are ended in the middle of loading their modules, more of them at once than there are places to ask for a text.
import { Worker } from 'node:worker_threads';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const busy = new URL('./busy.cjs', import.meta.url);
const codes = [];
for (let round = 0; round < 3; round++) {
  const workers = Array.from({ length: 24 }, (_, at) => new Worker(busy, { workerData: `${round}-${at}` }));
  await Promise.race(workers.map((worker) => once(worker, 'message')));
  await sleep(round * 5);
  codes.push(...(await Promise.all(workers.map((worker) => worker.terminate()))));
}
console.log(codes.length, codes.every((code) => code === 0 || code === 1));
console.log(require('./module.cjs').name('main'));
const last = new Worker(new URL('./last.cjs', import.meta.url));
// Both may come at once.
console.log(...(await Promise.all([once(last, 'message'), once(last, 'exit')])));
