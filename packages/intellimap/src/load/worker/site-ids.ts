/** The site ids of one process. Only the transformer takes any; the drain reads how many there are. */
export interface SiteIds {
  /** First id that is free. */
  next: () => number;
  take: (count: number) => void;
}

/** @param shared Int32Array[0] = the next free id. */
export function createSiteIds(shared: SharedArrayBuffer): SiteIds {
  const counter = new Int32Array(shared);
  return {
    next: () => Atomics.load(counter, 0),
    take: (count) => void Atomics.add(counter, 0, count),
  };
}
