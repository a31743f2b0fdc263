// One worker, for one thing.
import { Worker } from 'node:worker_threads';

export function compress(file: string) {
  const worker = new Worker('./compress.js', { workerData: file });
  return new Promise((resolve, reject) => {
    worker.on('message', resolve);
    worker.on('error', reject);
  });
}
