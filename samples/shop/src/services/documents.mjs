// Invoices and thumbnails: work for the processor, so it is done by the worker threads, once per
// document.

import { MemoCache } from '../lib/memo-cache.mjs';

export class Invoices {
  #pool;
  #history;
  #log;
  #rendered = new MemoCache();
  #underWay = new Set();

  constructor({ pool, history, bus, log }) {
    this.#pool = pool;
    this.#history = history;
    this.#log = log;
    // Most customers open the invoice right after paying; it is ready by then.
    bus.on('order.placed', ({ order, customer }) => this.#prepare(customer, order.id));
  }

  /** @returns {Promise<{ html: string, etag: string }>} */
  async of(customer, orderId) {
    const order = await this.#history.find(customer, orderId);
    return this.#rendered.get(orderId, () => this.#render(order, customer));
  }

  /** Waits for the invoices that nobody waits for. */
  async stop() {
    await Promise.all(this.#underWay);
  }

  #prepare(customer, orderId) {
    const work = this.of(customer, orderId)
      .catch((error) => this.#log.warn('no invoice', { orderId, error }))
      .finally(() => this.#underWay.delete(work));
    this.#underWay.add(work);
  }

  #render(order, { name, email, country }) {
    return this.#pool.run('render-invoice', { order, customer: { name, email, country } });
  }
}

export class Thumbnails {
  #pool;
  #rendered = new MemoCache();

  constructor(pool) {
    this.#pool = pool;
  }

  /** @returns {Promise<{ width: number, height: number, pixels: Uint8Array, checksum: string }>} */
  of(product, size) {
    return this.#rendered.get(`${product.sku}@${size}`, () =>
      this.#pool.run('render-thumbnail', { seed: product.id, size }),
    );
  }
}
