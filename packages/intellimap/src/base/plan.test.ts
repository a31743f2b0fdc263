import { describe, expect, test } from 'vitest';
import { follow, leftOutOf, priceOfFollowing } from './following.ts';
import { BUSY, fixedCost, foretell } from './foretell.ts';
import { type CallRate, type Choice, choose, planFiles, type Wish } from './plan.ts';
import type { Tier } from './recording.ts';

/** Told calls of 40 ns, 12 of them for reading, counted ones of 1 ns; and up to a µs more, 0.4 for counted ones, of functions that are not called often enough to be at hand. */
const cost = { told: 28, framed: 1000, closed: 4, hit: 1, read: 6 };

/** Functions named after their calls in a second; those with an `a` are async. */
const rates = (names: string[]): CallRate[] =>
  names.map((id) => ({
    path: 'src/app.js',
    id,
    perSecond: Number.parseFloat(id),
    isFrame: id.endsWith('a'),
  }));

const chosen = (names: string[], wish: Partial<Wish>): Choice[] =>
  choose(rates(names), { budget: 5, tier: 'performance', cost, ...wish });

function kept(budget: number, names: string[], tier: Tier = 'performance') {
  const planned = planFiles(chosen(names, { budget, tier }), tier)['src/app.js'] ?? {};
  return names.map((id) => `${id} ${planned[id]?.keep ?? 'told'}`);
}

const strategies = (choices: Choice[]): string[] =>
  choices.map(({ of, strategy, because }) => `${of.id} ${strategy}: ${because}`);

test('rare functions are told, frequent ones counted, the most frequent left out', () => {
  // 5 % are 50 ms; 40 are aimed at, of which 20 may go to counts.
  expect(kept(5, ['1e3', '1e5', '4e5', '1e6', '1e7', '2e7', '1e8'])).toEqual([
    '1e3 told',
    '1e5 told',
    '4e5 told',
    '1e6 count',
    '1e7 count',
    '2e7 nothing',
    '1e8 nothing',
  ]);
});

test('who can be told within the budget is told: the plan is empty', () => {
  expect(kept(5, ['1e3', '1e5'])).toEqual(['1e3 told', '1e5 told']);
  expect(planFiles(chosen(['1e3'], {}), 'performance')).toEqual({});
});

test('a minimal run counts all but the most frequent', () => {
  // Of 10 ms, 8.
  expect(kept(1, ['1e3', '1e6', '6e6', '1e8'], 'minimal')).toEqual([
    '1e3 told',
    '1e6 told',
    '6e6 told',
    '1e8 nothing',
  ]);
});

test('async functions cost many times as much: they are counted where others that are called as often are told', () => {
  expect(kept(5, ['1e4a', '1e5', '4e5', '1e6'])).toEqual(['1e4a told', '1e5 told', '4e5 told', '1e6 count']);
  expect(kept(5, ['6e4a', '6e4', '5e5'])).toEqual(['6e4a count', '6e4 told', '5e5 told']);
  expect(kept(1, ['3e4a', '1e5'])).toEqual(['3e4a count', '1e5 told']);
});

test('what is followed beside calls has its room first, the most telling first', () => {
  const on = (budget: number | undefined, paid = 0): string[] =>
    follow({ requests: 1000, resources: 500, turns: 10_000 }, budget, paid)
      .filter(({ isOn }) => isOn)
      .map(({ what }) => what);
  // 25, 12.5 and 12 ms in a second, of four tenths of the budget.
  expect(on(undefined)).toEqual(['requests', 'resources', 'turns']);
  expect(on(20)).toEqual(['requests', 'resources', 'turns']);
  expect(on(10)).toEqual(['requests', 'resources']);
  expect(on(10, 20e6)).toEqual(['resources']);
  expect(on(1)).toEqual([]);
  const following = follow({ requests: 1000, resources: 0, turns: 10_000 }, 1, 0);
  expect(leftOutOf(following)).toEqual({ requests: 1000, turns: 10_000 });
  expect(priceOfFollowing(following)).toBe(0);
});

