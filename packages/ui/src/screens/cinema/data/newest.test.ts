import { describe, expect, test } from 'vitest';
import { Newest } from './newest.ts';

/** What happens, as a line of words: `ask 1`, `told 1`, `cancelled 1`. Answers come when the test says so. */
function story(late: 'wait' | 'cancel') {
  const told: string[] = [];
  const waiting: { ask: number; settle: (fails?: boolean) => void }[] = [];
  const newest = new Newest<number, number>({
    late,
    answer: (ask, signal) =>
      new Promise((resolve, reject) => {
        told.push(`ask ${ask}`);
        signal.addEventListener('abort', () => {
          told.push(`cancelled ${ask}`);
          reject(new Error('aborted'));
        });
        waiting.push({ ask, settle: (fails) => (fails ? reject(new Error(`no ${ask}`)) : resolve(ask)) });
      }),
    onAnswer: (answer) => told.push(`told ${answer}`),
    onFailure: (error) => told.push(error.message),
  });
  const settle = async (fails = false) => {
    waiting.shift()!.settle(fails);
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { newest, told, settle };
}

describe('the newest question', () => {
  test('waits for the one on its way; those between are never asked', async () => {
    const { newest, told, settle } = story('wait');
    for (const ask of [1, 2, 3, 4]) newest.want(ask);
    await settle();
    await settle();
    expect(told).toEqual(['ask 1', 'told 1', 'ask 4', 'told 4']);
    expect(newest.isBusy).toBe(false);
  });

  test('cancels the one on its way where that is of no use', async () => {
    const { newest, told, settle } = story('cancel');
    newest.want(1);
    newest.want(2);
    await settle();
    await settle();
    expect(told).toEqual(['ask 1', 'cancelled 1', 'ask 2', 'told 2']);
  });

  test('a failure is told only if nothing newer waits', async () => {
    const { newest, told, settle } = story('wait');
    newest.want(1);
    newest.want(2);
    await settle(true);
    await settle(true);
    expect(told).toEqual(['ask 1', 'ask 2', 'no 2']);
  });

  test('at its end it is quiet, and deaf', async () => {
    const { newest, told, settle } = story('wait');
    newest.want(1);
    newest.end();
    newest.want(2);
    await settle();
    expect(told).toEqual(['ask 1', 'cancelled 1']);
  });
});
