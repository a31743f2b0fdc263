// A small pool of worker threads. Jobs wait in one queue; a worker has one job at a time.

import { Worker } from 'node:worker_threads';

const ENTRY = new URL('./worker.mjs', import.meta.url);

export class WorkerPool {
  #idle = [];
  #busy = new Map();
  #queue = [];
  #closing = false;
  #onDrained;

  constructor(size) {
    for (let n = 0; n < size; n += 1) this.#start();
  }

  get stats() {
    return { idle: this.#idle.length, busy: this.#busy.size, queued: this.#queue.length };
  }

  /** Runs one of the tasks in workers/tasks with a payload that can be cloned; resolves to its result. */
  run(task, payload) {
    if (this.#closing) return Promise.reject(new Error('the worker pool is closed'));
    return new Promise((resolve, reject) => {
      this.#queue.push({ task, payload, resolve, reject });
      this.#dispatch();
    });
  }

  /** Finishes the jobs that wait or run, then lets every thread end by itself. */
  async close() {
    this.#closing = true;
    await new Promise((resolve) => {
      this.#onDrained = resolve;
      this.#tellWhenDrained();
    });
    await Promise.all(this.#idle.map((worker) => dismiss(worker)));
  }

  #start() {
    const worker = new Worker(ENTRY);
    // An idle pool must not keep the process alive.
    worker.unref();
    worker.on('message', (message) => this.#finish(worker, message));
    worker.on('error', (error) => this.#replace(worker, error));
    this.#idle.push(worker);
  }

  #dispatch() {
    while (this.#queue.length > 0 && this.#idle.length > 0) {
      const worker = this.#idle.pop();
      const job = this.#queue.shift();
      this.#busy.set(worker, job);
      worker.ref();
      worker.postMessage({ task: job.task, payload: job.payload });
    }
  }

  #finish(worker, { result, failure }) {
    const job = this.#busy.get(worker);
    this.#busy.delete(worker);
    worker.unref();
    this.#idle.push(worker);
    if (failure) job.reject(Object.assign(new Error(failure.message), { name: failure.name }));
    else job.resolve(result);
    this.#dispatch();
    this.#tellWhenDrained();
  }

  /** A thread that died takes its job with it, not the pool. */
  #replace(worker, error) {
    const job = this.#busy.get(worker);
    this.#busy.delete(worker);
    this.#idle = this.#idle.filter((other) => other !== worker);
    job?.reject(error);
    // A thread that died without a job would die again: replacing it could go on for ever.
    if (job) this.#start();
    else if (this.#isEmpty) this.#rejectWaiting(error);
    this.#dispatch();
    this.#tellWhenDrained();
  }

  get #isEmpty() {
    return this.#idle.length + this.#busy.size === 0;
  }

  #rejectWaiting(error) {
    for (const job of this.#queue.splice(0)) job.reject(error);
  }

  #tellWhenDrained() {
    if (this.#busy.size === 0 && this.#queue.length === 0) this.#onDrained?.();
  }
}

function dismiss(worker) {
  return new Promise((resolve) => {
    worker.ref();
    worker.once('exit', resolve);
    worker.postMessage({ task: 'exit' });
  });
}
