/** What pages load, whatever they say of their characters. */
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { probeText } from './fixtures/page.ts';

/** Bytes, compressed. 12,000 were the aim; redaction takes 3,400 of these. */
const MOST = 14_200;

let text: string;
beforeAll(async () => {
  text = await probeText();
}, 60_000);

test('is ASCII: a page that names no character set is guessed at', () => {
  const others = Array.from(text).filter((char) => char > '\x7f');
  expect(others).toEqual([]);
});

test('grows only when somebody wants it to', () => {
  expect(gzipSync(text, { level: 9 }).length).toBeLessThanOrEqual(MOST);
});
