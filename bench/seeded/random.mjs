/** Seeded choices: the same seed makes the same repositories. */

/** @returns {() => number} 0 … 1 (mulberry32) */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export const pick = (random, list) => list[Math.floor(random() * list.length)];

/** `count` different ones, in the order of the list. */
export function some(random, list, count) {
  const rest = list.map((each, index) => [random(), index, each]).toSorted((a, b) => a[0] - b[0]);
  return rest
    .slice(0, count)
    .toSorted((a, b) => a[1] - b[1])
    .map(([, , each]) => each);
}

export const upper = (word) => word[0].toUpperCase() + word.slice(1);

export const DOMAINS = ['order', 'invoice', 'parcel', 'ticket', 'voucher', 'account', 'product', 'supplier', 'booking', 'review', 'contract', 'payment', 'shelf', 'courier', 'refund', 'basket', 'tariff', 'member', 'device', 'report']; // prettier-ignore
export const VERBS = ['archive', 'merge', 'split', 'audit', 'rotate', 'compress', 'translate', 'estimate', 'forecast', 'reconcile', 'backfill', 'deduplicate', 'anonymise', 'migrate', 'snapshot', 'throttle', 'reindex', 'escalate']; // prettier-ignore
