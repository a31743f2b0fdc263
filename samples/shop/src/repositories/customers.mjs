import { Repository } from './repository.mjs';

export class CustomerRepository extends Repository {
  static table = 'customers';

  static fromRow({ password_hash: passwordHash, ...row }) {
    const customer = { ...row };
    // Not enumerable: neither JSON nor a spread can carry the hash out of the process by accident.
    Object.defineProperty(customer, 'passwordHash', { value: passwordHash });
    return customer;
  }

  async findByEmail(email) {
    const [customer] = await this.select('SELECT * FROM customers WHERE email = ?', [email]);
    return customer;
  }

  recordView(productId, customerId, viewedAt) {
    return this.session.run(
      'INSERT INTO product_views (product_id, customer_id, viewed_at) VALUES (?, ?, ?)',
      [productId, customerId, viewedAt],
    );
  }
}
