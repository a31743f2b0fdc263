/** The site ids of one process, shared by all of its threads and its hooks thread. */

// Taken now: programs delete globals.
const { add, compareExchange, load } = Atomics;

export interface SiteIds {
  /** First id that is free now. */
  next: () => number;
  /** Takes `count` ids from `base` on; false when somebody was faster. */
  take: (base: number, count: number) => boolean;
  /** Takes the next `count` ids, wherever they begin. */
  reserve: (count: number) => number;
}

/** @param shared Int32Array[0] = the next free id. */
export function createSiteIds(shared: SharedArrayBuffer): SiteIds {
  const counter = new Int32Array(shared);
  return {
    next: () => load(counter, 0),
    take: (base, count) => compareExchange(counter, 0, base, base + count) === base,
    reserve: (count) => add(counter, 0, count),
  };
}
