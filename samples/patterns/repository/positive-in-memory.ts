// For tests: the objects themselves.
export class InMemoryOrderRepository {
  private orders = new Map<string, { id: string }>();

  async findById(id: string) {
    return this.orders.get(id);
  }

  async findAll() {
    return [...this.orders.values()];
  }

  async save(order: { id: string }) {
    this.orders.set(order.id, order);
  }
}
