import { expect, test } from 'vitest';
import { CHUNKS, chunkWordsFor, dataWords, MIN_RING_WORDS } from './ring.ts';

test.each([
  [1, MIN_RING_WORDS],
  [MIN_RING_WORDS + 1, MIN_RING_WORDS * 2],
  [1 << 20, 1 << 20],
  [1_000_000, 1 << 20],
])('a ring for %i words has %i: a power of two', (asked, words) => {
  const chunk = chunkWordsFor(asked);
  expect(dataWords(chunk)).toBe(words);
  expect(chunk * CHUNKS).toBeGreaterThan(words * 0.8);
});
