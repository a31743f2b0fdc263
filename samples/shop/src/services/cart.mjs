import { randomUUID } from 'node:crypto';
import { ConflictError, CouponRejectedError, NotFoundError, OutOfStockError } from '../errors.mjs';
import { parseCoupon } from './pricing/coupons.mjs';

export class CartService {
  #carts;
  #products;
  #stock;
  #pricing;

  constructor({ carts, products, stock, pricing }) {
    this.#carts = carts;
    this.#products = products;
    this.#stock = stock;
    this.#pricing = pricing;
  }

  async create(customer) {
    const id = randomUUID();
    await this.#carts.create(id, customer.id);
    return { id, status: 'open' };
  }

  /** The cart as its owner sees it, with prices. */
  async view(customer, cartId) {
    const { cart, lines } = await this.load(customer, cartId);
    const price = this.#pricing.price({ lines, customer, couponCode: cart.couponCode });
    return { id: cart.id, status: cart.status, couponCode: cart.couponCode, lines, price };
  }

  async addItem(customer, cartId, { productId, quantity }) {
    const cart = await this.#openCart(customer, cartId);
    await this.#assertAvailable(productId, quantity);
    await this.#carts.addItem(cart.id, productId, quantity);
    return this.view(customer, cartId);
  }

  async removeItem(customer, cartId, productId) {
    const cart = await this.#openCart(customer, cartId);
    const removed = await this.#carts.removeItem(cart.id, productId);
    if (removed === 0) throw new NotFoundError('cart item', productId);
  }

  async setCoupon(customer, cartId, code) {
    const cart = await this.#openCart(customer, cartId);
    if (!(await this.#carts.couponExists(code)))
      throw new CouponRejectedError(`${code} is not a coupon of ours`);
    const coupon = parseCoupon(code);
    await this.#carts.setCoupon(cart.id, code);
    return coupon;
  }

  /** An open cart with at least one line, ready to be quoted, reserved or paid. */
  async loadFilled(customer, cartId) {
    const { cart, lines } = await this.load(customer, cartId);
    assertOpen(cart);
    if (lines.length === 0) throw new ConflictError('the cart is empty');
    return { cart, lines };
  }

  async load(customer, cartId) {
    const cart = await this.#ownCart(customer, cartId);
    const lines = await this.#carts.linesOf(cart.id);
    return { cart, lines };
  }

  async #openCart(customer, cartId) {
    const cart = await this.#ownCart(customer, cartId);
    assertOpen(cart);
    return cart;
  }

  /** Somebody else's cart is reported as missing: that it exists is none of the asker's business. */
  async #ownCart(customer, cartId) {
    const cart = await this.#carts.findById(cartId);
    if (!cart || cart.customerId !== customer.id) throw new NotFoundError('cart', cartId);
    return cart;
  }

  async #assertAvailable(productId, quantity) {
    const product = await this.#products.findById(productId);
    if (!product) throw new NotFoundError('product', productId);
    const available = await this.#stock.available(productId);
    if (available < quantity) throw new OutOfStockError(productId, quantity);
  }
}

function assertOpen(cart) {
  if (cart.status !== 'open') throw new ConflictError('the cart was already ordered');
}
