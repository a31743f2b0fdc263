import { describe, expect, test } from 'vitest';
import { linesOf, readFile } from '../../transform/index.ts';
import { resolveScopes } from '../scopes/resolve.ts';
import { flatten } from '../tree/flatten.ts';
import { KIND_NAMES } from '../tree/kinds.ts';
import { bodyOwner, type Tree } from '../tree/tree.ts';
import { bodiesOf } from './bodies.ts';
import { effortOf, type Metrics, metricsOf } from './metrics.ts';

function measured(text: string): { tree: Tree; metrics: Metrics } {
  const tree = flatten(readFile(text, { path: 'a.ts', lang: 'tsx', goal: 'module' }).program);
  return { tree, metrics: metricsOf(tree, resolveScopes(tree, true), linesOf(text)) };
}

type Column = Exclude<keyof Metrics, 'size' | 'halstead'>;
/** Of each body in the order of the text, the program first. */
const all = (text: string, column: Column): number[] => [...measured(text).metrics[column]];
/** Of the first function. */
const first = (text: string, column: Column): number => all(text, column)[1];

test('bodies stand in the order of the text', () => {
  const { tree, metrics } = measured('function f(a = () => 1) {} class A { [b()] = 1; c; static { d } e() {} } const g = class { static h = () => 1 }');
  expect(Array.from(metrics.owner, (node) => KIND_NAMES[tree.kind[node]])).toEqual([
    'Program', 'FunctionDeclaration', 'ArrowFunctionExpression', 'PropertyDefinition', 'StaticBlock', 'FunctionExpression', 'PropertyDefinition', 'ArrowFunctionExpression',
  ]);
}); // prettier-ignore

test('each node runs in the body that owns it', () => {
  const { tree } = measured('function f(a = () => b, { [c]: d }) { e } @g class A extends h { [i] = j; static { k; class B { l = m } } @n o() { p } static {} } q');
  const bodies = bodiesOf(tree);
  for (let node = 0; node < tree.size; node++) expect(bodies.owner[bodies.of[node]]).toBe(bodyOwner(tree, node));
}); // prettier-ignore

describe('cyclomatic complexity', () => {
  test.each([
    ['nothing to decide', 'function f() { a(); return b }', 1],
    // McCabe's: one more than the number of conditions.
    ['branches', 'function f() { if (a) b(); else if (c) d(); else e(); return g ? h : i }', 4],
    ['loops', 'function f() { for (;;) {} for (const a of b) {} for (const a in b) {} while (a) {} do {} while (a) }', 6],
    ['a case each, but not default', 'function f() { switch (a) { case 1: case 2: b(); break; default: c() } }', 3],
    ['what is not evaluated always', 'function f() { a && b || c ?? d; a &&= b; a ||= b; a ??= b; a = b; a?.b?.(c); a.b() }', 9],
    ['catch, not finally', 'function f() { try { a() } catch { b() } finally { c() } }', 2],
    ['defaults', 'function f(a = 1, { b = 2, c: [d] }) {}', 3],
  ])('%s', (_, text, expected) => expect(first(text.replace('a && b || c ?? d', '(a && b || c) ?? d'), 'cyclomatic')).toBe(expected)); // prettier-ignore

  test('each body counts its own', () => {
    expect(all('a ? b : c; function f() { if (a) () => b || c } class A { d = a ? b : c; [a ? b : c]() {} static { if (a) b }}', 'cyclomatic')).toEqual([3, 2, 2, 2, 1, 2]);
  }); // prettier-ignore
});

