/** The sentence, and what shows it, from what is known of a run. */
import { describe, expect, test } from 'vitest';
import type { Change } from '../drift/index.ts';
import { byWeight, type Facts, judge, type Trouble } from './judge.ts';

const FACTS: Facts = {
  troubles: [],
  errors: 0,
  exitCode: 0,
  signal: null,
  ended: true,
  complete: true,
  tier: 'performance',
  isImported: false,
  calls: 18_400_000,
  functions: { hit: 1200, all: 1412 },
  drift: null,
};
const TROUBLE: Trouble = {
  name: 'TypeError',
  message: "Cannot read 'rate' of undefined",
  count: 37,
  uncaught: 0,
  function: 'applyCoupon',
  path: 'checkout/coupon.ts',
  line: 48,
  moment: { t: 12_586_000, thread: 2, call: '7', function: 'ts:checkout/coupon.ts#applyCoupon', path: 'checkout/coupon.ts', line: 48 },
  newAfter: 0,
  runs: 1,
  before: 0,
  affected: null,
}; // prettier-ignore
const CHANGE: Change = {
  kind: 'latency', what: 'slower', key: 'a\nb', subject: 'cart → pricing.quote', path: 'pricing/rules.ts', line: 7,
  before: 41, now: 96, unit: 'ms (95 of 100)', because: 'behaviour', confidence: 'likely',
}; // prettier-ignore
const drift = (...changes: Change[]) => ({ other: 'r209', otherAt: 1, history: [], doubts: [], changes });

/** Tone, sentence, evidence in one text, with links in brackets. */
function told(facts: Partial<Facts>): string[] {
  const { tone, sentence, evidence } = judge({ ...FACTS, ...facts });
  return [
    tone,
    sentence,
    evidence.map((part) => (typeof part === 'string' ? part : `[${part.text}]`)).join(''),
  ];
}
const trouble = (facts: Partial<Trouble>) => told({ troubles: [{ ...TROUBLE, ...facts }], errors: 37 });
const request = (hit: number, of: number | null) => ({
  affected: { kind: 'request', shape: 'POST /checkout', hit, of },
});

describe('an error', () => {
  test('of requests, new', () => {
    expect(trouble({ ...request(37, 518), newAfter: 5 })).toEqual([
      'bad',
      '1 in 14 requests POST /checkout ran into a TypeError in applyCoupon, and it began in this run.',
      "37 × TypeError: Cannot read 'rate' of undefined in [checkout/coupon.ts:48] (applyCoupon), first seen 12.586 s after the start. None of 5 earlier runs of the command had it.",
    ]);
  });
  test.each<[Partial<Trouble>, string]>([
    [request(12, 12), 'All 12 requests POST /checkout ran into a TypeError in applyCoupon.'],
    [request(3, 4), '3 in 4 requests POST /checkout ran into a TypeError in applyCoupon.'],
    [request(1, 1), 'POST /checkout ran into a TypeError in applyCoupon.'],
    [request(9, null), 'POST /checkout ran into a TypeError in applyCoupon.'],
    [{ ...request(1, 11), message: null, name: 'error' }, '1 in 11 requests POST /checkout ran into an error in applyCoupon.'],
    [{ uncaught: 1, count: 1 }, 'applyCoupon failed with a TypeError that nobody caught.'],
    [{ uncaught: 1, function: null, path: null, name: 'Error' }, 'The program failed 37 times with an Error that nobody caught.'],
    [{ runs: 3, before: 2 }, 'applyCoupon failed 37 times with a TypeError, as in earlier runs.'],
    [{ runs: 3 }, 'applyCoupon failed 37 times with a TypeError.'],
  ])('%j', (facts, sentence) => {
    expect(trouble(facts).slice(0, 2)).toEqual(['bad', sentence]);
  }); // prettier-ignore
  test('that was thrown, caught and known is none to speak of', () => {
    expect(trouble({ name: 'DeclinedError', runs: 4, before: 3 })).toEqual([
      'good',
      'Nothing serious: 37 errors came and were caught as in earlier runs.',
      '18,400,000 calls of 1,200 functions were watched; 212 functions never ran. There is no earlier complete run of the same command to compare with.',
    ]);
    expect(trouble({ name: 'DeclinedError', runs: 4 })[1]).toBe(
      'Nothing serious: 37 errors came and were caught.',
    );
    expect(trouble({ name: 'DeclinedError', newAfter: 1 })[0]).toBe('bad');
  });
  test('without a time or a place says no more', () => {
    expect(trouble({ uncaught: 1, count: 1, moment: null, path: null, line: null, function: null })[2]).toBe(
      "TypeError: Cannot read 'rate' of undefined.",
    );
  });
});

test('uncaught ones weigh most, then new ones, then frequent ones; what was meant comes last', () => {
  const named = (name: string, facts: Partial<Trouble>): Trouble => ({ ...TROUBLE, name, ...facts });
  const all = [
    named('DeclinedError', { count: 900 }),
    named('TypeError', { count: 5 }),
    named('RangeError', { count: 50 }),
    named('NewError', { newAfter: 2, count: 1 }),
    named('Error', { uncaught: 1, count: 1 }),
  ];
  expect(all.toSorted(byWeight).map(({ name }) => name)).toEqual([
    'Error',
    'NewError',
    'RangeError',
    'TypeError',
    'DeclinedError',
  ]);
});

test('a command that ended badly, without an error that says why', () => {
  expect(told({ exitCode: 1 })).toEqual(['bad', 'The command ended with exit code 1, and no error was recorded that nobody caught.', 'No error at all was recorded in it.']); // prettier-ignore
  expect(told({ exitCode: null, signal: 'SIGKILL' })[1]).toMatch(/^The command ended by SIGKILL,/);
});

describe('compared with another run', () => {
  test('slower, though the code is the same', () => {
    expect(told({ drift: drift(CHANGE, { ...CHANGE, key: 'c\nd' }) })).toEqual([
      'worse',
      'cart → pricing.quote became slower: 41 → 96 ms (95 of 100).',
      '[pricing/rules.ts:7]: its code is the same, compared with run r209. No error is new. 1 other thing became slower, or more, too.',
    ]);
  });
  test('called far more often', () => {
    const more: Change = { ...CHANGE, kind: 'calls', what: 'more', before: 84, now: 700, unit: 'calls' };
    expect(told({ drift: drift(more) })[1]).toBe(
      'cart → pricing.quote is called more often: 84 → 700 calls.',
    );
    expect(told({ drift: drift({ ...more, now: 90 }) })[0]).toBe('good');
  });
  test('what could be chance, or is faster, is nothing to begin with', () => {
    expect(
      told({ drift: drift({ ...CHANGE, confidence: 'possible' }, { ...CHANGE, what: 'faster' }) }).slice(
        0,
        2,
      ),
    ).toEqual(['good', 'No errors, and nothing is slower than in run r209.']);
  });
});

test.each<[Partial<Facts>, string]>([
  [{ complete: false }, 'No error was recorded, but part of this run is missing.'],
  [{ ended: false, exitCode: null }, 'No error was recorded, but this run has no end: it goes on, or its recorder was killed.'],
  [{ tier: 'minimal' }, 'No error was recorded, but a minimal run records calls only.'],
  [{ tier: 'minimal', isImported: true }, 'No error was recorded, but this run was imported, and tells no more than the other tool recorded.'],
])('where it cannot be told, it says so: %j', (facts, sentence) => {
  expect(told(facts).slice(0, 2)).toEqual(['unknown', sentence]);
}); // prettier-ignore
