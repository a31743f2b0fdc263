import { expect, test } from 'vitest';
import { counted, grouped, oneLine, tail, time } from './format.ts';

test.each([
  [0, '0 ms'],
  [0.000_42, '420 ns'],
  [0.0123, '12.3 µs'],
  [0.999, '999 µs'],
  [4.561, '4.56 ms'],
  [123.4, '123 ms'],
  [1200, '1.20 s'],
  [119_000, '119 s'],
  [125_000, '2 min 05 s'],
])('%d ms reads %s', (ms, text) => expect(time(ms)).toBe(text));

test('counts', () => {
  expect(grouped(1_234_567)).toBe('1,234,567');
  expect([0, 1, 2].map((count) => counted(count, 'file'))).toEqual(['0 files', '1 file', '2 files']);
});

test('what a program says stays on its line and moves no cursor', () => {
  expect(oneLine('first\nsecond', 80)).toBe('first…');
  expect(oneLine('a\u001B[2Jb\u202Ec\u0007', 80)).toBe('a\\u001b[2Jb\\u202ec\\u0007');
  expect(oneLine('abcdef', 4)).toBe('abc…');
  expect(tail('src/services/cart.ts:12', 12)).toBe('…/cart.ts:12');
});
