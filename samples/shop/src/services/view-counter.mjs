/** Counts who looked at what. Losing a view is no reason to fail the page. */
export class ViewCounter {
  #customers;

  constructor(customers) {
    this.#customers = customers;
  }

  async record(productId, customer) {
    try {
      await this.#customers.recordView(productId, customer?.id ?? null, new Date().toISOString());
    } catch {
      // The page matters more than the count.
    }
  }
}
