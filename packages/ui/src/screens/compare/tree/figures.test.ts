import { expect, test } from 'vitest';
import { amount, calls, difference } from './figures.ts';

test('times and calls, and by how much they differ', () => {
  expect([amount('work', 12.5), amount('calls', 1234.4)]).toEqual(['12.5 ms', '1,234']);
  expect([difference('work', 12.5), difference('latency', -0.003), difference('work', 0)]).toEqual([
    '+12.5 ms', '−3 µs', '0',
  ]); // prettier-ignore
  expect([difference('calls', -2), difference('calls', 0)]).toEqual(['−2', '0']);
});

test('a share of a call is some, not none', () =>
  expect([0, 0.3, 1, 1.2].map(calls)).toEqual(['0', '< 1', '1', '1']));
