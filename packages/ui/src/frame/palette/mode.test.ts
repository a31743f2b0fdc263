import { expect, test } from 'vitest';
import { fitting, modeOf, timeOf } from './mode.ts';

test.each([
  ['apply', { kind: 'anything', text: 'apply' }],
  ['> dark', { kind: 'command', text: 'dark' }],
  [':select 1', { kind: 'sql', text: 'select 1' }],
  ['#TypeError', { kind: 'error', text: 'TypeError' }],
  ['run y4', { kind: 'run', text: 'y4' }],
  ['t 12.586', { kind: 'time', at: 12_586_000 }],
  ['t ', { kind: 'time', at: null }],
  ['total', { kind: 'anything', text: 'total' }],
])('%s', (typed, mode) => expect(modeOf(typed)).toEqual(mode));

test.each([
  ['12.586', 12_586_000],
  ['12.586 104 s', 12_586_104],
  ['1,200 ms', 1_200_000],
  ['1:05.5', 65_500_000],
  ['5 µs', 5],
  ['soon', null],
  ['', null],
])('a time as people write it: %s', (text, us) => expect(timeOf(text)).toBe(us));

test('whole words before parts, parts before letters in order', () => {
  const names = ['parseCoupon', 'coupon', 'applyCoupon', 'Cart.open', 'cart of upon'];
  expect(fitting(names, 'coupon', (name) => name)).toEqual(['coupon', 'parseCoupon', 'applyCoupon', 'cart of upon']); // prettier-ignore
  expect(fitting(names, 'xyz', (name) => name)).toEqual([]);
  expect(fitting(['late to the coupon', 'my coupon book'], 'coupon', (name) => name)).toEqual([
    'my coupon book',
    'late to the coupon',
  ]);
});
