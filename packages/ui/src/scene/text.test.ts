import { describe, expect, it } from 'vitest';
import { fitted, withoutEnd } from './text.ts';

const perLetter = (text: string): number => text.length;

describe('text that fits', () => {
  it.each([
    [20, 'checkout/coupon.ts'],
    [18, 'checkout/coupon.ts'],
    [10, 'che…pon.ts'],
    [4, 'c…ts'],
    [2, ''],
  ])('in %i letters: %j', (width, text) => expect(fitted('checkout/coupon.ts', width, perLetter)).toBe(text));

  it('may lose its end instead', () =>
    expect(fitted('GET /checkout/coupon', 10, perLetter, withoutEnd)).toBe('GET /chec…'));

  it('is never wider than there is room', () => {
    for (let width = 0; width < 30; width++)
      expect(fitted('a-rather-long-name.test.ts', width, perLetter).length).toBeLessThanOrEqual(width);
  });
});
