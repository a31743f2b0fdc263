/** Heap snapshots of a page: V8 collects garbage first, and the page stands still meanwhile. I/O: a session with the browser. */
import type { Cdp } from './protocol.ts';

/** A longer one is let go. */
const MAX_CHARACTERS = 1 << 30;

export class HeapSnapshots {
  readonly #cdp: Cdp;
  #parts: Buffer[] = [];
  #characters = 0;

  constructor(cdp: Cdp) {
    this.#cdp = cdp;
    cdp.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }: { chunk: string }) => {
      this.#characters += chunk.length;
      if (this.#characters <= MAX_CHARACTERS) this.#parts.push(Buffer.from(chunk));
    });
  }

  /** @throws where it is too large, or the page is gone */
  async take(): Promise<Buffer> {
    this.#parts = [];
    this.#characters = 0;
    await this.#cdp.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
    const whole = Buffer.concat(this.#parts);
    this.#parts = [];
    if (this.#characters > MAX_CHARACTERS)
      throw new Error(`the heap snapshot is longer than ${MAX_CHARACTERS >> 20} MiB`);
    return whole;
  }
}
