/**
 * Worker threads of the program are recorded too. They inherit our `--require` unless they are given an environment or
 * flags of their own; then we add it, and the worker's own probe hides it again.
 */
import workerThreads, { type WorkerOptions } from 'node:worker_threads';
import type { Ring } from '../wire/ring.ts';
import type { WorkerWatch } from '../wire/registry.ts';
import { whileShown, withOwn, type OwnEnvironment } from './environment.ts';
import { moreFrames, quietly, standsFor } from './patch.ts';
import { tidOf } from './thread-ids.ts';

// Taken now: programs delete globals.
const { construct } = Reflect;

/** How a worker that is about to start gets its ring. */
export interface RingLender {
  /** The worker that is made next in this thread takes it. */
  lend: () => Ring | undefined;
  /** That worker is made, or will not be. */
  lent: () => void;
  /** Whoever had it has ended. */
  giveBack: (ring: Ring) => void;
}

/** @param watches more may be added later. @param rings absent: nothing of this process is recorded */
export function followWorkers(own: OwnEnvironment, watches: WorkerWatch[], rings?: RingLender): void {
  const Original = workerThreads.Worker;
  const Followed = new Proxy(Original, {
    construct(target, args: unknown[], newTarget) {
      for (let at = 0; at < watches.length; at += 1) quietly(watches[at].starting);
      const { changed, shown } = quietly(() => prepare(args, own)) ?? { changed: args, shown: false };
      const make = (): object => construct(target, changed, newTarget) as object;
      const ring = rings && quietly(rings.lend);
      const restore = moreFrames(shown ? 3 : 2);
      let worker: object | undefined;
      try {
        worker = shown ? whileShown(process.env, own, make) : make();
      } finally {
        restore();
        if (rings !== undefined) quietly(rings.lent);
        if (worker === undefined && ring !== undefined) quietly(() => rings?.giveBack(ring));
      }
      quietly(() => watchEnd(worker as workerThreads.Worker, watches, () => ring && rings?.giveBack(ring)));
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

function watchEnd(worker: workerThreads.Worker, watches: WorkerWatch[], last: () => void): void {
  const tid = tidOf(worker);
  worker.once('exit', () => {
    for (let at = 0; at < watches.length; at += 1) quietly(() => watches[at].ended(tid));
    quietly(last);
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
