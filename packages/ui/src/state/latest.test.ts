import { expect, test } from 'vitest';
import { earlierLike, latestOf, runBefore } from './latest.ts';
import type { RunLine } from './run.ts';

const imported = (id: string, imported: boolean): { id: string; imported: boolean } => ({ id, imported });

test('the latest run is the newest that was recorded; an import only where nothing was', () => {
  expect(latestOf([imported('c', true), imported('b', false), imported('a', false)])?.id).toBe('b');
  expect(latestOf([imported('c', true), imported('b', true)])?.id).toBe('c');
});

const run = (id: string, startedAt: number, { command = 'node a.js', tier = 'performance', complete = true } = {}): RunLine =>
  ({ id, startedAt, tier, complete, command: command.split(' ') }) as RunLine; // prettier-ignore
const NOW = run('now', 50);
const RUNS = [
  run('later', 60),
  NOW,
  run('cut', 45, { complete: false }),
  run('small', 42, { tier: 'minimal' }),
  run('a', 20),
  run('b', 40),
  run('other', 30, { command: 'node b.js' }),
];

test('earlier runs like one are of its command and tier, newest first', () =>
  expect(earlierLike(RUNS, NOW).map(({ id }) => id)).toEqual(['cut', 'b', 'a']));

test('it is compared with the latest of them that is complete, as the server does', () => {
  expect(runBefore(RUNS, NOW)?.id).toBe('b');
  expect(runBefore(RUNS, run('first', 1))).toBeNull();
});
