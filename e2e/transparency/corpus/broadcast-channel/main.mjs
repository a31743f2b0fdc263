import { Worker, isMainThread, workerData, BroadcastChannel } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
const channel = new BroadcastChannel('intelli');
if (isMainThread) {
  const shared = new Int32Array(new SharedArrayBuffer(4));
  const message = new Promise((done) => {
    channel.onmessage = (e) => done(e.data);
  });
  const exit = new Promise((done) =>
    new Worker(fileURLToPath(import.meta.url), { workerData: shared }).on('exit', done),
  );
  console.log(await message, await exit, shared[0]);
  channel.close();
} else {
  Atomics.add(workerData, 0, 5);
  channel.postMessage({ hello: [1, 2] });
  channel.close();
}
