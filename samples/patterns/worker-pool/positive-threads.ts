// As many threads as there are processors, and a queue.
import { Worker } from 'node:worker_threads';
import { availableParallelism } from 'node:os';

export class Pool {
  #idle: Worker[] = [];
  #queue: unknown[] = [];

  constructor(file: string) {
    for (let n = 0; n < availableParallelism(); n++) {
      const worker = new Worker(file);
      worker.on('message', () => this.#next(worker));
      this.#idle.push(worker);
    }
  }

  run(task: unknown) {
    this.#queue.push(task);
    const worker = this.#idle.pop();
    if (worker) this.#next(worker);
  }

  #next(worker: Worker) {
    const task = this.#queue.shift();
    if (task === undefined) this.#idle.push(worker);
    else worker.postMessage(task);
  }
}