describe('calls of functions that are seldom called cost many times as much', () => {
  test('as nothing is at hand', () => {
    const [rare] = chosen(['1e3'], { budget: undefined });
    expect(rare.price / 1e3).toBeCloseTo(1030, -1);
    const [often] = chosen(['1e6'], { budget: undefined });
    expect(often.price / 1e6).toBeCloseTo(40, 0);
    const [counted] = chosen(['1e3'], { tier: 'minimal' });
    expect(counted.price / 1e3).toBeCloseTo(397, -1);
  });
  test('but where many others are told, too', () => {
    const [rare] = chosen(['1e3', '1e6'], { budget: undefined });
    expect(rare.price / 1e3).toBeCloseTo(535, -1);
    const [dense] = chosen(['1e3', '3e7'], { budget: undefined });
    expect(dense.price / 1e3).toBeCloseTo(72, -1);
    // Who is left out does not help; what all would cost is another matter.
    const [held] = chosen(['1e3', '3e7'], { budget: 1 });
    expect(held.price / 1e3).toBeCloseTo(1030, -1);
    expect(held.wanted).toBe(dense.price);
  });
});

test('what recording takes anyhow is taken out of the budget first', () => {
  expect(strategies(chosen(['1e4', '5e5', '1e6'], { fixed: 20e6 }))).toEqual([
    '1e4 performance: fits',
    '5e5 minimal: dear',
    '1e6 minimal: dear',
  ]);
  expect(strategies(chosen(['1e4', '5e5'], {}))).toEqual(['1e4 performance: fits', '5e5 performance: fits']);
});

describe('why', () => {
  test('uncalled, async, or all fits as there is no limit', () => {
    expect(strategies(chosen(['0', '1a'], {}))).toEqual(['0 performance: uncalled', '1a performance: fits']);
    expect(strategies(chosen(['1e9', '1a'], { budget: undefined }))).toEqual([
      '1e9 performance: fits',
      '1a performance: fits',
    ]);
  });
  test('a small leaf that loops call is counted at most', () => {
    const [small, other] = rates(['1e3', '1e3']);
    const choices = choose([{ ...small, isSmallInLoop: true }, other], {
      budget: 5,
      tier: 'performance',
      cost,
    });
    expect(strategies(choices)).toEqual(['1e3 minimal: small', '1e3 performance: fits']);
  });
});

test('values are told of the rarest, where they are wanted', () => {
  const names = ['10', '1e3', '1e5', '3e5', '1e6', '1e9'];
  expect(strategies(chosen(names, { most: 'full_trace' })).map((each) => each.split(':')[0])).toEqual([
    '10 full_trace',
    '1e3 full_trace',
    '1e5 full_trace',
    '3e5 full_trace',
    '1e6 minimal',
    '1e9 off',
  ]);
  const { 'src/app.js': planned } = planFiles(chosen(names, { most: 'full_trace' }), 'performance');
  expect(planned).toMatchObject({
    '10': { keep: 'values' },
    '1e6': { keep: 'count' },
    '1e9': { keep: 'nothing' },
  });
  expect(strategies(chosen(['10'], { most: 'state_only' }))).toEqual(['10 state_only: fits']);
});

describe('foretold', () => {
  test('calls and looking, in percent of a second; the less is known, the wider', () => {
    // 40 ms for calls; 30 for looking, as nothing limits it.
    const choices = chosen(['1e6'], { budget: undefined });
    const told = foretell(choices, [], fixedCost(undefined, BUSY), BUSY, 'measured');
    expect(told).toEqual({ percent: 7, low: 4.8, high: 9.71, startMs: 0, basis: 'measured' });
    const guessed = foretell(choices, [], fixedCost(undefined, BUSY), BUSY, 'text');
    expect(guessed.low).toBeLessThan(told.low);
    expect(guessed.high).toBeGreaterThan(20);
  });
  test('looking takes less with a budget, and more of who waits most of the time', () => {
    expect(fixedCost(1, BUSY)).toBeCloseTo(3.9e6);
    expect(fixedCost(4, BUSY)).toBe(10e6);
    expect(fixedCost(100, BUSY)).toBe(30e6);
    expect(fixedCost(1, { wallPerSecond: 10, startMs: 0 })).toBeCloseTo(39e6);
    // An earlier run tells what its thread took: one that was held, and one that was not.
    const looking = { ns: 2e6, isHeld: true };
    expect(fixedCost(1, { ...BUSY, looking })).toBeCloseTo(3.9e6);
    expect(fixedCost(undefined, { ...BUSY, looking })).toBeCloseTo(30e6);
    expect(fixedCost(undefined, { ...BUSY, looking: { ns: 2e6, isHeld: false } })).toBe(3e6);
    // Looks that took much become as rare as others.
    expect(fixedCost(1, { ...BUSY, looking: { ns: 90e6, isHeld: false } })).toBeCloseTo(3.9e6);
  });
});
