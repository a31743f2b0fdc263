import { expect, test } from 'vitest';
import { type CallRate, planFor } from './plan.ts';
import type { Tier } from './recording.ts';

/** In a second: told calls of 40 ns, 12 of them for reading, counted ones of 1 ns. */
const cost = { told: 28, framed: 1000, closed: 4, hit: 1, read: 6 };

/** Functions named after their calls in a second; those with an `a` are async. */
function kept(budget: number, names: string[], tier: Tier = 'performance') {
  const rates: CallRate[] = names.map((id) => ({
    path: 'src/app.js',
    id,
    perSecond: Number.parseFloat(id),
    isFrame: id.endsWith('a'),
  }));
  const plan = planFor(rates, { budget, tier, cost, from: 'run' });
  const planned = plan?.files['src/app.js'] ?? {};
  return names.map((id) => `${id} ${planned[id]?.keep ?? 'told'}`);
}

test('rare functions are told, frequent ones counted, the most frequent left out', () => {
  // 5 % are 50 ms; 40 are aimed at, of which 20 may go to counts.
  expect(kept(5, ['1e3', '1e5', '6e5', '1e6', '1e7', '2e7', '1e8'])).toEqual([
    '1e3 told',
    '1e5 told',
    '6e5 told',
    '1e6 count',
    '1e7 count',
    '2e7 nothing',
    '1e8 nothing',
  ]);
});

test('who can be told within the budget is told: there is no plan', () => {
  expect(kept(5, ['1e3', '1e5'])).toEqual(['1e3 told', '1e5 told']);
  expect(planFor([], { budget: 5, tier: 'performance', cost, from: 'run' })).toBeUndefined();
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

test('async functions are told whatever they cost, for the others less is left', () => {
  expect(kept(5, ['3e4a', '1e5', '5e5', '1e6'])).toEqual(['3e4a told', '1e5 told', '5e5 count', '1e6 count']);
  expect(kept(1, ['3e4a', '1e5'])).toEqual(['3e4a told', '1e5 count']);
});
