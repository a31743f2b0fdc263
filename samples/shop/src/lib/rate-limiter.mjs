/**
 * Counts hits per key in windows that start with the key's first hit. Less exact at the seam between
 * two windows than a sliding count, but one small entry per key instead of one per hit.
 */
export class RateLimiter {
  #windows = new Map();
  #limit;
  #windowMs;
  #now;
  #timer;

  constructor({ limit, windowMs = 60_000, now = Date.now }) {
    this.#limit = limit;
    this.#windowMs = windowMs;
    this.#now = now;
  }

  /** Returns 0 when the hit is allowed, else the milliseconds until the next one is. */
  hit(key) {
    const now = this.#now();
    const window = this.#windowOf(key, now);
    window.hits += 1;
    return window.hits <= this.#limit ? 0 : window.endsAt - now;
  }

  #windowOf(key, now) {
    const known = this.#windows.get(key);
    if (known && known.endsAt > now) return known;
    const fresh = { hits: 0, endsAt: now + this.#windowMs };
    this.#windows.set(key, fresh);
    return fresh;
  }

  /** Without it the map would grow with every visitor. */
  startPruning() {
    this.#timer = setInterval(() => this.prune(), this.#windowMs);
    this.#timer.unref();
  }

  stopPruning() {
    clearInterval(this.#timer);
  }

  /** Forgets windows that are over. */
  prune() {
    const now = this.#now();
    for (const [key, window] of this.#windows) {
      if (window.endsAt <= now) this.#windows.delete(key);
    }
  }
}
