import { expect, test } from 'vitest';
import { TurnTimes } from './turn-times.ts';

interface Look {
  /** ms since the look before. */
  after: number;
  /** Ended since then. */
  turns: number;
  moved?: boolean;
}

/** What looks at one thread find, the same one so many times over: whether it tells times often enough. */
function thread() {
  const times = new TurnTimes();
  let now = 1_000_000;
  let turns = 0;
  return (count: number, look: Look): boolean[] =>
    Array.from({ length: count }, () => {
      times.look((now += look.after * 1000), look.moved ?? true, (turns += look.turns));
      return times.isOften;
    });
}

const SHORT = { after: 1, turns: 3 };

test('a thread whose turns are short tells times by itself, after a while', () => {
  const looks = thread();
  const answers = looks(20, SHORT);
  expect(answers.slice(0, 10)).not.toContain(true);
  expect(answers.at(-1)).toBe(true);
  // And goes on to do so when looks are rarer.
  expect(looks(10, { after: 5, turns: 15 })).not.toContain(false);
});

test('one whose turns are long does not, nor one that tells none', () => {
  expect(thread()(100, { after: 1, turns: 0 })).not.toContain(true);
  expect(thread()(50, { after: 3, turns: 1 })).not.toContain(true);
});

test('a turn that lasts is noticed at the next look', () => {
  const looks = thread();
  looks(20, SHORT);
  expect(looks(1, { after: 5, turns: 0 })).toEqual([false]);
});

test('who rests is as before', () => {
  const looks = thread();
  looks(20, SHORT);
  expect(looks(50, { after: 5, turns: 0, moved: false })).not.toContain(false);
  expect(looks(3, { after: 5, turns: 9 })).not.toContain(false);
});
