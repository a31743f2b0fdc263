import { expect, test } from 'vitest';
import { csvOf } from './csv.ts';

test('what a reader of CSV needs is quoted; nothing is nothing, an empty text is one', () => {
  expect(
    csvOf(
      ['a', 'b'],
      [
        ['x, y', 'she said "no"'],
        [null, ''],
        [1.5, true],
      ],
    ),
  ).toBe('a,b\r\n"x, y","she said ""no"""\r\n,""\r\n1.5,true\r\n');
});

test.each(['=1+1', '+1', '-1', '@x', '\tx'])('a text is no formula: %j', (text) => {
  expect(csvOf(['a'], [[text]])).toBe(`a\r\n'${text}\r\n`);
});

test('numbers stay numbers, negative ones, too', () => {
  expect(csvOf(['a'], [[-1]])).toBe('a\r\n-1\r\n');
});
