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
