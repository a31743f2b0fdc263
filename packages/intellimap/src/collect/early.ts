/** Batches that came before one in front of them: beacons overtake each other. They wait in memory, not acknowledged, and not for ever. */
import type { Batch } from '@intellimap/probe/wire';

/** Of a thread. */
const MAX_BATCHES = 64;
/** Of all of them. */
const MAX_BYTES = 32 << 20;
/** µs that the ones before are waited for. */
export const PATIENCE = 30_000_000;

interface Waiting {
  batches: Map<number, { batch: Batch; bytes: number }>;
  since: number;
}

export class Early {
  readonly #threads = new Map<string, Waiting>();
  #bytes = 0;

  /** @param now µs. false: there is no room */
  add(session: string, batch: Batch, bytes: number, now: number): boolean {
    const { seq } = batch.head;
    const waiting = this.#threads.get(session) ?? { batches: new Map(), since: now };
    if (waiting.batches.has(seq)) return true;
    if (waiting.batches.size >= MAX_BATCHES || this.#bytes + bytes > MAX_BYTES) return false;
    waiting.batches.set(seq, { batch, bytes });
    this.#threads.set(session, waiting);
    this.#bytes += bytes;
    return true;
  }

  /** Takes out one batch. */
  take(session: string, seq: number): Batch | undefined {
    const waiting = this.#threads.get(session);
    const found = waiting?.batches.get(seq);
    if (waiting === undefined || found === undefined) return undefined;
    this.#bytes -= found.bytes;
    waiting.batches.delete(seq);
    if (waiting.batches.size === 0) this.#threads.delete(session);
    return found.batch;
  }

  /** Takes out all of the threads that have waited since before `until`, in order. */
  *late(until: number): Generator<{ session: string; batches: Batch[] }> {
    for (const [session, { batches, since }] of this.#threads) {
      if (since > until) continue;
      this.#threads.delete(session);
      const entries = [...batches].toSorted(([a], [b]) => a - b);
      for (const [, { bytes }] of entries) this.#bytes -= bytes;
      yield { session, batches: entries.map(([, { batch }]) => batch) };
    }
  }
}
