/** Texts of functions lead back to what their author wrote. */
import { expect, it } from 'vitest';
import { program } from './fixtures/programs.ts';
import { movesFromJson, movesToJson } from './3-rewrite/moves.ts';
import { originalText, transform, type TransformOptions } from './index.ts';

function done(source: string, options: Partial<TransformOptions> = {}) {
  const result = transform(source, {
    path: 'a.js',
    lang: 'js',
    goal: 'module',
    tier: 'performance',
    base: 1,
    ...options,
  });
  if (!result.ok) throw new Error(result.reason);
  return result;
}

const forms = [
  'function plain(a, b = () => 1) { return a + b(); }',
  'async function* stream(x) { for await (const y of x) yield y * 2; }',
  '(a) => a.b.c',
  'x => ({ x })',
  'class Cart extends Map { #n = () => 1; static make() { return new Cart(); } constructor() { super(); } get total() { return this.#n(); } }',
  'function trivial() {}',
  'function late() { for (const x of y) { if (x) return x; } }',
];

for (const tier of ['performance', 'minimal'] as const)
  it(`every form of function, ${tier}`, () => {
    for (const form of forms) {
      const source = `before(() => 0); const it = ${form}; after(function () { return it; });`;
      const { code, moves } = done(source, { tier, base: 500 });
      const start = code.indexOf('it = ') + 'it = '.length;
      const end = code.indexOf('; after(');
      expect(originalText(moves, code.slice(start, end)), form).toBe(form);
    }
  });

it('also after a way through JSON', () => {
  const { code, moves } = done('function f(a) { return a.b; }');
  const back = movesFromJson(movesToJson(moves));
  expect(back).toEqual(moves);
  expect(originalText(back, code.slice(code.indexOf('function')))).toBe('function f(a) { return a.b; }');
});

it('any piece of random programs', () => {
  for (let seed = 0; seed < 40; seed++) {
    const source = program(seed);
    const { code, moves } = done(source, { goal: 'script' });
    expect(originalText(moves, code), `seed ${seed}`).toBe(source);
  }
});

it('a piece without probes, or of another text, is not led anywhere', () => {
  const { moves } = done('function a() { b(); }');
  expect(originalText(moves, 'function a() {}')).toBeUndefined();
  expect(originalText(moves, 'function c() {$imE(777);}')).toBeUndefined();
});
