import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { endOf, runFileOf, UNASKED } from './run-file.ts';

const known = { command: ['collect'], cwd: tmpdir(), root: tmpdir(), intellimap: '1', ...UNASKED };

test.each([
  ['when what makes it begin happened', 5_000, 5_000],
  ['a minute before at most', 3_600_000, 60_000],
  ['not later than now', -5_000, 0],
  ['at a whole ms', 0.4, 0],
])('a run begins %s', (_, agoMs, ago) => {
  const before = Date.now();
  const file = runFileOf(known, null, agoMs);
  expect(file.startedAt).toBeGreaterThanOrEqual(before - ago);
  expect(file.startedAt).toBeLessThanOrEqual(Date.now() - ago);
  expect(Number.isInteger(file.startedAt)).toBe(true);
  // By both of its clocks.
  expect(Math.abs(endOf(file) - Date.now())).toBeLessThan(1000);
});
