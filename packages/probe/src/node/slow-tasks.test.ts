import { expect, test } from 'vitest';
import { Keeps } from './keeps.ts';
import { slowRule, SlowTasks } from './slow-tasks.ts';

test('a rule is a number of ms, or p99', () => {
  expect(['250', '0.5', 'p99'].map(slowRule)).toEqual([250, 0.5, 'p99']);
  expect([undefined, '', '0', '-1', 'p95', 'Infinity', 'NaN'].map(slowRule)).toEqual(
    Array(7).fill(undefined),
  );
});

test('longer than a threshold', () => {
  const slow = new SlowTasks(50);
  expect(slow.ended('GET /carts/7', 50)).toBeUndefined();
  expect(slow.ended('GET /carts/7', 80.04)).toBe('GET /carts/7 took 80 ms, more than 50 ms');
});

test('longer than 99 of 100 of the same route, once there were enough', () => {
  const slow = new SlowTasks('p99');
  for (let k = 1; k < 100; k++) expect(slow.ended(`GET /carts/${k}`, k % 10)).toBeUndefined();
  expect(slow.ended('GET /carts/x99', 500)).toBeUndefined();
  // 100 of them, of which one was long.
  expect(slow.ended('GET /carts/8', 9)).toBeUndefined();
  expect(slow.ended('GET /carts/8', 9.5)).toBe(
    'GET /carts/8 took 9.5 ms, 99 of 100 took up to 9 ms (101 before)',
  );
  // Another route has its own.
  expect(slow.ended('GET /reports', 5000)).toBeUndefined();
});

test('names beyond the limit are not told apart, and never slow', () => {
  const slow = new SlowTasks('p99');
  for (let k = 0; k < 300; k++) slow.ended('x'.repeat(k + 1), 1);
  for (let k = 0; k < 200; k++) slow.ended('x'.repeat(300), 1);
  expect(slow.ended('x'.repeat(300), 1e6)).toBeUndefined();
});

test('what fails over and over again is kept once a second; without a flight recorder nothing is', () => {
  const reasons: string[] = [];
  const keeps = new Keeps(true, 100, (reason) => void reasons.push(reason));
  keeps.ended('GET /a', 5, 503);
  keeps.ended('GET /a', 500, 503);
  keeps.ended('GET /b', 500, 404);
  keeps.ended('GET /c', 5, 200);
  expect(reasons).toEqual(['GET /a failed', 'GET /b took 500 ms, more than 100 ms']);
  new Keeps(false, 100, (reason) => void reasons.push(reason)).ended('GET /d', 500, 503);
  expect(reasons).toHaveLength(2);
});

test('what failed again within a second is kept when that is over, with what else is kept, or at the end', () => {
  const reasons: string[] = [];
  let now = 0;
  const keeps = new Keeps(
    true,
    undefined,
    (reason) => void reasons.push(`${now} ${reason}`),
    () => now,
  );
  const ended = (at: number, name: string, status: number): void => {
    now = at;
    keeps.ended(name, 1, status);
  };
  ended(0, 'GET /a', 500);
  ended(400, 'GET /a', 500);
  ended(999, 'GET /b', 200);
  ended(1500, 'GET /b', 200);
  ended(1600, 'GET /b', 200);
  expect(reasons).toEqual(['0 GET /a failed', '1500 GET /a failed']);
  ended(1700, 'GET /a', 500);
  ended(1800, 'GET /c', 500);
  expect([keeps.end(), reasons.length]).toEqual([false, 3]);
  ended(1900, 'GET /a', 500);
  expect([keeps.end(), reasons.at(-1)]).toEqual([true, '1900 GET /a failed']);
});
