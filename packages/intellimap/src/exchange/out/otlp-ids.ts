/** Ids of spans and traces: the same for the same run, however often it is exported, and others for another one. */
import { createHash } from 'node:crypto';

/** Numbers of one kind (the calls of a thread, say) → ids of 8 bytes. A hash for each of a million would take seconds. */
export class SpanIds {
  readonly #low: number;
  readonly #high: number;

  /** @param names what the numbers count: run, thread, kind */
  constructor(...names: (string | number)[]) {
    const seed = createHash('sha256').update(JSON.stringify(names)).digest();
    this.#low = seed.readUInt32LE(0);
    this.#high = seed.readUInt32LE(4);
  }

  /** 16 hex digits; differs for any two numbers that differ by less than 2^32. */
  of(number: number): string {
    const low = mixed((number ^ this.#low) >>> 0);
    const high = mixed((low ^ this.#high ^ Math.floor(number / 2 ** 32)) >>> 0);
    // No id is zero.
    return hex(high) + hex(high === 0 && low === 0 ? 1 : low);
  }
}

/** 32 hex digits. */
export const traceId = (...names: (string | number)[]): string =>
  createHash('sha256').update(JSON.stringify(names)).digest('hex').slice(0, 32);

const hex = (word: number): string => word.toString(16).padStart(8, '0');

/** MurmurHash3's last step: each bit of 32 changes all others, and no two words become the same. */
function mixed(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
