// The kinds of discount. All are granted in the same way; they differ in the amount.

import { percentOf, sumCents } from '../../lib/money.mjs';
import { Basket } from './basket.mjs';
import { applyCoupon, parseCoupon } from './coupons.mjs';

export class Discount {
  static #granted = 0;

  #label;

  constructor(label) {
    this.#label = label;
  }

  /** How many discounts of any kind were granted since the start. */
  static get granted() {
    return Discount.#granted;
  }

  /** The cents this discount is worth for a basket; each kind has its own. */
  amountFor() {
    throw new TypeError(`${this.constructor.name} does not say what it is worth`);
  }

  /** Takes the discount off the basket; returns the line for the bill, or undefined when it is worth nothing. */
  grant(basket) {
    const cents = Math.min(this.amountFor(basket), basket.remainingCents);
    if (cents <= 0) return undefined;
    basket.takeOff(cents);
    Discount.#granted += 1;
    return { label: this.#label, cents };
  }
}

class PercentageDiscount extends Discount {
  #percent;

  constructor(label, percent) {
    super(label);
    this.#percent = percent;
  }

  amountFor(basket) {
    return percentOf(basket.remainingCents, this.#percent);
  }
}

class LoyaltyDiscount extends PercentageDiscount {
  static #PERCENT = { silver: 3, gold: 6 };

  constructor(tier) {
    super(`${tier} customer`, LoyaltyDiscount.#PERCENT[tier]);
  }

  static appliesTo(customer) {
    return customer.tier in LoyaltyDiscount.#PERCENT;
  }
}

/** Five or more pieces of one product: 5 % off these pieces. */
class BulkDiscount extends Discount {
  static #FROM_QUANTITY = 5;

  constructor() {
    super('bulk');
  }

  amountFor(basket) {
    const bulky = basket.lines.filter((line) => line.quantity >= BulkDiscount.#FROM_QUANTITY);
    return percentOf(sumCents(bulky, Basket.lineCents), 5);
  }
}

class CouponDiscount extends Discount {
  #coupon;

  constructor(code) {
    super(`coupon ${code}`);
    this.#coupon = parseCoupon(code);
  }

  amountFor(basket) {
    return applyCoupon(this.#coupon, basket);
  }
}

/**
 * Yields the discounts for a cart in the order they are taken off. The coupon comes last, so that its
 * limit is spent on what is left to pay.
 */
export function* discountsFor(customer, couponCode, flags) {
  yield new BulkDiscount();
  if (flags.isOn('loyaltyPricing') && LoyaltyDiscount.appliesTo(customer))
    yield new LoyaltyDiscount(customer.tier);
  if (couponCode) yield new CouponDiscount(couponCode);
}
