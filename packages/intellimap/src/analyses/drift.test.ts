import { expect, test } from 'vitest';
import type { Change } from '../query/index.ts';
import { said } from './drift.ts';

const change = (kind: Change['kind'], what: Change['what'], before: number, now: number): Change =>
  ({ kind, what, before, now, unit: '' }) as Change;

test.each([
  [change('function', 'added', 0, 1), 'ran, and did not before (1 call)'],
  [change('function', 'removed', 2, 0), 'did not run, and did before (2 calls)'],
  [change('edge', 'added', 0, 1), 'is a new call (1 time)'],
  [change('edge', 'removed', 1, 0), 'is called no more (1 time before)'],
  [change('error', 'added', 0, 3), 'is new (3 times)'],
  [change('error', 'removed', 1, 0), 'came no more (1 time before)'],
])('%j is said as %s', (given, expected) => {
  expect(said(given)).toBe(expected);
});
