import { expect, test } from 'vitest';
import type { RunLine } from '../../state/run.ts';
import { runsOfTrend, pointsOf } from './trend.ts';

const run = (id: string, startedAt: number, command = 'node a.js', tier = 'performance'): RunLine =>
  ({ id, startedAt, tier, command: command.split(' ') }) as RunLine;

test('a trend is of earlier runs of the same command and tier, newest first', () => {
  const now = run('now', 50);
  const runs = [run('later', 60), now, run('b', 40), run('other', 30, 'node b.js'), run('a', 20), run('small', 10, 'node a.js', 'minimal')]; // prettier-ignore
  expect(runsOfTrend(runs, now)).toEqual(['b', 'a']);
  const many = Array.from({ length: 20 }, (_, n) => run(`r${n}`, n));
  expect(runsOfTrend(many, now)).toHaveLength(6);
});

test('points go from zero up, and leave out what is not known', () => {
  expect(pointsOf([0, null, 4], 106, 26)).toEqual({ line: '3,23 103,3', last: [103, 3] });
  expect(pointsOf([0], 106, 26).last).toEqual([3, 23]);
});
