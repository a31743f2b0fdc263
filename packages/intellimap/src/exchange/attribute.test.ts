import { describe, expect, test } from 'vitest';
import type { KnownFunction } from '../query/index.ts';
import { Attribution } from './attribute.ts';

const CART = `class Cart {
  constructor() { this.n = 0; }
  add(n) { return [n].map((x) => x + 1); }
}
const total = (cart) => cart.n; const other = () => 1;
function main() {
  return total(new Cart());
}`;

/** A function of the text: from one piece of it to the end of another behind it. */
function known(id: string, name: string, kind: string, from: string, to: string): KnownFunction {
  const start = CART.indexOf(from);
  const end = CART.indexOf(to, start) + to.length;
  const place = (offset: number) => {
    const before = CART.slice(0, offset).split('\n');
    return { line: before.length, column: before.at(-1)!.length };
  };
  const [begin, stop] = [place(start), place(end)];
  return { id, name, path: 'src/cart.ts', kind, ...begin, endLine: stop.line, endColumn: stop.column };
}

const at = (text: string) => {
  const before = CART.slice(0, CART.indexOf(text)).split('\n');
  return { line: before.length, column: before.at(-1)!.length };
};

const attribution = new Attribution([
  known('module', 'src/cart.ts', 'module', 'class Cart', 'new Cart());\n}'),
  known('new', 'new Cart', 'constructor', 'constructor', '; }'),
  known('add', 'Cart.add', 'method', 'add(n)', '; }'),
  known('map', 'Cart.add result (map callback)', 'arrow', '(x) =>', 'x + 1'),
  known('total', 'total', 'arrow', '(cart) =>', 'cart.n'),
  known('other', 'other', 'arrow', '() => 1', '1'),
  known('main', 'main', 'function', 'function main', '());\n}'),
]);

describe('by where it begins', () => {
  test.each([
    ['main', '() {\n  return', 'main'],
    ['new', '() { this', 'Cart'],
    ['add', '(n) {', 'add'],
    ['map', '(x) =>', ''],
    ['total', '(cart) =>', 'total'],
    ['module', 'class Cart', ''],
  ])('%s', (id, text, name) => {
    expect(attribution.beginningAt('src/cart.ts', at(text), name)?.id).toBe(id);
  });
  test('what V8 made up has no function', () => {
    expect(attribution.beginningAt('src/cart.ts', at('constructor'), '<instance_members_initializer>')).toBe(
      null,
    );
  });
  test('another name means that the file has changed: then the one function of that name, or none', () => {
    expect(attribution.beginningAt('src/cart.ts', at('(cart)'), 'main')?.id).toBe('main');
    expect(attribution.beginningAt('src/cart.ts', at('(cart)'), 'gone')).toBe(null);
  });
  test('an unknown file', () => {
    expect(attribution.beginningAt('src/other.ts', { line: 1, column: 0 }, '')).toBe(null);
  });
});

test('by its range', () => {
  const end = { line: 3, column: 42 };
  expect(attribution.ofRange('src/cart.ts', at('add(n)'), end, 'add')?.id).toBe('add');
  expect(attribution.ofRange('src/cart.ts', at('(cart) =>'), { line: 5, column: 30 }, 'total')?.id).toBe(
    'total',
  );
});

describe('by name', () => {
  test.each([
    ['main', 6, 'main'],
    ['total', 5, 'total'],
    ['other', 5, 'other'],
    ['add', 3, 'Cart.add'],
    ['main', 7, 'main'],
    ['main', null, 'main'],
  ])('%s of line %s as %s', (id, line, name) => {
    expect(attribution.named('src/cart.ts', line, name)?.id).toBe(id);
  });
  test('two that are as good are none', () => {
    expect(attribution.named('src/cart.ts', 5, '(anonymous_3)')).toBe(null);
    expect(attribution.named('src/cart.ts', 5, 'gone')).toBe(null);
  });
});

test('paths of other machines', () => {
  expect(attribution.pathLike('/app/src/cart.ts')).toBe('src/cart.ts');
  expect(attribution.pathLike('src/cart.ts')).toBe('src/cart.ts');
  expect(attribution.pathLike('/app/lib/cart.ts')).toBe(null);
  // A package may have a file of that name.
  expect(attribution.pathLike('/app/node_modules/shop/src/cart.ts')).toBe(null);
  expect(attribution.pathLike('node_modules/@shop/core/src/cart.ts')).toBe(null);
});
