// The same tasks on three kinds of workers: piscina, tinypool (threads and processes) and worker_threads by hand.
import { once } from 'node:events';
import { MessageChannel, Worker, receiveMessageOnPort } from 'node:worker_threads';
import Piscina from 'piscina';
import { Tinypool } from 'tinypool';

const filename = new URL('tasks/tasks.mjs', import.meta.url).href;

const piscina = new Piscina({ filename, minThreads: 2, maxThreads: 2, env: { COLOUR: 'red' } });
console.log('sums', await Promise.all(Array.from({ length: 22 }, (_, n) => piscina.run({ n }, { name: 'fibonacci' }))));
console.log('error', await piscina.run('oops', { name: 'fail' }).catch(({ name, message, stack }) => [name, message, stack.split('\n').length > 1]));
const controller = new AbortController();
const aborted = piscina.run({ ms: 5000 }, { name: 'sleep', signal: controller.signal }).catch((error) => error.name);
controller.abort();
console.log('aborted', await aborted);
const { port1, port2 } = new MessageChannel();
const talked = once(port1, 'message');
await piscina.run({ port: port2 }, { name: 'talk', transferList: [port2] });
console.log('talked', (await talked)[0]);
port1.close();
const buffer = new Uint8Array([3, 1, 2]);
const back = await piscina.run(Piscina.move(buffer), { name: 'sorted' });
console.log('moved', [...back], buffer.byteLength, await piscina.run({}, { name: 'environment' }));
console.log('completed', piscina.completed, 'threads', piscina.threads.length);
await piscina.destroy();

for (const runtime of ['worker_threads', 'child_process']) {
  const pool = new Tinypool({ filename, runtime, minThreads: 1, maxThreads: 2, isolateWorkers: runtime === 'child_process' });
  console.log(runtime, await Promise.all([5, 10, 15].map((n) => pool.run({ n }, { name: 'fibonacci' }))));
  console.log(runtime, await pool.run('bad', { name: 'fail' }).catch(({ message }) => message));
  await pool.destroy();
}

const shared = new Int32Array(new SharedArrayBuffer(8));
const counters = [1, 2, 3].map((step) => new Worker(new URL('tasks/counter.cjs', import.meta.url), { workerData: { shared, step }, argv: ['--step', step], execArgv: [], name: `counter ${step}` }));
const exits = await Promise.all(counters.map((worker) => once(worker, 'exit')));
console.log('counted', shared[0], exits.flat());
const source = "const { parentPort } = require('node:worker_threads'); parentPort.once('message', (n) => { parentPort.postMessage(n * 2); process.exitCode = 4; });";
const inline = new Worker(source, { eval: true });
const inlineExit = once(inline, 'exit');
inline.postMessage(21);
console.log('inline', (await once(inline, 'message'))[0], (await inlineExit)[0]);
const failing = new Worker(new URL('tasks/failing.mjs', import.meta.url), { stderr: true });
const failingExit = new Promise((done) => failing.once('exit', done));
const [error] = await once(failing, 'error');
console.log('failed', error.message, error.stack.split('\n')[1].trim().replace(/file:.*\//, ''), await failingExit);
const sync = new MessageChannel();
sync.port1.postMessage({ deep: new Map([[1, new Set([2])]]) });
console.log(receiveMessageOnPort(sync.port2));
