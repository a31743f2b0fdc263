import { expect, test } from 'vitest';
import { grouped, percent, plural } from './number-words.ts';

test('thousands are told apart', () =>
  expect([0, 999, 12_345, 1_234_567].map(grouped)).toEqual(['0', '999', '12,345', '1,234,567']));

test('one is one, none and more are many', () =>
  expect([0, 1, 12_345].map((count) => plural(count, 'error'))).toEqual([
    '0 errors',
    '1 error',
    '12,345 errors',
  ]));

test('a small share has a digit behind the point', () =>
  expect([0, 0.031, 0.12, 1].map(percent)).toEqual(['0.0 %', '3.1 %', '12 %', '100 %']));
