import { expect, test, vi } from 'vitest';
import { ask, askOnce, answers } from './ask.ts';

test('what somebody was told is not asked again', async () => {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (address: string) => {
    asked.push(address);
    return Response.json([address]);
  });
  const by = { run: 'a', name: 'errors' };
  const first = await askOnce('report', by);
  expect(await askOnce('report', { name: 'errors', run: 'a' })).toBe(first);
  await askOnce('report', { ...by, run: 'b' });
  expect(asked).toEqual(['api/report?run=a&name=errors', 'api/report?run=b&name=errors']);
  // Whoever draws it finds it, too.
  expect(answers.getQueryData(['report', by])).toBe(first);
  await ask('report', by);
  expect(asked).toHaveLength(3);
});
