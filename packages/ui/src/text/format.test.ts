import { expect, test } from 'vitest';
import { figure, growth, pathIn } from './format.ts';

test('a path without room loses its first folders, never its last name', () => {
  expect(pathIn('src/cart.ts', 20)).toBe('src/cart.ts');
  expect(pathIn('node_modules/eslint/lib/cli.js', 14)).toBe('lib/cli.js');
  expect(pathIn('src/very-long-name.ts', 4)).toBe('very-long-name.ts');
});

test('growth, of what was not there too', () =>
  expect([
    growth({ before: 2, now: 3 }), growth({ before: 0, now: 1 }), growth({ before: null, now: null }),
  ]).toEqual([1.5, Infinity, 0])); // prettier-ignore

test('whole figures are told in full, others to three digits', () =>
  expect([12_345, 1.5678, 0.012].map(figure)).toEqual(['12,345', '1.57', '0.012']));
