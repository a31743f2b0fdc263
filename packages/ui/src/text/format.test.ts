import { expect, test } from 'vitest';
import { pathIn } from './format.ts';

test('a path without room loses its first folders, never its last name', () => {
  expect(pathIn('src/cart.ts', 20)).toBe('src/cart.ts');
  expect(pathIn('node_modules/eslint/lib/cli.js', 14)).toBe('lib/cli.js');
  expect(pathIn('src/very-long-name.ts', 4)).toBe('very-long-name.ts');
});
