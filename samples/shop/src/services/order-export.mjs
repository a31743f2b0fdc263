import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { formatMoney } from '../lib/money.mjs';
import { CsvEncoder } from '../streams/csv.mjs';

const ORDERS_PER_PAGE = 10;

const COLUMNS = {
  order: (order) => order.id,
  placed: (order) => order.placedAt,
  customer: (order) => order.customerId,
  carrier: (order) => order.carrier,
  subtotal: (order) => formatMoney(order.subtotalCents),
  shipping: (order) => formatMoney(order.shippingCents),
  total: (order) => formatMoney(order.totalCents),
};

export class OrderExport {
  #orders;

  constructor(orders) {
    this.#orders = orders;
  }

  /** Writes the orders in [from, to) as CSV. Never holds more than a page of them in memory. */
  writeCsv(from, to, destination) {
    return pipeline(Readable.from(this.#each(from, to)), new CsvEncoder(COLUMNS), destination);
  }

  async *#each(from, to) {
    for await (const page of this.#orders.pagesBetween(from, to, ORDERS_PER_PAGE)) yield* page;
  }
}
