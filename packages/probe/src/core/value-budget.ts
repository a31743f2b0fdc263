/** How much looking at values may cost a thread, and who is looked at when that is not enough. */
import type { ValueBudget } from '../wire/registry.ts';
import { LET_GO } from '../wire/ring.ts';
import type { SiteId } from '../wire/words.ts';
import { uncurried } from './intrinsics.ts';

/** Positions of values are 31 bits. */
export const MAX_VALUE_BYTES = 2 ** 31 - 2 ** 24;

/** Looking may begin with so much time, in µs: programs are short, and their first calls cost most. */
const START_MICROS = 100_000;

type Micros = number;

export interface Spending {
  /** A call of the function begins: shall it not be looked at? */
  refusesCall: (site: SiteId) => boolean;
  /** Place in `LET_GO` of what is used up; -1: nothing is. */
  refuses: (now: Micros) => number;
  spend: (bytes: number, micros: Micros) => void;
}

const BYTES = LET_GO.indexOf('bytes');
const RATE = LET_GO.indexOf('rate');
const TIME = LET_GO.indexOf('time');

const { clz32, min } = Math;
// oxlint-disable-next-line typescript/unbound-method -- bound to `call`
const copy = uncurried<(to: Uint32Array, from: Uint32Array) => void>(Uint32Array.prototype.set);
const Counts = Uint32Array;

/** @param now low 32 bits of a clock in µs */
export function createSpending({ calls, rate, bytes, share }: ValueBudget, now: Micros): Spending {
  const limit = bytes > 0 ? min(bytes, MAX_VALUE_BYTES) : MAX_VALUE_BYTES;
  let hits = new Counts(1 << 10);
  let last = now | 0;
  let spent = 0;
  let bytesLeft = rate;
  let microsLeft = START_MICROS;

  const refill = (time: Micros): void => {
    const elapsed = (time - last) | 0;
    if (elapsed <= 0) return;
    last = time | 0;
    bytesLeft = min(rate, bytesLeft + (elapsed * rate) / 1e6);
    microsLeft = min(START_MICROS, microsLeft + (elapsed * share) / 100);
  };

  return {
    refusesCall(site) {
      if (calls === 0) return false;
      if (site >= hits.length) {
        const more = new Counts(site * 2);
        copy(more, hits);
        hits = more;
      }
      const hit = ++hits[site];
      if (hit <= calls) return false;
      const step = 1 << (32 - clz32((hit / calls) | 0));
      return hit % step !== 0;
    },
    refuses(time) {
      if (spent >= limit) return BYTES;
      refill(time);
      if (rate > 0 && bytesLeft <= 0) return RATE;
      return share > 0 && microsLeft <= 0 ? TIME : -1;
    },
    spend(more, micros) {
      spent += more;
      bytesLeft -= more;
      microsLeft -= micros;
    },
  };
}
