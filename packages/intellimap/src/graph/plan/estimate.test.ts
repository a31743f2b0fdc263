import { expect, test } from 'vitest';
import { readFile } from '../../transform/index.ts';
import { flatten } from '../tree/flatten.ts';
import { type Estimated, estimatedRates, smallInLoops } from './estimate.ts';
import { planFacts } from './facts.ts';

/** Functions by the name they are given here, in the order of the text. */
function estimatedIn(text: string, names: string[]): Estimated[] {
  const tree = flatten(readFile(text, { path: 'a.ts', lang: 'tsx', goal: 'module' }).program);
  return planFacts(tree).map((facts, at) => ({ facts, name: at === 0 ? '' : names[at - 1] }));
}

test('who is called in loops, or by who is, is called more often', () => {
  const functions = estimatedIn(
    `function once() { for (const row of rows) each(row) } function each(row) { for (const cell of row) deep(cell) }
     function deep(cell) { return cell + 1 } function alone() {} once();`,
    ['once', 'each', 'deep', 'alone'],
  );
  const [, once, each, deep, alone] = estimatedRates(functions) as [number, number, number, number, number];
  expect(each).toBeGreaterThan(4 * once);
  expect(deep).toBeGreaterThan(4 * each);
  expect(alone).toBeLessThan(once);
  expect(smallInLoops(functions)).toEqual([false, false, false, true, false]);
});

test('the time of all that is called is a second', () => {
  const functions = estimatedIn('function f() { a.b.c; } for (;;) f();', ['f']);
  const [, rate] = estimatedRates(functions) as [number, number];
  expect(rate * functions[1].facts.work * 1.5).toBeLessThan(1e9);
  expect(rate).toBeGreaterThan(1e6);
});

test('recursion ends, and names that many have are shared among them', () => {
  const functions = estimatedIn(
    'function f() { for (;;) for (;;) for (;;) f() } const o = { g() {} }, p = { g() {} }; for (;;) g();',
    ['f', 'g', 'g'],
  );
  const rates = estimatedRates(functions);
  expect(rates.every(Number.isFinite)).toBe(true);
  expect(rates[2]).toBe(rates[3]);
});
