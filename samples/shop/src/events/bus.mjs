// What happened in the shop, for whoever wants to know. The services that cause an event do not know
// who listens.

import { EventEmitter } from 'node:events';

const EVENTS = new Set([
  'order.placed', // { order, customer }
  'payment.declined', // { cartId, customer, reason }
  'reservation.expired', // { reservationId }
  'stock.low', // { product, left }
]);

export class ShopBus extends EventEmitter {
  /** Throws on a name that is not listed above: nobody would ever hear it. */
  emit(name, payload) {
    if (!EVENTS.has(name)) throw new TypeError(`unknown event "${name}"`);
    return super.emit(name, payload);
  }
}
