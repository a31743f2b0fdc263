// Takes in a stocktake: one JSON object per line, as the hand scanners write it.

import { pipeline } from 'node:stream/promises';
import { inChunks } from '../lib/iterables.mjs';
import { LineSplitter, parseLines } from '../streams/ndjson.mjs';

const LINES_PER_TRANSACTION = 25;

export class Stocktake {
  #db;
  #products;
  #stock;
  #bus;
  #lowStockThreshold;

  constructor({ db, products, stock, bus, lowStockThreshold }) {
    this.#db = db;
    this.#products = products;
    this.#stock = stock;
    this.#bus = bus;
    this.#lowStockThreshold = lowStockThreshold;
  }

  /**
   * @param source a readable stream of bytes
   * @param schema what a line must look like: { sku, counted }
   * A bad line is reported and skipped; the good ones count.
   */
  async read(source, schema) {
    const result = { accepted: 0, rejected: [] };
    await pipeline(
      source,
      new LineSplitter(),
      (lines) => parseLines(lines, schema),
      async (entries) => {
        for await (const chunk of inChunks(entries, LINES_PER_TRANSACTION)) await this.#store(chunk, result);
      },
    );
    return result;
  }

  #store(chunk, result) {
    return this.#db.transaction(async (session) => {
      for (const entry of chunk) await this.#storeEntry(session, entry, result);
    });
  }

  async #storeEntry(session, { line, value, problem }, result) {
    const product = value && (await this.#products.in(session).findBySku(value.sku));
    if (!product) {
      result.rejected.push({ line, reason: problem ?? `no product ${value.sku}` });
      return;
    }
    await this.#stock.in(session).setOnHand(product.id, value.counted);
    result.accepted += 1;
    if (value.counted < this.#lowStockThreshold)
      this.#bus.emit('stock.low', { product, left: value.counted });
  }
}
