import { expect, test } from 'vitest';
import { oncePerRun } from './once-per-run.ts';
import type { Session } from './session.ts';

test('of each session each run is asked once, and again where that failed', async () => {
  const [one, other] = [{}, {}] as Session[];
  const asked: string[] = [];
  const ask = oncePerRun(async (session, run) => {
    asked.push(`${session === one ? 'one' : 'other'} ${run}`);
    if (asked.length === 1) throw new Error('not now');
    return await Promise.resolve(run);
  });
  await expect(ask(one, 'r1')).rejects.toThrow('not now');
  expect(await Promise.all([ask(one, 'r1'), ask(one, 'r1'), ask(one, 'r2'), ask(other, 'r1')])).toEqual([
    'r1',
    'r1',
    'r2',
    'r1',
  ]);
  expect(asked).toEqual(['one r1', 'one r1', 'one r2', 'other r1']);
});
