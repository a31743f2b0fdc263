import { parentPort } from 'node:worker_threads';
function answer(x: number): number {
  return x * 2;
}
parentPort!.postMessage(answer(21));
