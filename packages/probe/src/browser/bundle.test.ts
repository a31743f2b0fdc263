/** What pages load, whatever they say of their characters. */
import { expect, test } from 'vitest';
import { probeText } from './fixtures/page.ts';

test('is ASCII: a page that names no character set is guessed at', async () => {
  const others = Array.from(await probeText()).filter((char) => char > '\x7f');
  expect(others).toEqual([]);
});
