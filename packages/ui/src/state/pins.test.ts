import { describe, expect, test } from 'vitest';
import { MOST_PINS, nameOf, pinsOf, pinsOption, timeColumns, withPin } from './pins.ts';
import { selectionOf, START, urlOf } from './url.ts';

const PINS = [
  { name: 'slow "ones"', sql: "select start_us, name from calls where name = 'a&b' -- 100 %" },
  { name: 'errors', sql: 'select t from errors' },
];

test('a link brings the pinned questions along', () => {
  const options = pinsOption(PINS) as Record<string, string>;
  expect(pinsOf(selectionOf(urlOf({ ...START, options })))).toEqual(PINS);
  expect(pinsOption([])).toEqual({ pins: null });
});

test.each(['', 'x', '{}', '[1]', '[["a"]]', '[["a", 5]]'])('nonsense is no pin: %s', (pins) =>
  expect(pinsOf({ options: { pins } })).toEqual([]),
);

test('the same question is pinned once, the oldest gives way', () => {
  expect(withPin(PINS, { name: 'new', sql: PINS[0].sql })).toEqual([
    PINS[1],
    { name: 'new', sql: PINS[0].sql },
  ]);
  const many = Array.from({ length: 9 }, (_, n) => ({ name: String(n), sql: `select ${n}` }));
  expect(many.reduce<readonly (typeof many)[number][]>(withPin, []).map(({ name }) => name)).toEqual(
    many.slice(-MOST_PINS).map(({ name }) => name),
  );
});

test('a question is called by its comment, else by what it is from', () => {
  expect(nameOf('-- slow queries\nselect 1')).toBe('slow queries');
  expect(nameOf('select * from "calls" where x')).toBe('calls');
  expect(nameOf('select 1')).toBe('query');
});

describe('times of rows', () => {
  test.each([
    [['name', 'TS', 'dur'], { at: 1, length: 2, end: null }],
    [['start_us', 'end_us'], { at: 0, length: null, end: 1 }],
    [['t'], { at: 0, length: null, end: null }],
    [['name', 'calls'], null],
  ])('%j', (columns, expected) => expect(timeColumns(columns)).toEqual(expected));
});
