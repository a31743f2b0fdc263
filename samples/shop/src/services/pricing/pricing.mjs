// From the lines of a cart to the amounts on the bill. No I/O here: everything needed is passed in.

import taxTable from '../../legacy/tax-table.cjs';
import { sumCents } from '../../lib/money.mjs';
import { Basket } from './basket.mjs';
import { discountsFor } from './discounts.mjs';
import { giftWrapCents } from './gift-wrap.mjs';

/** @typedef {{ productId: number, name: string, category: string, unitCents: number, weightGrams: number, quantity: number }} CartLine */

export class Pricing {
  #flags;

  constructor(flags) {
    this.#flags = flags;
  }

  /** @param {{ lines: CartLine[], customer: object, couponCode?: string | null, shippingCents?: number }} cart */
  price({ lines, customer, couponCode, shippingCents = 0 }) {
    const basket = new Basket(lines);
    const discounts = this.#grantDiscounts(basket, customer, couponCode);
    const discountCents = basket.subtotalCents - basket.remainingCents;
    const wrappingCents = this.#flags.isOn('giftWrapping') ? giftWrapCents(lines) : 0;
    const taxCents = taxOnBasket(basket, customer.country);
    return {
      subtotalCents: basket.subtotalCents,
      discounts,
      discountCents,
      wrappingCents,
      shippingCents,
      taxCents,
      totalCents: basket.remainingCents + wrappingCents + shippingCents + taxCents,
    };
  }

  #grantDiscounts(basket, customer, couponCode) {
    const granted = [];
    for (const discount of discountsFor(customer, couponCode, this.#flags)) {
      const line = discount.grant(basket);
      if (line) granted.push(line);
    }
    return granted;
  }
}

/** Every line carries its share of the discounts, since categories are taxed at different rates. */
function taxOnBasket(basket, country) {
  if (basket.subtotalCents === 0) return 0;
  const share = basket.remainingCents / basket.subtotalCents;
  return sumCents(basket.lines, (line) => {
    const cents = Math.round(Basket.lineCents(line) * share);
    return taxTable.taxOn(cents, country, line.category);
  });
}
