import { expect, test } from 'vitest';
import { oncePerSession } from './once-per-session.ts';
import type { Session } from './session.ts';

test('a session is asked once, also where the answer is none; each has its own', () => {
  const [one, other] = ['r1', 'r2'].map((id) => ({ run: { id } }) as Session);
  const asked: string[] = [];
  const ask = oncePerSession(({ run }) => {
    asked.push(run.id);
    return run.id === 'r1' ? undefined : run.id;
  });
  expect([ask(one), ask(other), ask(one), ask(other)]).toEqual([undefined, 'r2', undefined, 'r2']);
  expect(asked).toEqual(['r1', 'r2']);
});

test('a session that could not be answered is asked again: it may live for hours', async () => {
  const session = {} as Session;
  let asked = 0;
  const ask = oncePerSession(async () => {
    if (++asked === 1) throw new Error('not now');
    return await Promise.resolve(asked);
  });
  await expect(ask(session)).rejects.toThrow('not now');
  expect([await ask(session), await ask(session)]).toEqual([2, 2]);
});

test('of each session each run is asked once, and again where that failed', async () => {
  const [one, other] = [{}, {}] as Session[];
  const asked: string[] = [];
  const ask = oncePerSession(async (session, run: string) => {
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
