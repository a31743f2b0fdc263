import { Worker } from 'node:worker_threads';
import { join } from 'node:path';
import { share } from './shared.mjs';

function ask(file, data, options = {}) {
  return new Promise((done, fail) => {
    const worker = new Worker(new URL(file, import.meta.url), { workerData: data, ...options });
    worker.on('message', done);
    worker.on('error', fail);
  });
}

const answers = await Promise.all([
  ask('./worker.mjs', 10),
  ask('./worker.mjs', 20, { env: { ONLY: 'this' } }),
  ask('./worker.cjs', 5, { execArgv: ['--no-warnings'] }),
]);
share(0);
console.log(answers.join(' '), typeof join);
