/**
 * Threads of the recorder take numbers that workers of the program would have. The program's are numbered anew, in the order in which they are
 * made, and keep that number: as `threadId` in a worker and on a `Worker`. Recordings have Node's own numbers.
 */
import { syncBuiltinESMExports } from 'node:module';
import workerThreads, { type Worker } from 'node:worker_threads';
import { quietly, standsFor } from './patch.ts';

// Taken now: programs delete globals, and `threadId` is about to change.
const { add, compareExchange, load } = Atomics;
const { apply } = Reflect;
const { isMainThread, threadId } = workerThreads;
const { prototype } = workerThreads.Worker;
const accessor = Object.getOwnPropertyDescriptor(prototype, 'threadId');
// oxlint-disable-next-line typescript/unbound-method -- called with Reflect.apply
const getter = accessor?.get as ((this: unknown) => number) | undefined;

/** Threads beyond are numbered as Node does. */
const MAX_THREADS = 1 << 16;

/** First field: how many threads the program has had. The others, by Node's number: 0, nobody asked so far; OWN; or the program's number. */
export const threadIdMemory = (): SharedArrayBuffer => new SharedArrayBuffer(MAX_THREADS * 4);
const OWN = -1;

/** Node's number of this thread; 0 is the main thread. */
export const tid = threadId;

/** Node's number of a worker; -1 when it has ended. */
export const tidOf = (worker: unknown): number =>
  getter === undefined ? (worker as Worker).threadId : apply(getter, worker, []);

/** @param memory of `threadIdMemory`, the same in all threads of the process. */
export class ThreadIds {
  readonly #known: Int32Array;
  #isMaking = false;

  constructor(memory: SharedArrayBuffer) {
    this.#known = new Int32Array(memory);
  }

  /** A thread of ours has this number, unless it is known to be the program's. */
  own(id: number): void {
    if (id > 0 && id < MAX_THREADS) compareExchange(this.#known, id, 0, OWN);
  }

  /** Makes a thread of ours. */
  making<Made extends object>(make: () => Made): Made {
    return this.apart(() => {
      const worker = make();
      this.own(tidOf(worker));
      return worker;
    });
  }

  /** Threads that are made meanwhile are ours. */
  apart<Result>(action: () => Result): Result {
    const before = this.#isMaking;
    this.#isMaking = true;
    try {
      return action();
    } finally {
      this.#isMaking = before;
    }
  }

  /**
   * What the accessor answers. Node keeps a port for each worker by that, from its making, when it asks first, to its end: the answer stays
   * the same. Those of ours are not the program's.
   */
  answer(worker: unknown): number {
    const id = tidOf(worker);
    if (this.#isMaking) this.own(id);
    return this.shown(id);
  }

  /** What the program sees of Node's number; of ours, one that none of its threads has. */
  shown(id: number): number {
    if (id <= 0 || id >= MAX_THREADS) return id;
    const known = load(this.#known, id);
    if (known !== 0) return known === OWN ? -1 - id : known;
    const next = add(this.#known, 0, 1) + 1;
    const other = compareExchange(this.#known, id, 0, next);
    return other === 0 ? next : this.shown(id);
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
