/** How fast each sender may send: a bucket of bytes that fills again. Who is over takes a rest; what was read is taken. Pure. */
import { RecentMap } from '@intellimap/probe/wire';

/** What a request costs beside its bytes. */
export const REQUEST_COST = 4096;

export interface Rate {
  /** Bytes a second. */
  rate: number;
  /** Bytes that may come at once. */
  burst: number;
}

/** Two million events a second are 10 MiB: this is for who sends in a loop. */
export const RATE: Rate = { rate: 64 << 20, burst: 128 << 20 };

/** Senders that are known; the oldest of more begin anew. */
const MAX_SENDERS = 1024;

interface Bucket {
  left: number;
  at: number;
}

export class Senders {
  readonly #rate: Rate;
  readonly #buckets = new RecentMap<string, Bucket>(MAX_SENDERS);

  constructor(rate: Rate = RATE) {
    this.#rate = rate;
  }

  /** @param now µs. Returns for how many seconds nothing more is to come; 0: it may go on */
  charge(sender: string, bytes: number, now: number): number {
    const bucket = this.#filled(sender, now);
    bucket.left -= bytes;
    return this.#debt(bucket);
  }

  /** The same of a request that was not read yet, for which nothing is charged. */
  wait(sender: string, now: number): number {
    return this.#debt(this.#filled(sender, now));
  }

  #debt({ left }: Bucket): number {
    return left >= 0 ? 0 : -left / this.#rate.rate;
  }

  #filled(sender: string, now: number): Bucket {
    const { rate, burst } = this.#rate;
    const bucket = this.#buckets.get(sender);
    if (bucket === undefined) {
      const fresh = { left: burst, at: now };
      this.#buckets.set(sender, fresh);
      return fresh;
    }
    bucket.left = Math.min(burst, bucket.left + ((now - bucket.at) / 1e6) * rate);
    bucket.at = now;
    return bucket;
  }
}
