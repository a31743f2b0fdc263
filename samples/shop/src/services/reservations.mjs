// Pieces set aside for a cart while its owner pays, and given back when nothing comes of it.

export class Reservations {
  #db;
  #stock;
  #bus;
  #log;
  #timer;
  #sweeping;

  constructor({ db, stock, bus, log }) {
    this.#db = db;
    this.#stock = stock;
    this.#bus = bus;
    this.#log = log;
  }

  /** Sets aside all lines of a cart for `holdMs`; throws OutOfStockError and keeps nothing if one is short. */
  hold(cartId, lines, holdMs) {
    const expiresAt = Date.now() + holdMs;
    return this.#db.transaction((session) => this.#stock.in(session).reserve(cartId, lines, expiresAt));
  }

  release(reservationId) {
    return this.#db.transaction((session) => this.#stock.in(session).release(reservationId));
  }

  startSweeping(everyMs) {
    this.#timer = setInterval(() => this.#sweepUnlessSweeping(), everyMs);
    this.#timer.unref();
  }

  /** Stops the timer and gives everything back: after this process nobody would. */
  async stop() {
    clearInterval(this.#timer);
    await this.#sweeping;
    await this.#releaseExpired(Number.MAX_SAFE_INTEGER);
  }

  /** Two sweeps at once would release the same reservation twice. */
  #sweepUnlessSweeping() {
    this.#sweeping ??= this.#sweep().finally(() => {
      this.#sweeping = undefined;
    });
  }

  async #sweep() {
    try {
      await this.#releaseExpired(Date.now());
    } catch (error) {
      this.#log.error('sweeping reservations failed', { error });
    }
  }

  async #releaseExpired(time) {
    for (const reservationId of await this.#stock.expiredBefore(time)) {
      await this.release(reservationId);
      this.#bus.emit('reservation.expired', { reservationId });
    }
  }
}
