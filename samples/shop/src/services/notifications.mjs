// Letters to customers and to the buying department. Events arrive in bursts, so letters wait a moment
// in a queue and leave together.

import { formatMoney } from '../lib/money.mjs';

const BUYING_DEPARTMENT = 'buying@shop.example';

export class Notifications {
  #queue = [];
  #delivered = 0;
  #flushMs;
  #timer;
  #log;

  constructor({ bus, log, flushMs }) {
    this.#log = log;
    this.#flushMs = flushMs;
    bus.on('order.placed', ({ order, customer }) => this.#enqueue(orderLetter(order, customer)));
    bus.on('payment.declined', ({ customer, reason }) => this.#enqueue(declineLetter(customer, reason)));
    bus.on('stock.low', ({ product, left }) => this.#enqueue(restockLetter(product, left)));
  }

  get delivered() {
    return this.#delivered;
  }

  /** Sends what is waiting and stops. */
  stop() {
    clearTimeout(this.#timer);
    this.#flush();
  }

  #enqueue(letter) {
    this.#queue.push(letter);
    this.#timer ??= setTimeout(() => this.#flush(), this.#flushMs);
  }

  #flush() {
    this.#timer = undefined;
    for (const letter of this.#queue.splice(0)) this.#deliver(letter);
  }

  /** The post office of this shop is its log. */
  #deliver(letter) {
    this.#delivered += 1;
    this.#log.info('letter sent', letter);
  }
}

function orderLetter(order, customer) {
  return {
    to: customer.email,
    subject: `Your order ${order.id}`,
    text: `Dear ${customer.name}, we received ${formatMoney(order.price.totalCents)} and pack ${order.lines.length} products.`,
  };
}

function declineLetter(customer, reason) {
  return {
    to: customer.email,
    subject: 'Your payment did not come through',
    text: `Dear ${customer.name}, your bank said: ${reason}. Your cart is kept.`,
  };
}

function restockLetter(product, left) {
  return {
    to: BUYING_DEPARTMENT,
    subject: `Restock ${product.sku}`,
    text: `${left} left of ${product.name}.`,
  };
}
