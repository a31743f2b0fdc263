import { expect, test } from 'vitest';
import { CallKeeper, Outcome } from './calls.ts';
import { Edges } from './edges.ts';
import { selectNth } from './select.ts';
import { TaskKeeper } from './tasks.ts';

test('quantiles are within 3.2 %', () => {
  const edges = new Edges();
  const edge = edges.find(1, 2);
  const values = Array.from({ length: 20_000 }, (_, k) => 1.003 ** (k % 5000) * 0.5).toSorted(
    (a, b) => a - b,
  );
  for (const value of values) edges.ended(edge, value);
  const shares = [0.01, 0.5, 0.95, 0.99, 1];
  edges.latencies.quantiles(edge, shares).forEach((found, k) => {
    const right = values[Math.ceil(shares[k] * values.length) - 1]!;
    expect(Math.abs(found / right - 1)).toBeLessThan(0.032);
  });
  expect(edges.latencies.quantiles(edges.find(2, 1), [0.5])).toEqual([NaN]);
});

test('zero, negative and endless latencies have a bucket', () => {
  const edges = new Edges();
  const edge = edges.find(1, 2);
  for (const value of [0, -1, 1e-9, 1e300, Infinity]) edges.ended(edge, value);
  expect(edges.latencies.quantiles(edge, [0.01])[0]).toBeLessThan(0.02);
});

test('edges keep their numbers while the table grows', () => {
  const edges = new Edges();
  const numbers = new Map<string, number>();
  for (let k = 0; k < 20_000; k++) numbers.set(`${k % 177}-${k}`, edges.find(k % 177, k));
  for (const [key, edge] of numbers)
    expect(edges.find(...(key.split('-').map(Number) as [number, number]))).toBe(edge);
  expect(edges.size).toBe(20_000);
});

test('the n-th value is what sorting says', () => {
  for (const values of [
    [3, 1, 2],
    [1, 1, 1, 1],
    [5],
    [2, 9, 2, 9, 2],
    Array.from({ length: 999 }, (_, k) => (k * 7919) % 101),
  ])
    for (const k of [0, values.length >> 1, values.length - 1])
      expect(selectNth(Float64Array.from(values), k)).toBe(values.toSorted((a, b) => a - b)[k]);
});

test('the bar for calls rises while they come, and no kept call loses its parent', () => {
  const keeper = new CallKeeper(1000);
  // Call k lasts k % 5000 µs; it stands for a child whose parent is at least as long.
  for (let k = 0; k < 50_000; k++)
    keeper.add(false, Outcome.RETURNED, 1, k, NaN, 1, 1, 0, k % 5000, 0, 0, 0, 0);
  keeper.finish();
  expect(keeper.size).toBeLessThanOrEqual(1000);
  expect(keeper.size).toBeGreaterThan(900);
  for (let i = 0; i < keeper.size; i++) expect(keeper.end[i]).toBeGreaterThan(keeper.min);
});

test('tasks: all long ones and those with errors, the slowest of the others', () => {
  const keeper = new TaskKeeper();
  const counts = { calls: 1, busy: 0, stalled: 0, awaits: 0, errors: 0 };
  const untraced = { trace: null, parent: null, result: null };
  const task = {
    thread: 1,
    kind: 'callback',
    name: null,
    fn: 1,
    start: 0,
    ...counts,
    open: false,
    ...untraced,
  };
  for (let id = 1; id <= 50_000; id++) keeper.add({ ...task, id, end: (id * 7919) % 1000 });
  keeper.add({ ...task, id: 60_000, end: 1, errors: 1 });
  keeper.add({ ...task, id: 60_001, end: 5000 });
  const rows = keeper.rows();
  expect([keeper.total, rows.length]).toEqual([50_002, 10_002]);
  expect(Math.min(...rows.filter((row) => row.errors === 0).map((row) => row.end))).toBe(800);
});

test('what a task is part of is known of more tasks than a Map has room for', () => {
  const keeper = new TaskKeeper();
  const last = 2 ** 24 + 10;
  for (let id = 2; id <= last; id++) keeper.join(1, id, id % 2 === 0 ? 1 : id - 1);
  expect([1, 2, 3, last - 1, last, last + 1].map((id) => keeper.idOf(1, id))).toEqual([
    1,
    1,
    1,
    1,
    1,
    last + 1,
  ]);
  expect(keeper.idOf(2, 7)).toBe(7);
});
