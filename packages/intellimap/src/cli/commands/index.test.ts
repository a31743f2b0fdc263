import { expect, test } from 'vitest';
import { commands } from './index.ts';

test('commands are listed by the names they have', async () => {
  const names = await Promise.all(Object.values(commands).map(async (load) => (await load()).name));
  expect(names).toEqual(Object.keys(commands));
});
