/** Gates that are timed: functions that are called rarely tell when they begin. Threads take it back where calls are near each other. */
import { Gate, type Ring } from '../wire/ring.ts';
import type { SiteId } from '../wire/words.ts';

// Taken now: programs delete globals.
const { compareExchange } = Atomics;
const { min } = Math;

/** Of the functions `[from … to)`, those that are open, and rare, are timed. */
export function timeGates(
  gates: Ring['gates'],
  from: SiteId,
  to: SiteId,
  isRare: (site: SiteId) => boolean,
): void {
  const end = min(to, gates.length);
  for (let site = from; site < end; site++)
    // Another thread may set it meanwhile.
    if (gates[site] === Gate.OPEN && isRare(site)) compareExchange(gates, site, Gate.OPEN, Gate.TIMED);
}
