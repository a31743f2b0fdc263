/**
 * Worker threads of the program are recorded too. They inherit our `--require` unless they are given an environment or
 * flags of their own; then we add it, and the worker's own probe hides it again.
 */
import workerThreads, { type WorkerOptions } from 'node:worker_threads';
import type { WorkerWatch } from '../wire/registry.ts';
import { whileShown, withOwn, type OwnEnvironment } from './environment.ts';
import { moreFrames, quietly, standsFor } from './patch.ts';
import { tidOf } from './thread-ids.ts';

// Taken now: programs delete globals.
const { construct } = Reflect;

/** @param watches more may be added later. */
export function followWorkers(own: OwnEnvironment, watches: WorkerWatch[]): void {
  const Original = workerThreads.Worker;
  const Followed = new Proxy(Original, {
    construct(target, args: unknown[], newTarget) {
      for (let at = 0; at < watches.length; at += 1) quietly(watches[at].starting);
      const { changed, shown } = quietly(() => prepare(args, own)) ?? { changed: args, shown: false };
      const make = (): object => construct(target, changed, newTarget) as object;
      const restore = moreFrames(shown ? 3 : 2);
      let worker: object;
      try {
        worker = shown ? whileShown(process.env, own, make) : make();
      } finally {
        restore();
      }
      quietly(() => watchEnd(worker as workerThreads.Worker, watches));
      return worker;
    },
  });
  quietly(() => {
    standsFor(Followed, Original);
    workerThreads.Worker = Followed;
    Object.defineProperty(Original.prototype, 'constructor', {
      value: Followed,
      writable: true,
      configurable: true,
    });
  });
}

function watchEnd(worker: workerThreads.Worker, watches: WorkerWatch[]): void {
  const tid = tidOf(worker);
  worker.once('exit', () => {
    for (let at = 0; at < watches.length; at += 1) quietly(() => watches[at].ended(tid));
  });
}

/** `shown`: Node reads the environment itself, so ours must be in it during the construction. */
function prepare(args: unknown[], own: OwnEnvironment): { changed: unknown[]; shown: boolean } {
  const options = args[1] as WorkerOptions | undefined;
  const env: unknown = options?.env;
  if (typeof env === 'object' && env !== null) {
    const result = [...args];
    result[1] = { ...options, env: withOwn({ ...env }, own) };
    return { changed: result, shown: false };
  }
  return { changed: args, shown: Array.isArray(options?.execArgv) };
}
