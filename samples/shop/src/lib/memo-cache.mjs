/**
 * Remembers the promise of each key, so that two requests for the same thing at the same time share
 * one computation. A failure is forgotten at once. Entries are never evicted: use it only where the
 * number of keys is bounded by the data, as with one thumbnail per product and size.
 */
export class MemoCache {
  #promises = new Map();

  get(key, compute) {
    const known = this.#promises.get(key);
    if (known) return known;
    const promise = compute();
    this.#promises.set(key, promise);
    promise.catch(() => this.#promises.delete(key));
    return promise;
  }
}
