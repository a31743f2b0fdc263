import { expect, test } from 'vitest';
import { pathOf, StackPlaces } from './stack-places.ts';

/** `a.js` is one line: column 0 came from src/cart.ts 3:5, column 10 from src/cart.ts 7:3 (from 1 and 0). */
const MAP = { version: 3 as const, sources: ['../../src/cart.ts'], names: [], mappings: 'AAEK,UAIF' };
const placed = (stack: string): unknown => {
  const note = new StackPlaces(
    (url) => (url.endsWith('/assets/a.js') ? { map: MAP } : undefined),
    () => ['src/cart.ts', 'src/main.ts'],
  ).placed({ t: 'uncaught', name: 'TypeError', message: 'x', stack, origin: '', micros: 0, error: 1 });
  return (note as { stack?: unknown }).stack;
};

test('a stack that no probe tells stays as it is: to look through it could take for ever', () => {
  const stack = `${'http://'.repeat(3000)}\n    at http://localhost:5173/assets/a.js:1:1`;
  expect(placed(stack)).toBe(stack);
});

test('places of files with a map are led back, the others stay', () => {
  expect(
    placed(
      [
        'TypeError: x is not a function',
        '    at total (http://localhost:5173/assets/a.js:1:11)',
        '    at http://localhost:5173/assets/a.js:1:1',
        '    at Array.map (<anonymous>)',
        '    at other (http://localhost:5173/assets/b.js:1:11)',
      ].join('\n'),
    ),
  ).toBe(
    [
      'TypeError: x is not a function',
      '    at total (src/cart.ts:7:4)',
      '    at src/cart.ts:3:6',
      '    at Array.map (<anonymous>)',
      '    at other (http://localhost:5173/assets/b.js:1:11)',
    ].join('\n'),
  );
  // As Firefox and Safari write them.
  expect(placed('total@http://localhost:5173/assets/a.js:1:11')).toBe('total@src/cart.ts:7:4');
});

test.each([
  ['../../src/cart.ts', 'src/cart.ts'],
  ['/home/me/shop/src/cart.ts', 'src/cart.ts'],
  ['cart.ts', undefined],
  ['src/lib/cart.ts', 'packages/web/src/lib/cart.ts'],
  ['webpack://shop/./src/cart.ts?1234', 'src/cart.ts'],
])('%s is %s', (source, path) => {
  expect(pathOf(source, ['src/cart.ts', 'test/cart.ts', 'packages/web/src/lib/cart.ts'])).toBe(path);
});
