import { expect, test } from 'vitest';
import { type ColumnOf, nextSorting, sorted, steppedTo } from './table.tsx';

test('keys lead to rows, and no further than there are', () => {
  const to = (key: string, at: number): number | null => steppedTo(key, at, 50);
  expect([to('ArrowDown', -1), to('ArrowDown', 3), to('ArrowDown', 49)]).toEqual([0, 4, 49]);
  expect([to('ArrowUp', 0), to('PageDown', 40), to('Home', 9), to('End', 9)]).toEqual([0, 49, 0, 49]);
  expect([to('x', 3), steppedTo('ArrowDown', -1, 0)]).toEqual([null, null]);
});

const columns: ColumnOf<{ name: string; ms: number }>[] = [
  { id: 'name', title: 'Name', width: '1fr', cell: ({ name }) => name, sortBy: ({ name }) => name },
  { id: 'ms', title: 'ms', width: '1fr', cell: ({ ms }) => ms, sortBy: ({ ms }) => ms },
];
const rows = [
  { name: 'b', ms: 2 },
  { name: 'a', ms: 2 },
  { name: 'c', ms: 9 },
];

test.each([
  [null, 'bac'],
  [{ column: 'ms', descending: true }, 'cba'],
  [{ column: 'name', descending: false }, 'abc'],
  [{ column: 'nothing', descending: false }, 'bac'],
])('sorted by %j: rows that are equal stay as they came', (sorting, expected) => {
  expect(
    sorted(rows, columns, sorting)
      .map(({ name }) => name)
      .join(''),
  ).toBe(expected);
});

test('a head that is clicked thrice is as if it had not been clicked', () => {
  const once = nextSorting(null, 'ms');
  const twice = nextSorting(once, 'ms');
  expect([once, twice, nextSorting(twice, 'ms'), nextSorting(twice, 'name')]).toEqual([
    { column: 'ms', descending: true },
    { column: 'ms', descending: false },
    null,
    { column: 'name', descending: true },
  ]);
});
