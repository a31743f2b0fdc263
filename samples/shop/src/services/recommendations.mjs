// "You may also like": products that were bought together with those a customer already has. The table
// of neighbours is made at start; a day-old table is good enough for this.

import { formatMoney } from '../lib/money.mjs';

export class Recommendations {
  #orders;
  #products;
  #flags;
  #neighbours = new Map();

  constructor({ orders, products, flags }) {
    this.#orders = orders;
    this.#products = products;
    this.#flags = flags;
  }

  async build() {
    for (const { productId, otherId, times } of await this.#orders.boughtTogether()) {
      this.#neighboursOf(productId).set(otherId, times);
    }
  }

  async forCustomer(customer, limit) {
    if (!this.#flags.isOn('recommendations')) return [];
    const owned = await this.#orders.productsBoughtBy(customer.id);
    return this.#products.findMany(this.#best(owned, limit));
  }

  async relatedTo(productId, limit) {
    if (!this.#flags.isOn('recommendations')) return [];
    return this.#products.findMany(this.#best([productId], limit));
  }

  /** Ids of the neighbours with the most purchases in common, none of which is in `owned`. */
  #best(owned, limit) {
    const scores = new Map();
    for (const productId of owned) {
      for (const [otherId, times] of this.#neighboursOf(productId)) {
        if (!owned.includes(otherId)) scores.set(otherId, (scores.get(otherId) ?? 0) + times);
      }
    }
    return [...scores]
      .toSorted(byScoreThenId)
      .slice(0, limit)
      .map(([id]) => id);
  }

  #neighboursOf(productId) {
    let neighbours = this.#neighbours.get(productId);
    if (!neighbours) this.#neighbours.set(productId, (neighbours = new Map()));
    return neighbours;
  }
}

function byScoreThenId([idA, scoreA], [idB, scoreB]) {
  return scoreB - scoreA || idA - idB;
}
