import { expect, test } from 'vitest';
import { Budgets } from './limits.ts';

const use = (seconds: number, more: object = {}) => ({
  micros: seconds * 1e6,
  memory: 50 * 2 ** 20,
  events: 0,
  bytes: 0,
  ...more,
});

test('the first budget that is exceeded is named', () => {
  const budgets = new Budgets();
  expect(budgets.isSet).toBe(false);
  budgets.set({ memory: 100, bytes: 1000, seconds: 10 }, 0);
  expect(budgets.exceeded(use(1))).toBe(undefined);
  expect(budgets.exceeded(use(1, { memory: 200 * 2 ** 20 }))).toBe('memory: 200 MiB of 100 MiB');
  expect(budgets.exceeded(use(1, { bytes: 1001 }))).toBe('bytes: 1001 of 1000');
  expect(budgets.exceeded(use(11))).toBe('seconds: 10');
});

test('null takes a budget away, what is not named stays', () => {
  const budgets = new Budgets();
  budgets.set({ memory: 100, bytes: 1000 }, 0);
  budgets.set({ memory: null }, 0);
  expect(budgets.limits).toEqual({ bytes: 1000 });
});

test('events a second are those of the last second', () => {
  const budgets = new Budgets();
  budgets.set({ eventsPerSecond: 1000 }, 0);
  expect(budgets.exceeded(use(0, { events: 1e6 }))).toBe(undefined);
  expect(budgets.exceeded(use(0.5, { events: 2e6 }))).toBe(undefined);
  expect(budgets.exceeded(use(2, { events: 1e6 + 1500 }))).toBe(undefined);
  expect(budgets.exceeded(use(3, { events: 1e6 + 3500 }))).toBe('eventsPerSecond: 2000 of 1000');
});
