import { expect, test } from 'vitest';
import type { FunctionMetrics } from '../query/index.ts';
import { named, overLimits, ranked, scoreOf } from './metrics-rank.ts';
import { explainedText, metricsText, overText } from './metrics-text.ts';
import { PLAIN } from './terminal.ts';

const of = (name: string, more: Partial<FunctionMetrics> = {}): FunctionMetrics => ({
  id: `ts:src/${name}.ts#${name}`,
  name,
  path: `src/${name}.ts`,
  line: 1,
  kind: 'function',
  role: 'source',
  lines: 10,
  parameters: 1,
  cyclomatic: 5,
  cognitive: 10,
  nesting: 2,
  captured: 0,
  recursive: false,
  volume: 100,
  difficulty: 4,
  effort: 400,
  fanIn: null,
  fanOut: null,
  commits: null,
  calls: 0,
  selfMs: null,
  selfShare: null,
  threw: 0,
  errors: 0,
  ran: null,
  ...more,
});
const order = (functions: FunctionMetrics[], by: Parameters<typeof ranked>[1] = 'score'): string =>
  ranked(functions, by)
    .map(({ name }) => name)
    .join(' ');

test('what is not known changes nothing; changes, time, errors and never having been called do', () => {
  expect(scoreOf(of('a'))).toBe(10);
  expect(scoreOf(of('a', { commits: 0, ran: true, selfShare: 0 }))).toBe(10);
  expect(scoreOf(of('a', { commits: 3 }))).toBe(30);
  expect(scoreOf(of('a', { selfShare: 0.25 }))).toBe(15);
  expect(scoreOf(of('a', { errors: 7 }))).toBe(20);
  expect(scoreOf(of('a', { ran: false }))).toBe(15);
  expect(scoreOf(of('a', { commits: 1, selfShare: 0.25, errors: 1 }))).toBe(50);
});

test('the greatest first, by whatever is asked; of equals the one that is more worth looking at', () => {
  const functions = [
    of('calm', { cognitive: 20 }),
    of('changed', { commits: 7, fanIn: 1 }),
    of('called', { calls: 9, fanIn: 4 }),
  ];
  expect(order(functions)).toBe('changed calm called');
  expect(order(functions, 'cognitive')).toBe('calm changed called');
  expect(order(functions, 'fan-in')).toBe('called changed calm');
  expect(order(functions, 'lines')).toBe('changed calm called');
});

test('a limit may be reached', () => {
  const functions = [of('a', { cognitive: 15 }), of('b', { cognitive: 16, lines: 90 })];
  expect(overLimits(functions, { cognitive: 15, lines: 30 }).map(({ name, figure, value, most }) => [name, figure, value, most])).toEqual([
    ['b', 'lines', 90, 30],
    ['b', 'cognitive', 16, 15],
  ]);
  expect(overLimits(functions, {})).toEqual([]);
}); // prettier-ignore

test('a function is known by its id, its name, its last part, a part of it', () => {
  const functions = [of('Cart.total'), of('total'), of('subtotal')];
  const names = (wanted: string): string[] => named(functions, wanted).map(({ name }) => name);
  expect(names('total')).toEqual(['total']);
  expect(names('ts:src/subtotal.ts#subtotal')).toEqual(['subtotal']);
  expect(names('otal')).toEqual(['Cart.total', 'total', 'subtotal']);
  expect(names('nothing')).toEqual([]);
});

const out = { paint: PLAIN, columns: 80 };
const long = of('a'.repeat(60), { commits: 123, calls: 12_345_678, selfMs: 12_345, ran: true, errors: 1234 });

test('as a terminal of 80 columns shows it', () => {
  const functions = ranked([of('Cart.total', { ran: false, commits: 3 }), long], 'calls');
  const text = metricsText(functions, 7, out);
  expect(`\n${text}\n`).toBe(`
  cogn  cycl  commits  calls    self    err
    10     5      123  12.3M  12.3 s  1,234  aaaaaaaaaaaaa…  …aaaaaaaaaaaaa.ts:1
    10     5        3  never                 Cart.total      src/Cart.total.ts:1
  … and 5 functions more (--limit, --json)
`);
  expect(text.split('\n').every((line) => line.length <= 80)).toBe(true);
  expect(overText(overLimits([long], { cognitive: 3 }), out).length).toBeLessThanOrEqual(80);
});

test('one of them in all that is known of it', () => {
  const parts = [
    { line: 3, what: 'if', amount: 1, nesting: 0 },
    { line: 4, what: 'for … of', amount: 2, nesting: 1 },
  ];
  const [it] = ranked([of('Cart.total', { cognitive: 3, commits: 1, ran: true, calls: 2, selfMs: 1, selfShare: 0.25, fanIn: 1, fanOut: 0 })], 'score');
  expect(`\n${explainedText(it, parts, out)}\n`).toBe(`
Cart.total  function  src/Cart.total.ts:1
  cognitive 3, cyclomatic 5, nesting 2, 10 lines, 1 parameter, Halstead: volume
  100, difficulty 4.0, effort 400
  changed by 1 commit in a year, 2 calls, 1.00 ms of its own (25 % of all),
  fan-in 1, fan-out 0, score 9
Cognitive complexity 3
  +1  if        line 3
  +2  for … of  line 4  1, and 1 for what it lies in
`);
}); // prettier-ignore