describe('cognitive complexity', () => {
  // The two examples that the paper begins with: the same cyclomatic complexity, 4.
  const sumOfPrimes = `function sumOfPrimes(max) {
    let total = 0;
    OUT: for (let i = 1; i <= max; ++i) {   // 1
      for (let j = 2; j < i; ++j) {         // 2: 1 more, as it lies in the first one
        if (i % j === 0) {                  // 3
          continue OUT;                     // 1
        }
      }
      total += i;
    }
    return total;
  }`;
  const getWords = `function getWords(number) {
    switch (number) {                       // 1
      case 1: return 'one';
      case 2: return 'a couple';
      case 3: return 'a few';
      default: return 'lots';
    }
  }`;
  test('grows with what lies within, where cyclomatic complexity does not', () => {
    expect([first(sumOfPrimes, 'cyclomatic'), first(getWords, 'cyclomatic')]).toEqual([4, 4]);
    expect([first(sumOfPrimes, 'cognitive'), first(getWords, 'cognitive')]).toEqual([7, 1]);
  });

  test.each([
    // 1 + 1 + 1, however deep.
    ['else if and else', 'if (a) { b() } else if (c) { d() } else { e() }', 3],
    // if 1, while 2, else 1, if 2.
    ['what lies in else', 'if (a) { while (b) c() } else { if (d) e() }', 6],
    // The question of an `if` does not lie in it: 1 + 1.
    ['what is asked', 'if (a ? b : c) d()', 2],
    // 1, 2, 3.
    ['in one another', 'a ? b ? c ? 1 : 2 : 3 : 4', 6],
    // catch 1, if 2; try and finally nothing.
    ['catch', 'try { a() } catch { if (b) c() } finally { d() }', 3],
    ['jumps', 'a: for (;;) { break a; break; continue }', 2],
    // && ||, && within a negation.
    ['runs of logical operators', 'a && b && c || d || e; a && !(b && c)', 4],
    ['parentheses do not end a run', 'a && (b && c) && (d as any)!; a || (b && c) || d', 4],
    ['shorthands are free', 'a ?? b; a?.b?.(); a ??= b; (a ?? b) ?? (c && d)', 1],
    ['switch', 'switch (a) { case b: if (c) d(); default: if (e) g() }', 5],
  ])('%s', (_, body, expected) => expect(first(`function f() { ${body} }`, 'cognitive')).toBe(expected)); // prettier-ignore

  test('functions within count for those around, too, and lie deeper', () => {
    const text = 'function f() { if (a) b(() => { if (c) d() }); }';
    // if 1; in the arrow: 1 by itself, and 2 more as it lies in a function that lies in an if.
    expect(all(text, 'cognitive')).toEqual([0, 4, 1]);
    expect(all(text, 'cognitiveOwn')).toEqual([0, 1, 1]);
  });

  test('unless those only declare', () => {
    // The paper's: a function instead of a class.
    const declaring = 'function f() { this.g = function () { if (a) () => { if (b) c() } } }';
    expect(all(declaring, 'cognitive')).toEqual([0, 4, 4, 1]);
    // if (d) 1, if (a) 2, if (b) 4: it lies in an arrow in an if in a function.
    expect(all(`${declaring.slice(0, -1)}; if (d) e() }`, 'cognitive')).toEqual([0, 7, 4, 1]);
  });

  test.each([
    ['function f() { f() }', [0, 1]],
    ['const f = (a) => { a.map(() => f(a)) }', [0, 1, 0]],
    ['(function f() { f(); f() })', [0, 1]],
    ['class A { a() { () => this.a() } b() { this.c() } get c() { return this.c() } [d]() { this.d() } e() { function g() { this.e() } } }', [0, 1, 0, 0, 0, 0, 0, 0]],
    ['class A { #a() { this.#a() } b() { this.#b() } #b() {} }', [0, 1, 0, 0]],
    ['function f() { g() } function g(f) { f() }', [0, 0, 0]],
  ])('a function that calls itself: %s', (text, expected) => expect(all(text, 'cognitive')).toEqual(expected)); // prettier-ignore
});

