import { expect, test } from 'vitest';
import type { MovedText, SiteTable } from '../../base/recording.ts';
import { transform, type TransformOptions } from '../../transform/index.ts';
import { TextPlaces } from './text-places.ts';

const OPTIONS: TransformOptions = {
  path: 'src/a.js',
  lang: 'js',
  goal: 'module',
  tier: 'performance',
  base: 1,
};

interface Ran {
  code: string;
  places: TextPlaces;
  table: SiteTable;
}

function ran(source: string, text: Partial<MovedText> = {}, options: Partial<TransformOptions> = {}): Ran {
  const result = transform(source, { ...OPTIONS, ...options });
  if (!result.ok) throw new Error(result.reason);
  const { moves, table, code } = result;
  const moved: MovedText = {
    version: 1,
    script: '/src/a.js',
    wrapper: 0,
    startLine: 0,
    startColumn: 0,
    at: [...moves.at],
    length: Array.from(moves.at, (_, n) => moves.before[n + 1] - moves.before[n]),
    lines: [...moves.lines],
    functions: result.functions(),
    ...text,
  };
  return { code, table, places: new TextPlaces(moved, table) };
}

/** Line and column, both from 0, of an offset: as V8 says them. */
function said(code: string, offset: number): [number, number] {
  const lines = code.slice(0, offset).split('\n');
  return [lines.length - 1, lines.at(-1)!.length];
}

const SOURCE = `const one = 1; export function first(a) { return a ? one : 2; }
export class Cart {
  #lines = [];
  constructor(lines) { this.#lines = lines; }
  static async of(...lines) { await null; return new Cart(lines.map((line) => line + 1)); }
  get total() { return this.#lines.reduce((a, b) => a + b, 0); }
}
export const later = async (x = () => 7) => { await x(); };`;

/** Where parameters begin, as CPU profiles say it, in the text that ran → the function. */
test.each([
  ['first(', 'first'],
  ['constructor(', 'new Cart'],
  ['of(', 'Cart.of'],
  ['.map(|(line)', 'lines.map callback'],
  ['total(', 'get Cart.total'],
  ['reduce(|(a, b)', 'this.#lines.reduce callback'],
  ['later = async (', 'later'],
  ['x = (', 'x'],
])('the parameters after %s are those of %s', (head, name) => {
  const { code, places } = ran(SOURCE);
  const text = head.replace('|', '');
  const offset = code.indexOf(text) + (head.includes('|') ? head.indexOf('|') : text.length - 1);
  expect(code[offset]).toBe('(');
  const place = places.ran(...said(code, offset));
  expect(place).toBe(offset);
  expect(places.site(places.functionAt(offset)!).name).toContain(name);
});

test('the module begins where its text does', () => {
  const { places } = ran(SOURCE);
  expect(places.functionAt(0)).toBe(0);
});

/** Where V8's coverage lets a function begin, and the text in front of which it ends. */
test.each([
  ['function first', '\nexport class', 'first'],
  ['constructor(', '\n  static', 'new Cart'],
  ['of(...', '\n  get', 'Cart.of'],
  ['total()', '\n}', 'get Cart.total'],
  ['async (x', ';;$imL', 'later'],
])('from %s to %j there is %s', (from, to, name) => {
  const { code, places, table } = ran(SOURCE);
  const start = code.indexOf(from);
  const end = code.indexOf(to, start);
  expect(code[end - 1]).toBe('}');
  expect(table.sites[places.functionFrom(start, end) ?? -1]?.name).toBe(name);
  expect(places.functionFrom(start, end - 1)).toBeUndefined();
});

test('the module is all of its text', () => {
  const { code, places } = ran(SOURCE);
  expect(places.functionFrom(0, code.length)).toBe(0);
});

test('what was inserted takes no room in the file', () => {
  const { code, places } = ran(SOURCE);
  const [opener] = /\{\{var \$imk.*?try\{/.exec(code)!;
  const start = code.indexOf(opener) + 1;
  const end = start + opener.length - 1;
  expect(places.given(start)).toBe(places.givenEnd(end));
  expect(places.place(places.given(end))).toEqual({ line: 1, column: SOURCE.indexOf('{') + 1 });
});

test('places of compiled text are those of its source', () => {
  // All of line 1 comes from line 5, column 2.
  const { places } = ran('export function first() { return 1; }', { mappings: 'AAIE' });
  expect(places.place(7)).toEqual({ line: 5, column: 2 });
});

test('a host put something in front, and told V8 other lines', () => {
  const wrapped = `({"run":function(module,exports,require){function f() { return 1; }\n}});`;
  const wrapper = wrapped.indexOf('function f');
  const { code, places } = ran(
    wrapped,
    { wrapper, startLine: 3, startColumn: 4 },
    { goal: 'script', wrapper },
  );
  expect(places.ran(3, 4)).toBe(0);
  expect(places.ran(2, 0)).toBeUndefined();
  const host = code.indexOf('(module');
  expect(places.functionAt(host)).toBe(0);
  expect(places.functionFrom(code.indexOf('function('), code.lastIndexOf('}})') + 1)).toBe(0);
  expect(places.functionFrom(0, code.length)).toBeUndefined();
  expect(places.place(wrapper)).toEqual({ line: 1, column: 0 });
});
