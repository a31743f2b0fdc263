// A coupon code says what it is: CAMPAIGN-TIER-PERCENT, as in SPRING-GOLD-20. Which codes exist is in
// the table "coupons"; what a tier may save at most is decided here.

import { CouponRejectedError } from '../../errors.mjs';
import { percentOf } from '../../lib/money.mjs';

const TIER_RULES = {
  all: { minimumCents: 0, maximumCents: 1_500 },
  silver: { minimumCents: 2_000, maximumCents: 4_000 },
  gold: { minimumCents: 2_000, maximumCents: 9_000 },
};

/** @returns {{ campaign: string, tier: string, percent: number }} */
export function parseCoupon(code) {
  const [campaign, tier, percent] = code.split('-');
  if (!(Number(percent) <= 50)) throw new CouponRejectedError(`${code} promises more than we give`);
  return { campaign: campaign.toLowerCase(), tier: tier.toLowerCase(), percent: Number(percent) };
}

/** The cents a coupon takes off a basket. */
export function applyCoupon(coupon, basket) {
  const rule = TIER_RULES[coupon.tier];
  if (basket.subtotalCents < rule.minimumCents) return 0;
  return Math.min(percentOf(basket.remainingCents, coupon.percent), rule.maximumCents);
}
