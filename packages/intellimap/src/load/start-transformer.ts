/** Starts the transformer, once a process: by its main thread, or by Node 20's hooks thread. Other threads end before the process does. */
import type { Worker } from 'node:worker_threads';
import { Bell, openPost } from './post.ts';
import type { LoadSettings } from './settings.ts';

// Taken now: programs delete globals.
const { compareExchange, load, store } = Atomics;

/** What the worker is given. */
export interface TransformerData {
  /** Of `postMemory`. */
  memory: SharedArrayBuffer;
  settings: LoadSettings;
  /** Int32Array[0] = next free site id of the process. */
  siteCounter: SharedArrayBuffer;
}

/** @param NativeWorker Node's own class. @param hidden makes a worker that the program does not see. */
export function transformerStarter(
  data: TransformerData,
  NativeWorker: typeof Worker,
  hidden: (make: () => Worker) => Worker,
): () => void {
  const { bell } = openPost(data.memory);
  const dead = (): void => void store(bell, Bell.DEAD, 1);
  return () => {
    if (load(bell, Bell.STARTED) === 1 || compareExchange(bell, Bell.STARTED, 0, 1) !== 0) return;
    try {
      const worker = hidden(
        () =>
          new NativeWorker(transformerFile, {
            name: 'intellimap-transformer',
            env: {},
            execArgv: [],
            argv: [],
            // Kept apart: a worker's output is otherwise piped into the program's streams, which opens them.
            stdout: true,
            stderr: true,
            workerData: data,
          }),
      );
      worker.unref();
      worker.on('error', dead);
      worker.on('exit', dead);
    } catch {
      dead();
    }
  };
}

const transformerFile = new URL('./transformer.cjs', import.meta.url);
