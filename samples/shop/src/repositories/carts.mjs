import { Repository } from './repository.mjs';

export class CartRepository extends Repository {
  static table = 'carts';

  static fromRow(row) {
    return { id: row.id, customerId: row.customer_id, status: row.status, couponCode: row.coupon_code };
  }

  create(id, customerId) {
    return this.session.run('INSERT INTO carts (id, customer_id) VALUES (?, ?)', [id, customerId]);
  }

  /** The lines of a cart with what pricing and shipping need to know of each product. */
  linesOf(cartId) {
    return this.session.all(
      `SELECT p.id AS productId, p.name, p.price_cents AS unitCents, p.weight_grams AS weightGrams,
              c.slug AS category, i.quantity
         FROM cart_items i
         JOIN products p ON p.id = i.product_id
         JOIN categories c ON c.id = p.category_id
        WHERE i.cart_id = ? ORDER BY p.id`,
      [cartId],
    );
  }

  addItem(cartId, productId, quantity) {
    return this.session.run(
      `INSERT INTO cart_items (cart_id, product_id, quantity) VALUES (?, ?, ?)
       ON CONFLICT (cart_id, product_id) DO UPDATE SET quantity = quantity + excluded.quantity`,
      [cartId, productId, quantity],
    );
  }

  removeItem(cartId, productId) {
    return this.session.run('DELETE FROM cart_items WHERE cart_id = ? AND product_id = ?', [
      cartId,
      productId,
    ]);
  }

  async couponExists(code) {
    return (await this.session.get('SELECT 1 FROM coupons WHERE code = ?', [code])) !== undefined;
  }

  setCoupon(cartId, code) {
    return this.session.run('UPDATE carts SET coupon_code = ? WHERE id = ?', [code, cartId]);
  }

  markOrdered(cartId) {
    return this.session.run("UPDATE carts SET status = 'ordered' WHERE id = ?", [cartId]);
  }
}
