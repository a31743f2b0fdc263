import { expect, test } from 'vitest';
import { sortingOf, sortText } from './sorting.ts';

test.each([
  ['-self', { column: 'self', descending: true }],
  ['self', { column: 'self', descending: false }],
  ['', null],
])('%j', (text, sorting) => {
  expect(sortingOf(text)).toEqual(sorting);
  expect(sortText(sorting) ?? '').toBe(text);
});
