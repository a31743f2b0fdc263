import { expect, test } from 'vitest';
import { leaving, type Limits, type RecordingFacts } from './retention.ts';

const DAY = 86_400_000;
const NOW = 100 * DAY;

/** `a10 b20* c5`: recordings, oldest first, a day apart and the last one now; bytes; `*` is held. */
const picture = (text: string): RecordingFacts[] =>
  text.split(' ').map((word, index, all) => ({
    id: word[0],
    startedAt: NOW - (all.length - 1 - index) * DAY,
    bytes: Number.parseInt(word.slice(1), 10),
    held: word.endsWith('*') ? 'protected' : null,
  }));

const none: Limits = { keep: null, olderThanMs: null, maxBytes: null };

test.each<[string, Partial<Limits>, number, string]>([
  ['a1 b1 c1', {}, 0, ''],
  ['a1 b1 c1', { keep: 2 }, 0, 'a:count'],
  ['a1 b1 c1', { keep: 5 }, 0, ''],
  ['a1* b1 c1', { keep: 1 }, 0, 'b:count'],
  ['a1 b1 c1', { keep: 0 }, 0, 'a:count b:count c:count'],
  ['a1 b1 c1', { olderThanMs: 1.5 * DAY }, 0, 'a:age'],
  ['a1* b1 c1', { olderThanMs: 0 }, 0, 'b:age'],
  ['a10 b10 c10', { maxBytes: 20 }, 0, 'a:size'],
  ['a10 b10 c10', { maxBytes: 30 }, 0, ''],
  ['a10 b10 c10', { maxBytes: 30 }, 15, 'a:size'],
  ['a10* b10 c10', { maxBytes: 15 }, 0, 'b:size c:size'],
  ['a10 b10 c10*', { maxBytes: 5 }, 0, 'a:size b:size'],
  ['a10 b10 c10 d10', { keep: 3, maxBytes: 20 }, 0, 'a:count b:size'],
  ['a0 b0', { maxBytes: 0 }, 100, ''],
])('%s with %j, database %d: %s', (runs, limits, database, gone) => {
  const found = leaving(picture(runs), database, { ...none, ...limits }, NOW);
  expect(found.map(({ id, reason }) => `${id}:${reason}`).join(' ')).toBe(gone);
});
