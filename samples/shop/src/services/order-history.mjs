import { NotFoundError } from '../errors.mjs';

export class OrderHistory {
  #orders;
  #flags;

  constructor({ orders, flags }) {
    this.#orders = orders;
    this.#flags = flags;
  }

  /** All orders of a customer with their items, oldest first. */
  async of(customer) {
    const orders = await this.#orders.ofCustomer(customer.id);
    return this.#flags.isOn('batchedHistory') ? this.#withItemsBatched(orders) : this.#withItems(orders);
  }

  async find(customer, orderId) {
    const order = await this.#orders.findById(orderId);
    if (!order || order.customerId !== customer.id) throw new NotFoundError('order', orderId);
    return { ...order, items: await this.#orders.itemsOf(order.id) };
  }

  async #withItems(orders) {
    const complete = [];
    for (const order of orders) {
      complete.push({ ...order, items: await this.#orders.itemsOf(order.id) });
    }
    return complete;
  }

  async #withItemsBatched(orders) {
    const items = await this.#orders.itemsOfMany(orders.map(({ id }) => id));
    return orders.map((order) => ({ ...order, items: items.get(order.id) ?? [] }));
  }
}
