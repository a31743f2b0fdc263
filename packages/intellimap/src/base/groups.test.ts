import { expect, test } from 'vitest';
import { addTo, groupedBy } from './groups.ts';

test('keys in the order in which they come first, of each what has it', () => {
  const groups = groupedBy(['ab', 'c', 'de', '', 'f'], ({ length }) => length);
  expect([...groups]).toEqual([
    [2, ['ab', 'de']],
    [1, ['c', 'f']],
    [0, ['']],
  ]);
  addTo(groups, 3, 'ghi');
  addTo(groups, 0, '');
  expect([...groups.entries()].slice(2)).toEqual([
    [0, ['', '']],
    [3, ['ghi']],
  ]);
});
