/**
 * A map of what came last: the youngest `limit` entries are in it, and up to as many older ones. To delete the first entry of a `Map` again and
 * again takes 2 to 10 µs each, as V8 goes over what was deleted before it; here old entries go all at once.
 */
export class RecentMap<Key, Value> {
  private readonly limit: number;
  private readonly forgotten: ((value: Value) => void) | undefined;
  private young = new Map<Key, Value>();
  private old = new Map<Key, Value>();

  /** @param forgotten is told of each value that goes because it is old, the oldest first */
  constructor(limit: number, forgotten?: (value: Value) => void) {
    this.limit = limit;
    this.forgotten = forgotten;
  }

  get size(): number {
    return this.young.size + this.old.size;
  }

  get(key: Key): Value | undefined {
    return this.young.get(key) ?? this.old.get(key);
  }

  has(key: Key): boolean {
    return this.young.has(key) || this.old.has(key);
  }

  /** The entry is the youngest from now on. */
  set(key: Key, value: Value): void {
    this.delete(key);
    this.young.set(key, value);
    if (this.young.size < this.limit) return;
    const gone = this.old;
    this.old = this.young;
    this.young = new Map();
    if (this.forgotten !== undefined) gone.forEach(this.forgotten);
  }

  delete(key: Key): void {
    if (!this.young.delete(key)) this.old.delete(key);
  }

  clear(): void {
    this.young.clear();
    this.old.clear();
  }

  /** The oldest first. */
  values(): Value[] {
    return [...this.old.values(), ...this.young.values()];
  }
}
