/** Conditions as `= a b`, `≠ a`, `on`, `off`, with `|x` for a fallback; `-` is "not set". */
import { expect, test } from 'vitest';
import { composed, type Condition, holdsFor } from './flag-conditions.ts';

function condition(text: string): Condition {
  const [asks, fallback = null] = text.split('|');
  const [sign, ...words] = asks.split(' ');
  const values = sign === '=' || sign === '≠' ? words.map((word) => (word === '-' ? null : word)) : null;
  return { values, negated: sign === '≠' || sign === 'off', fallback, exact: sign !== '?', alone: true };
}

test.each([
  ['= 1', { '1': true, '0': false, '-': false }],
  ['≠ 1', { '1': false, '0': true, '-': true }],
  ['= a b', { a: true, b: true, c: false }],
  ['= -', { a: false, '-': true }],
  ['on', { a: true, '0': true, '': false, '-': false }],
  ['off', { a: false, '': true, '-': true }],
  ['= on|on', { on: true, off: false, '-': true }],
  ['? 1', { '1': null, '-': null }],
])('%s', (text, answers) => {
  for (const [value, answer] of Object.entries(answers))
    expect([value, holdsFor(condition(text), value === '-' ? null : value)]).toEqual([value, answer]);
});

test.each([
  ['of the value itself', '= new', 'on|old', '= new|old'],
  ['of a comparison', 'on', '= 1', '= 1'],
  ['not', 'off', '= 1', '≠ 1'],
  ['not of not', 'off', '≠ 1', '= 1'],
  ['is it true', '= true', '= 1', '= 1'],
  ['is it false', '= false', '= 1', '≠ 1'],
  ['is it not false', '≠ false', '= 1', '= 1'],
])('%s', (_, asks, made, both) => {
  expect(composed(condition(asks), condition(made))).toEqual(condition(both));
});

test('a comparison that is compared with something else tells nothing', () => {
  expect(composed(condition('= x'), condition('= 1')).exact).toBe(false);
});
