import { ConflictError, OutOfStockError } from '../errors.mjs';
import { Repository } from './repository.mjs';

export class StockRepository extends Repository {
  static table = 'stock';

  /** Pieces on hand that nobody has reserved. */
  async available(productId) {
    const row = await this.session.get('SELECT on_hand - reserved AS free FROM stock WHERE product_id = ?', [
      productId,
    ]);
    return row?.free ?? 0;
  }

  /** Sets aside all lines, or none: call it in a transaction and let the error roll it back. */
  async reserve(cartId, lines, expiresAt) {
    const { id } = await this.session.get(
      'INSERT INTO reservations (cart_id, expires_at) VALUES (?, ?) RETURNING id',
      [cartId, expiresAt],
    );
    for (const line of lines) await this.#reserveLine(id, line);
    return id;
  }

  async #reserveLine(reservationId, { productId, quantity }) {
    const changed = await this.session.run(
      'UPDATE stock SET reserved = reserved + ? WHERE product_id = ? AND on_hand - reserved >= ?',
      [quantity, productId, quantity],
    );
    if (changed === 0) throw new OutOfStockError(productId, quantity);
    await this.session.run('INSERT INTO reservation_items VALUES (?, ?, ?)', [
      reservationId,
      productId,
      quantity,
    ]);
  }

  /** Gives reserved pieces back to the shelf. */
  async release(reservationId) {
    await this.session.run(
      `UPDATE stock SET reserved = reserved - i.quantity
         FROM reservation_items i WHERE i.reservation_id = ? AND stock.product_id = i.product_id`,
      [reservationId],
    );
    await this.#forget(reservationId);
  }

  /** Takes reserved pieces off the shelf: they were sold. */
  async consume(reservationId) {
    const changed = await this.session.run(
      `UPDATE stock SET reserved = reserved - i.quantity, on_hand = on_hand - i.quantity
         FROM reservation_items i WHERE i.reservation_id = ? AND stock.product_id = i.product_id`,
      [reservationId],
    );
    if (changed === 0) throw new ConflictError('the reservation expired before the payment came through');
    await this.#forget(reservationId);
  }

  async #forget(reservationId) {
    await this.session.run('DELETE FROM reservation_items WHERE reservation_id = ?', [reservationId]);
    await this.session.run('DELETE FROM reservations WHERE id = ?', [reservationId]);
  }

  /** Ids of the reservations that end before `time`, the oldest first. */
  async expiredBefore(time) {
    const rows = await this.session.all(
      'SELECT id FROM reservations WHERE expires_at < ? ORDER BY expires_at',
      [time],
    );
    return rows.map((row) => row.id);
  }

  /** What the stocktake found on the shelf. Pieces reserved for a cart are counted too. */
  setOnHand(productId, counted) {
    return this.session.run('UPDATE stock SET on_hand = max(?, reserved) WHERE product_id = ?', [
      counted,
      productId,
    ]);
  }
}
