/** Property graphs of many files, made on all processors but for what is little. I/O: threads, and what they read. */
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Done } from './file/of-tree.ts';
import { graphOfFile, type Job } from './property/read-file.ts';

/** Bytes of text from which on threads are worth their start. */
const MANY_BYTES = 1 << 20;
/** More would wait for whoever takes what they made. */
const MAX_THREADS = 8;

export interface SizedJob extends Job {
  bytes: number;
}

/**
 * In no order. A thread reads the next file while what it made of the last one is written down, and begins no other before that: no more is held than two graphs a thread.
 * @throws Error when a thread dies, for want of memory say
 */
export async function* graphsOf(jobs: readonly SizedJob[]): AsyncGenerator<Done> {
  const bytes = jobs.reduce((sum, job) => sum + job.bytes, 0);
  const threads = Math.min(availableParallelism(), MAX_THREADS, jobs.length);
  if (bytes < MANY_BYTES || threads < 2) for (const job of jobs) yield graphOfFile(job);
  // The largest first: nobody waits for it in the end.
  else
    yield* inThreads(
      jobs.toSorted((a, b) => b.bytes - a.bytes),
      threads,
    );
}

async function* inThreads(jobs: readonly Job[], threads: number): AsyncGenerator<Done> {
  const queue = jobs.values();
  const workers = Array.from({ length: threads }, () => new Worker(file));
  try {
    const pending = new Map<Worker, Promise<[Worker, Done]>>();
    const next = (worker: Worker): void => {
      const { value: job, done } = queue.next();
      if (done === true) return void pending.delete(worker);
      const answer = answerOf(worker);
      // Who is asked for the next file hears of it.
      answer.catch(() => {});
      pending.set(worker, answer);
      worker.postMessage(job);
    };
    workers.forEach(next);
    while (pending.size > 0) {
      const [worker, done] = await Promise.race(pending.values());
      next(worker);
      yield done;
    }
  } finally {
    for (const worker of workers) void worker.terminate();
  }
}

async function answerOf(worker: Worker): Promise<[Worker, Done]> {
  // Rejects on "error".
  const [done] = (await once(worker, 'message')) as [Done];
  return [worker, done];
}

/** Also from where the command is bundled, which lies as deep. */
const file = new URL('../graph/property/worker.js', import.meta.url);
