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
