/** A session that does not wait for pages which crashed, or hang: what is asked of them fails. I/O: a session with the browser. */
import type { Cdp } from './protocol.ts';

/** ms that an answer may take; a snapshot of the heap takes longer. */
const PATIENCE_MS = 10_000;
const LONG_MS = 120_000;

export function answering(cdp: Cdp): Cdp {
  let crash: (error: Error) => void = () => {};
  const crashed = new Promise<never>((_, reject) => {
    crash = reject;
  });
  // Nobody may be asking when it happens.
  crashed.catch(() => {});
  cdp.on('Inspector.targetCrashed', () => crash(new Error('the page crashed')));
  return {
    async send(method, params) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        const patience = method === 'HeapProfiler.takeHeapSnapshot' ? LONG_MS : PATIENCE_MS;
        timer = setTimeout(() => reject(new Error('the page did not answer')), patience);
      });
      try {
        return await Promise.race([cdp.send(method, params), crashed, late]);
      } finally {
        clearTimeout(timer);
      }
    },
    on: (event, heard) => cdp.on(event, heard),
    detach: async () => await Promise.race([cdp.detach(), crashed]),
  };
}
