import { expect, test } from 'vitest';
import { Senders } from './senders.ts';

const SECOND = 1_000_000;

test('what comes at once passes, what is beyond waits for so long as it takes', () => {
  const senders = new Senders({ rate: 100, burst: 300 });
  expect(senders.charge('a', 300, 0)).toBe(0);
  expect(senders.charge('a', 50, 0)).toBe(0.5);
  expect(senders.wait('a', 0.25 * SECOND)).toBe(0.25);
  expect(senders.wait('a', 0.5 * SECOND)).toBe(0);
  // One does not pay for the other.
  expect(senders.charge('b', 300, 0.5 * SECOND)).toBe(0);
});

test('who rests gets no more than may come at once', () => {
  const senders = new Senders({ rate: 100, burst: 300 });
  senders.charge('a', 300, 0);
  expect(senders.charge('a', 300, 1000 * SECOND)).toBe(0);
  expect(senders.charge('a', 100, 1000 * SECOND)).toBe(1);
});
