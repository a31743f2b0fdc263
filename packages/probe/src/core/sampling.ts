/** Which of many tasks are kept: a share of them, that goes down while there is too much to write, and up again. Pure. */

type Micros = number;

/** A rate from above 0 to 1, or one that follows what the disk has to take. */
export type SampleRate = number | 'auto';

/** What `auto` lets a process write, in bytes a second; beyond, the rate is halved. */
export const AUTO_BYTES_PER_SECOND = 256 * 1024;
/** There is room for twice as much when less than this part of it is written. */
const ROOM = 0.4;
/** The rate is held against the limit as often as that. */
const LOOK_MICROS = 1_000_000;
const MIN_RATE = 1 / 1024;

/** Whether the nth task of a thread is kept: the same in each run. */
export function isSampled(nth: number, thread: number, rate: number): boolean {
  if (rate >= 1) return true;
  let hash = Math.imul(nth ^ Math.imul(thread + 1, 0x9e3779b1), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 13), 0x27d4eb2f);
  return (hash ^ (hash >>> 16)) >>> 0 < rate * 2 ** 32;
}

export class Sampling {
  /** Undefined: nobody asked for it. */
  asked: SampleRate | undefined;
  rate = 1;
  #before: { micros: Micros; bytes: number } | undefined;

  /** Returns why the rate is another one now; undefined: it is not. */
  set(asked: SampleRate): string | undefined {
    if (asked === this.asked) return undefined;
    this.asked = asked;
    this.#before = undefined;
    if (asked !== 'auto') this.rate = asked;
    return `sample ${asked}`;
  }

  /** The same, of one that follows what was written. @param bytes of the process so far */
  look(micros: Micros, bytes: number): string | undefined {
    if (this.asked !== 'auto') return undefined;
    const before = (this.#before ??= { micros, bytes });
    if (micros - before.micros < LOOK_MICROS) return undefined;
    this.#before = { micros, bytes };
    const perSecond = ((bytes - before.bytes) * 1e6) / (micros - before.micros);
    if (perSecond > AUTO_BYTES_PER_SECOND && this.rate > MIN_RATE) this.rate /= 2;
    else if (perSecond < AUTO_BYTES_PER_SECOND * ROOM && this.rate < 1)
      this.rate = Math.min(1, this.rate * 2);
    else return undefined;
    return `auto: ${inKib(perSecond)} KiB a second were written, of ${inKib(AUTO_BYTES_PER_SECOND)}`;
  }
}

const inKib = (bytes: number): number => Math.round(bytes / 1024);
