import { expect, test } from 'vitest';
import type { Note } from '../wire/segment.ts';
import { createTally, redactArguments, redactNote } from './redact-note.ts';
import { createRedaction } from './redact.ts';

test('texts of notes, however deep, and what was redacted in them', () => {
  const redaction = createRedaction();
  const told: Note[] = [];
  const tally = createTally(redaction, (note) => told.push(note));
  const causes = [{ name: 'TypeError', message: 'of joe@example.org' }];
  const note: Note = { t: 'error', id: 7, name: 'Error', message: 'no joe@example.org', causes };
  expect(redactNote(note, redaction)).toEqual({
    t: 'error',
    id: 7,
    name: 'Error',
    message: 'no ‹email:16›',
    causes: [{ name: 'TypeError', message: 'of ‹email:16›' }],
  });
  tally();
  tally();
  expect(told).toEqual([{ t: 'redacted', counts: { email: { error: 2 } } }]);
});

test('frames of a stack keep their paths, whatever folders are called; lines above them are redacted', () => {
  const frames = '    at run (/tmp/b-8555fc72112aXq9Zk2LmP0w/app.mjs:3:9)\n    at node:internal/main:1:1';
  const stack = (message: string): string => `Error: ${message}\n${frames}`;
  const note = { t: 'uncaught', stack: stack('of joe@example.org\n    at ann@example.org\nsaid') };
  expect(redactNote(note, createRedaction())).toEqual({
    t: 'uncaught',
    stack: stack('of ‹email:16›\n    at ‹email:16›\nsaid'),
  });
});

test.each([
  [
    ['node', 'a.js', '--token', 'abc', 'x'],
    ['node', 'a.js', '--token', '‹secret:4›', 'x'],
  ],
  [
    ['--token=abc', '--password', '--x'],
    ['--token=‹secret:4›', '--password', '--x'],
  ],
  [
    ['--mail', 'joe@example.org'],
    ['--mail', '‹email:16›'],
  ],
  [
    ['token', 'abc'],
    ['token', 'abc'],
  ],
])('arguments %j', (words, shown) => expect(redactArguments(words, createRedaction())).toEqual(shown));
