// From a filled cart to a paid order: quote, price, reserve, charge, record, tell.

export class Checkout {
  #db;
  #repositories;
  #cart;
  #pricing;
  #shipping;
  #reservations;
  #payments;
  #bus;
  #reservationMs;

  constructor({ db, repositories, cart, pricing, shipping, reservations, payments, bus, reservationMs }) {
    this.#db = db;
    this.#repositories = repositories;
    this.#cart = cart;
    this.#pricing = pricing;
    this.#shipping = shipping;
    this.#reservations = reservations;
    this.#payments = payments;
    this.#bus = bus;
    this.#reservationMs = reservationMs;
  }

  async placeOrder(customer, cartId, { cardNumber, carrier }) {
    const { cart, lines } = await this.#cart.loadFilled(customer, cartId);
    const quote = await this.#shipping.choose(lines, customer.country, carrier);
    const price = this.#pricing.price({
      lines,
      customer,
      couponCode: cart.couponCode,
      shippingCents: quote.cents,
    });

    const reservationId = await this.#reservations.hold(cart.id, lines, this.#reservationMs);
    const receipt = await this.#chargeOrRelease({ customer, cart, reservationId, cardNumber, price });
    const order = await this.#record({ customer, cart, lines, price, quote, reservationId });

    this.#bus.emit('order.placed', { order, customer });
    return { ...order, receipt };
  }

  async #chargeOrRelease({ customer, cart, reservationId, cardNumber, price }) {
    try {
      return await this.#payments.charge({ cardNumber, cents: price.totalCents });
    } catch (error) {
      await this.#reservations.release(reservationId);
      this.#bus.emit('payment.declined', { cartId: cart.id, customer, reason: error.reason ?? error.code });
      throw error;
    }
  }

  /** Order, stock and cart change together or not at all. */
  #record({ customer, cart, lines, price, quote, reservationId }) {
    const { orders, stock, carts } = this.#repositories;
    return this.#db.transaction(async (session) => {
      await stock.in(session).consume(reservationId);
      await carts.in(session).markOrdered(cart.id);
      const placedAt = new Date().toISOString();
      const id = await orders.in(session).insert({
        customerId: customer.id,
        placedAt,
        price,
        carrier: quote.carrier,
        lines,
      });
      return { id, placedAt, carrier: quote.carrier, lines, price };
    });
  }
}
