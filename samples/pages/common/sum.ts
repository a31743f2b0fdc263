import type { Line } from './cart.ts';

/** Adds up in another thread. */
export function sumElsewhere(lines: readonly Line[]): Promise<number> {
  const worker = new Worker(new URL('./sum.worker.ts', import.meta.url), { type: 'module' });
  return new Promise((done) => {
    worker.addEventListener('message', function answered({ data }: MessageEvent<number>) {
      worker.terminate();
      done(data);
    });
    worker.postMessage(lines);
  });
}
