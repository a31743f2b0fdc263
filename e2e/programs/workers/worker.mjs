import { parentPort, workerData } from 'node:worker_threads';
import { share } from './shared.mjs';

function work(n) {
  let sum = 0;
  for (let i = 0; i < n; i += 1) sum += share(i);
  return sum;
}

parentPort.postMessage(`${work(workerData)}:${Object.keys(process.env).includes('ONLY') ? Object.keys(process.env).join() : 'env'}`);
