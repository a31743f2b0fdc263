import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FeatureFlags } from '../src/flags.mjs';
import taxTable from '../src/legacy/tax-table.cjs';
import { parseCoupon } from '../src/services/pricing/coupons.mjs';
import { Pricing } from '../src/services/pricing/pricing.mjs';

const pricing = new Pricing(new FeatureFlags());
const nobody = { tier: 'none', country: 'US' };

function line(unitCents, quantity, category = 'kitchen') {
  return { productId: 1, name: 'Kettle', category, unitCents, quantity, weightGrams: 600 };
}

test('discounts are taken off one after the other: bulk, loyalty, coupon', () => {
  const price = pricing.price({
    lines: [line(1_000, 5), line(5_000, 1)],
    customer: { tier: 'gold', country: 'US' },
    couponCode: 'WELCOME-ALL-10',
    shippingCents: 500,
  });
  assert.deepEqual(price.discounts, [
    { label: 'bulk', cents: 250 }, //                   5 % of 5,000
    { label: 'gold customer', cents: 585 }, //          6 % of 9,750
    { label: 'coupon WELCOME-ALL-10', cents: 916 }, // 10 % of 9,165
  ]);
  assert.equal(price.totalCents, 10_000 - 250 - 585 - 916 + 500);
});

test('a coupon saves at most what its tier allows, and nothing on a small basket', () => {
  const discountOn = (cents, couponCode) =>
    pricing.price({ lines: [line(cents, 1)], customer: nobody, couponCode }).discountCents;
  assert.equal(discountOn(100_000, 'WELCOME-ALL-10'), 1_500);
  assert.equal(discountOn(100_000, 'SPRING-GOLD-20'), 9_000);
  assert.equal(discountOn(1_999, 'SPRING-GOLD-20'), 0);
});

test('a coupon that promises too much is refused', () => {
  assert.deepEqual(parseCoupon('SPRING-GOLD-20'), { campaign: 'spring', tier: 'gold', percent: 20 });
  assert.throws(() => parseCoupon('SPRING-GOLD-90'), { name: 'CouponRejectedError', status: 422 });
});

test('each category is taxed at its own rate', () => {
  const german = { tier: 'none', country: 'DE' };
  const price = pricing.price({
    lines: [line(10_000, 1, 'kitchen'), line(10_000, 1, 'office')],
    customer: german,
  });
  assert.equal(price.taxCents, 1_900 + 700);
  assert.deepEqual([0.5, 1.5, 2.5, 2.4, 2.6].map(taxTable.roundHalfEven), [0, 2, 2, 2, 3]);
  assert.throws(() => taxTable.taxRateFor('XX', 'kitchen'), RangeError);
});

test('gift wrapping is on the bill only behind its flag', () => {
  const cart = { lines: [line(1_000, 2)], customer: nobody };
  const wrapping = new Pricing(new FeatureFlags({ giftWrapping: true }));
  assert.equal(pricing.price(cart).wrappingCents, 0);
  assert.equal(wrapping.price(cart).wrappingCents, 90 + 2 * 250);
});
