// It keeps anything by key, and forgets.
export class LruCache<V> {
  #entries = new Map<string, V>();

  get(key: string) {
    return this.#entries.get(key);
  }

  set(key: string, value: V) {
    this.#entries.set(key, value);
  }

  delete(key: string) {
    this.#entries.delete(key);
  }
}
