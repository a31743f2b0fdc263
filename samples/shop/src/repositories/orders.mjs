import { groupBy } from '../lib/iterables.mjs';
import { Repository, placeholders } from './repository.mjs';

const ITEMS = `
  SELECT i.order_id AS orderId, i.product_id AS productId, p.name, c.slug AS category,
         i.quantity, i.unit_cents AS unitCents
    FROM order_items i
    JOIN products p ON p.id = i.product_id
    JOIN categories c ON c.id = p.category_id`;

export class OrderRepository extends Repository {
  static table = 'orders';

  static fromRow(row) {
    return {
      id: row.id,
      customerId: row.customer_id,
      placedAt: row.placed_at,
      subtotalCents: row.subtotal_cents,
      discountCents: row.discount_cents,
      shippingCents: row.shipping_cents,
      taxCents: row.tax_cents,
      totalCents: row.total_cents,
      carrier: row.carrier,
    };
  }

  async insert({ customerId, placedAt, price, carrier, lines }) {
    const { id } = await this.session.get(
      `INSERT INTO orders (customer_id, placed_at, subtotal_cents, discount_cents, shipping_cents,
                           tax_cents, total_cents, carrier)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
      [
        customerId,
        placedAt,
        price.subtotalCents,
        price.discountCents,
        price.shippingCents,
        price.taxCents,
        price.totalCents,
        carrier,
      ],
    );
    for (const { productId, quantity, unitCents } of lines) {
      await this.session.run('INSERT INTO order_items VALUES (?, ?, ?, ?)', [
        id,
        productId,
        quantity,
        unitCents,
      ]);
    }
    return id;
  }

  ofCustomer(customerId) {
    return this.select('SELECT * FROM orders WHERE customer_id = ? ORDER BY placed_at', [customerId]);
  }

  itemsOf(orderId) {
    return this.session.all(`${ITEMS} WHERE i.order_id = ? ORDER BY i.product_id`, [orderId]);
  }

  /** Map from order id to its items, with one statement for all orders. */
  async itemsOfMany(orderIds) {
    if (orderIds.length === 0) return new Map();
    const rows = await this.session.all(
      `${ITEMS} WHERE i.order_id IN (${placeholders(orderIds)}) ORDER BY i.order_id, i.product_id`,
      orderIds,
    );
    return groupBy(rows, (row) => row.orderId);
  }

  /**
   * Yields pages of the orders in [from, to), oldest first. Each page starts after the last order of
   * the one before instead of at an offset, so that an order placed meanwhile moves nothing.
   */
  async *pagesBetween(from, to, pageSize) {
    let after = { placedAt: from, id: 0 };
    for (;;) {
      const page = await this.select(
        `SELECT * FROM orders
          WHERE placed_at < ? AND (placed_at, id) > (?, ?)
          ORDER BY placed_at, id LIMIT ?`,
        [to, after.placedAt, after.id, pageSize],
      );
      if (page.length > 0) yield page;
      if (page.length < pageSize) return;
      after = page.at(-1);
    }
  }

  /** Every pair of products that were in one order, with how often. */
  boughtTogether() {
    return this.session.all(
      `SELECT a.product_id AS productId, b.product_id AS otherId, count(*) AS times
         FROM order_items a
         JOIN order_items b ON b.order_id = a.order_id AND b.product_id <> a.product_id
        GROUP BY a.product_id, b.product_id`,
    );
  }

  async productsBoughtBy(customerId) {
    const rows = await this.session.all(
      `SELECT DISTINCT i.product_id AS productId
         FROM orders o JOIN order_items i ON i.order_id = o.id WHERE o.customer_id = ?`,
      [customerId],
    );
    return rows.map((row) => row.productId);
  }
}
