import { expect, test } from 'vitest';
import { ClockPair } from './clock.ts';

const pair = (...told: [theirs: number, before: number, after: number][]) => {
  const clock = new ClockPair();
  for (const each of told) clock.told(...each);
  return clock.shift;
};

test('each answer leaves some room, and all together what they have in common', () => {
  expect(pair([1000, 5990, 6030])).toEqual({ shift: 5010, unsure: 20 });
  expect(pair([1000, 5990, 6030], [2000, 6995, 7010])).toEqual({ shift: 5003, unsure: 8 });
});

test('what may well be one clock is one', () => {
  expect(pair([1000, 990, 1030])).toEqual({ shift: 0, unsure: 30 });
  expect(pair([1000, 1001, 1030]).shift).toBe(16);
});

test('a clock that was set meanwhile: the last word counts; nobody said anything', () => {
  expect(pair([1000, 990, 1030], [2000, 9000, 9010])).toEqual({ shift: 7005, unsure: 5 });
  expect(pair()).toEqual({ shift: 0, unsure: null });
});
