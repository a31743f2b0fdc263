import { expect, test } from 'vitest';
import { CallStack } from '../wire/stack.ts';
import { TURN_KINDS, turnWord } from '../wire/turns.ts';
import { Kind, wordOf } from '../wire/words.ts';
import { HeldLoop } from './held-loop.ts';

const enter = (site: number): number[] => [wordOf(Kind.ENTER, site)];
const leave = (site: number): number[] => [wordOf(Kind.LEAVE, site)];
const frame = (kind: Kind, site: number): number[] => [wordOf(kind, site), 7, 0];
const module = (site: number): number[] => [wordOf(Kind.TIME, 0), 0, 0, ...enter(site)];
const turn = (kind: (typeof TURN_KINDS)[number], nested = false): number[] => [
  turnWord(1, TURN_KINDS.indexOf(kind), nested, false),
  0,
  0,
];

/** What a look each ms tells: `words` come in between. */
function watch() {
  const stack = new CallStack();
  const held = new HeldLoop();
  let now = 0;
  const look = (...words: number[]): number => {
    stack.follow(Int32Array.from(words), 0, words.length);
    now += 1000;
    held.see(stack, now, now - 1000);
    return held.lasts / 1000;
  };
  return { look, held, stack };
}

test('a call that stays on the stack holds the loop, whatever it calls', () => {
  const { look, held, stack } = watch();
  expect(look(...enter(1))).toBe(0);
  expect(look()).toBe(0);
  expect(look(...enter(2), ...leave(2))).toBe(0);
  expect(look(...enter(2))).toBe(1);
  expect(look(...leave(2), ...enter(3))).toBe(2);
  expect(stack.outermostSite).toBe(1);
  expect(look(...leave(3), ...leave(1))).toBe(0);
  expect(held.takeLongest()).toBe(2000);
  expect(held.takeLongest()).toBe(0);
});

test('a look that comes late sees a call that began after the time it was told: never more than it lasts', () => {
  const stack = new CallStack();
  const held = new HeldLoop();
  const words = Int32Array.from(enter(1));
  // Looked at 40 ms after the clock was read; the call began in between, at 35 ms.
  stack.follow(words, 0, words.length);
  for (const [now, until] of [
    [0, 0],
    [41_000, 0],
    [42_000, 41_000],
    [43_000, 42_000],
  ])
    held.see(stack, now, until);
  expect(held.lasts).toBe(1000);
});

test('short turns in a row do not, though each look finds one', () => {
  const { look } = watch();
  look(...enter(1));
  for (let turns = 0; turns < 10; turns++) expect(look(...leave(1), ...enter(1))).toBe(0);
});

test('an async call that waits in between does not', () => {
  const { look } = watch();
  look(...frame(Kind.FRAME_ENTER, 1));
  for (let turns = 0; turns < 10; turns++)
    expect(look(...frame(Kind.SUSPEND, 2), ...frame(Kind.RESUME, 2))).toBe(0);
  expect([look(), look(), look()]).toEqual([0, 0, 1]);
});

test('nor does what left without a word: modules that failed, calls of a turn that has ended', () => {
  const { look } = watch();
  expect([look(...module(1)), look(), look()]).toEqual([0, 0, 0]);
  expect([look(...enter(2)), look(), look(), look()]).toEqual([0, 0, 0, 1]);
  expect([look(...turn('socket')), look(), look()]).toEqual([0, 0, 0]);
  expect([look(...enter(3)), look(), look(), look()]).toEqual([0, 0, 0, 1]);
  expect([look(wordOf(Kind.TIME, 1), 0, 0), look(), look()]).toEqual([0, 0, 0]);
});

test('turns within others say nothing about what is around them', () => {
  const { look } = watch();
  look(...enter(1));
  look();
  look();
  for (const words of [turn('socket', true), turn('resource'), turn('microtask')])
    expect(look(...words)).toBeGreaterThan(0);
});
