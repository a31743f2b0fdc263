import { expect, test } from 'vitest';
import { TURN_KINDS, turnOf, turnWord, wholeTurn } from './turns.ts';
import { Kind, kindOf, payloadOf } from './words.ts';

test('a word about a turn says its number, kind, whether it is nested, and by whom it was scheduled', () => {
  for (const [number, kind, nested, byFrame] of [
    [1, 'timeout', false, false],
    [2_097_151, 'microtask', true, false],
    [77, 'other', true, true],
  ] as const) {
    const word = turnWord(number, TURN_KINDS.indexOf(kind), nested, byFrame);
    expect(kindOf(word)).toBe(Kind.TASK);
    expect(turnOf(payloadOf(word))).toEqual({ number, kind, nested, byFrame });
  }
});

test('other TASK words are about no turn', () => {
  for (const payload of [0, 1, 2, 3, 2 ** 27 - 1]) expect(turnOf(payload)).toBeUndefined();
});

test('kinds fit into their four bits', () => {
  expect(TURN_KINDS.length).toBeLessThanOrEqual(16);
  expect(new Set(TURN_KINDS).size).toBe(TURN_KINDS.length);
});

test('numbers go on beyond the bits that are told, in both directions', () => {
  const bits = 2 ** 21;
  expect(wholeTurn(5, 4)).toBe(5);
  expect(wholeTurn(0, bits - 1)).toBe(bits);
  expect(wholeTurn(3, 7 * bits + 2)).toBe(7 * bits + 3);
  // A nested turn is told before the one around it.
  expect(wholeTurn(bits - 1, 2 * bits + 1)).toBe(2 * bits - 1);
});
