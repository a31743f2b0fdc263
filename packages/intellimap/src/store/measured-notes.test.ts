import { expect, test } from 'vitest';
import { loadOf } from './measured-notes.ts';

test.each([
  ['script', 'GET'],
  ['beacon', 'POST'],
  ['ping', 'POST'],
])('what a page loads as %s is a %s', (initiatorType, method) => {
  const note = { t: 'entry', id: 1, micros: 1000, name: 'http://here/a', initiatorType, responseEnd: 5 };
  expect(loadOf(note)?.begun).toMatchObject({ kind: initiatorType, method });
});

test('an answer without a body has no bytes; of one that was given up nobody knows how many came', () => {
  const note = {
    t: 'entry',
    id: 1,
    of: 2,
    micros: 1000,
    initiatorType: 'fetch',
    responseStart: 3,
    responseEnd: 5,
  };
  expect(loadOf({ ...note, responseStatus: 204 })?.ended.bytes).toBe(0);
  expect(loadOf(note)?.ended.bytes).toBeNaN();
});
