/**
 * Threads of the recorder take numbers that workers of the program would have. The program sees each number less those of ours before
 * it, as `threadId` in a worker and on a `Worker`. Recordings have Node's own numbers.
 */
import { syncBuiltinESMExports } from 'node:module';
import workerThreads, { type Worker } from 'node:worker_threads';
import { quietly, standsFor } from './patch.ts';

// Taken now: programs delete globals, and `threadId` is about to change.
const { load, or } = Atomics;
const { apply } = Reflect;
const { isMainThread, threadId } = workerThreads;
const { prototype } = workerThreads.Worker;
const accessor = Object.getOwnPropertyDescriptor(prototype, 'threadId');
// oxlint-disable-next-line typescript/unbound-method -- called with Reflect.apply
const getter = accessor?.get as ((this: unknown) => number) | undefined;

/** A bit for each number. Threads beyond are numbered as Node does. */
const MAX_THREADS = 1 << 16;

export const threadIdMemory = (): SharedArrayBuffer => new SharedArrayBuffer(MAX_THREADS / 8);

/** Node's number of this thread; 0 is the main thread. */
export const tid = threadId;

/** Node's number of a worker; -1 when it has ended. */
export const tidOf = (worker: unknown): number =>
  getter === undefined ? (worker as Worker).threadId : apply(getter, worker, []);

/** @param memory of `threadIdMemory`, the same in all threads of the process. */
export class ThreadIds {
  readonly #own: Int32Array;
  #isMaking = false;

  constructor(memory: SharedArrayBuffer) {
    this.#own = new Int32Array(memory);
  }

  /** A thread of ours has this number. */
  own(id: number): void {
    if (id > 0 && id < MAX_THREADS) or(this.#own, id >>> 5, 1 << (id & 31));
  }

  /** Makes a thread of ours. */
  making<Made extends object>(make: () => Made): Made {
    this.#isMaking = true;
    try {
      const worker = make();
      this.own(tidOf(worker));
      return worker;
    } finally {
      this.#isMaking = false;
    }
  }

  /** What the accessor answers. Node keeps a port for each worker by that, from its making to its end: those of ours are not the program's. */
  answer(worker: unknown): number {
    const id = tidOf(worker);
    return this.#isMaking || (id > 0 && id < MAX_THREADS && this.#isOwn(id))
      ? MAX_THREADS + id
      : this.shown(id);
  }

  #isOwn(id: number): boolean {
    return ((load(this.#own, id >>> 5) >>> (id & 31)) & 1) === 1;
  }

  /** What the program sees of Node's number. */
  shown(id: number): number {
    let shown = id;
    for (let below = 1; below < id && below < MAX_THREADS; below += 1) if (this.#isOwn(below)) shown -= 1;
    return shown;
  }
}

/** Node itself asks the accessor, and keeps the ports for `postMessageToThread` under the numbers that the program sees. */
export function hideThreadIds(ids: ThreadIds): void {
  if (!isMainThread) {
    (workerThreads as { threadId: number }).threadId = ids.shown(tid);
    syncBuiltinESMExports();
  }
  if (getter !== undefined)
    quietly(() => {
      const get = new Proxy(getter, { apply: (_, worker) => ids.answer(worker) });
      standsFor(get, getter);
      Object.defineProperty(prototype, 'threadId', { ...accessor, get });
    });
}
