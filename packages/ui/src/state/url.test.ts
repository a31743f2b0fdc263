import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LEVELS, SCREENS, type Selection, selectionOf, START, urlOf } from './url.ts';

const text = fc.option(fc.string({ minLength: 1 }));
const time = fc.nat({ max: 1e12 });
const selections: fc.Arbitrary<Selection> = fc.record({
  screen: fc.constantFrom(...SCREENS),
  run: text,
  against: text,
  t: fc.option(time),
  window: fc.option(
    fc.tuple(time, fc.integer({ min: 1, max: 1e9 })).map(([from, length]) => [from, from + length] as const),
  ),
  function: text,
  module: text,
  call: text,
  level: fc.constantFrom(...LEVELS),
  options: fc.dictionary(fc.string(), fc.string(), { noNullPrototype: true }),
});

test('a link restores the exact view', () => {
  fc.assert(
    fc.property(selections, (selection) => {
      expect(selectionOf(urlOf(selection))).toEqual(selection);
    }),
  );
});

test.each(['', '?', '?screen=nowhere&t=soon&window=9-3&level=7', '?t=-1&window=1-2-3', '?window=5'])(
  'what cannot be understood is as if it were not there: %s',
  (search) => expect(selectionOf(search)).toEqual(START),
);

test('a link is short: only what differs from the beginning', () => {
  expect(urlOf(START)).toBe('?screen=home');
  expect(urlOf({ ...START, screen: 'cinema', t: 12_586_104, window: [12_480_000, 12_680_000] })).toBe(
    '?screen=cinema&t=12586104&window=12480000-12680000',
  );
});