describe('Halstead', () => {
  const halstead = (text: string): number[] => {
    const { operators, operands, allOperators, allOperands } = measured(text).metrics.halstead;
    return [operators[1], operands[1], allOperators[1], allOperands[1]];
  };

  test('of a known small program', () => {
    // main() { int a, b, c, avg; scanf(…); avg = (a + b + c) / 3; printf(…) }, as it is in JavaScript.
    const text = `function main() {
      let a, b, c, average;
      scan("%d %d %d", a, b, c);
      average = (a + b + c) / 3;
      print("average = %d", average);
    }`;
    // Operators: let, () twice, =, + twice, /. Operands: a, b, c thrice; average thrice; scan, print, both texts, 3.
    expect(halstead(text)).toEqual([5, 9, 7, 17]);
    const { volume, difficulty, effort } = effortOf(measured(text).metrics.halstead, 1);
    expect(volume).toBeCloseTo(24 * Math.log2(14));
    expect(difficulty).toBeCloseTo((5 / 2) * (17 / 9));
    expect(effort).toBeCloseTo(volume * difficulty);
  });

  test.each([
    ['nothing', '', [0, 0, 0, 0]],
    ['signs are told apart', '-a - b; a = b; a += b; a++; ++a', [6, 2, 6, 8]],
    ['and ways to get at members', 'a.b; a[b]; a?.b; a()', [4, 2, 4, 7]],
    ['names and texts, too', 'a; "a"; `a`; this; 1; "1"', [0, 6, 0, 6]],
    ['names are the same wherever they stand', 'a; b.a; ({ a: 1 }); <a />', [4, 3, 4, 6]],
    ['texts with values', '`${a}b${c}`; ``', [1, 4, 1, 4]],
    ['short forms count once', '({ a, b })', [1, 2, 1, 2]],
    ['types and parentheses do not count', '((a as string)!); let b: number', [1, 2, 1, 2]],
    ['a function counts as one operator where it stands', '() => { a; b; c }', [1, 0, 1, 0]],
    ['statements', 'if (a) { return } for (;;) break', [4, 1, 4, 1]],
    ['JSX', '<a b="c">d {e}</a>', [2, 5, 2, 5]],
  ])('%s', (_, body, expected) => expect(halstead(`function f() { ${body} }`)).toEqual(expected)); // prettier-ignore

  test('nothing is no effort', () => {
    expect(effortOf(measured('function f() {}').metrics.halstead, 1)).toEqual({
      volume: 0,
      difficulty: 0,
      effort: 0,
    });
  });
});

test.each([
  ['nothing', 'function f() { a() }', 0],
  ['else if lies as deep as if', 'function f() { if (a) b(); else if (c) d(); else { e() } }', 1],
  ['in one another', 'function f() { for (;;) { try { switch (a) { case b: while (c) d() } } finally {} } if (a) b() }', 4],
  ['blocks alone do not count, nor do functions within', 'function f() { { if (a) () => { if (b) { if (c) d() } } } }', 1],
])('nesting: %s', (_, text, expected) => expect(first(text, 'nesting')).toBe(expected)); // prettier-ignore

test('nesting: a function within begins anew', () => {
  expect(all('for (;;) { if (a) () => { if (b) c() } }', 'nesting')).toEqual([2, 1]);
});

test.each<[Column, string, number[]]>([
  ['lines', 'a\nfunction f() {\n  b()\n}\n', [4, 3]],
  ['parameters', 'function f(a, { b, c }, ...d) {} () => 1', [0, 3, 0]],
  ['calls', 'a(); function f() { new a(b()); a`b`; import("c"); a?.(); super_; return () => d() }', [1, 5, 1]],
  ['loops', 'for (;;); function f() { for (a of b) while (c) do {} while (d) } () => { for (a in b); }', [1, 3, 1]],
  ['awaits', 'await a; async function f() { await a; for await (const b of c) await b } async () => await a', [1, 3, 1]],
])('%s: %s', (column, text, expected) => expect(all(text, column)).toEqual(expected)); // prettier-ignore

test.each([
  ['variables of functions around', 'function f(a, b) { let c; return () => a + c + a }', [0, 0, 2]],
  ['also for those in between', 'function f(a) { return () => { let b; return () => a + b } }', [0, 0, 1, 2]],
  ['not those of the module', 'let a; function f() { return () => a }', [0, 0, 0]],
  ['not its own, nor its own name', '() => { (function f(a) { f(a) }) }', [0, 0, 0]],
  ['nor the name of a function around', '() => { function f() { f() } }', [0, 0, 1]],
  ['fields, static blocks', '(a) => class { b = a; static { a } }', [0, 0, 1, 1]],
  ['arguments', 'function f() { return () => arguments }', [0, 0, 1]],
])('captured: %s', (_, text, expected) => expect(all(text, 'captured')).toEqual(expected)); // prettier-ignore
