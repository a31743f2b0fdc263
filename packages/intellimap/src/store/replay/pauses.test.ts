import { OPERANDS } from '@intellimap/probe/wire';
import { expect, test } from 'vitest';
import { letterOf, newReplay, type Replayed, wordsOf } from './fixtures/picture.ts';
import { LOOP_MICROS, type Pause, PauseKeeper } from './pauses.ts';

const shown = ({ kind, start, duration, detail, call, fn }: Pause): string =>
  `${kind} ${start}+${duration} ${detail ?? ''} ${Number.isNaN(call) ? 'idle' : `${letterOf(fn)}#${call}`}`;

/** Each event at its own time; all of them exact. */
function at(text: string, times: number[], collections: [number, number][] = []): Replayed {
  const all = newReplay();
  const { words, position } = wordsOf(text);
  position.forEach((word, k) => {
    if (OPERANDS[words[word] & 15] === 2) words[word + 2] = times[k];
  });
  all.replay.collections(collections.map(([start, duration]) => ({ start, duration, detail: 'minor' })));
  all.replay.feed(words, { position, time: times });
  all.replay.finish();
  return all;
}
const pauses = ({ sinks }: Replayed): string[] => sinks.pauses.rows().map(shown);

test('a root call that holds the loop is told, a call in it is not', () => {
  const long = LOOP_MICROS;
  expect(
    pauses(at('a{ b{ }b }a c{ }c d{', [0, 10, long, long + 5, long + 10, long + 20, long + 30, long + 40])),
  ).toEqual(['loop 0+50005  a#0']);
});

test('an async call holds it only while it is on the stack', () => {
  const long = LOOP_MICROS;
  expect(pauses(at('A1{ ~1 >1 }1', [0, 10, 2 * long, 3 * long, 3 * long]))).toEqual([
    `loop ${2 * long}+${long}  A#0`,
  ]);
  expect(pauses(at('A1{ ~1 >1 }1', [0, 10, 2 * long, 2 * long + 10, 3 * long]))).toEqual([]);
});

test('a collection met the call that was on top when it began', () => {
  const text = 'a{ b{ }b }a c{ }c';
  const times = [100, 200, 300, 400, 500, 600, 700];
  expect(
    pauses(
      at(text, times, [
        [50, 7],
        [250, 5],
        [150, 6],
        [350, 1],
        [450, 2],
        [550, 3],
        [900, 4],
      ]),
    ),
  ).toEqual([
    'gc 50+7 minor idle',
    'gc 150+6 minor a#0',
    'gc 250+5 minor b#1',
    'gc 350+1 minor a#0',
    'gc 450+2 minor idle',
    'gc 550+3 minor c#2',
    'gc 900+4 minor idle',
  ]);
});

test('within a window, words are told apart by their interpolated times', () => {
  const all = newReplay();
  const { words } = wordsOf('a{ b{ }b }a');
  all.replay.collections([{ start: 1015, duration: 1, detail: 'major' }]);
  all.replay.feed(words, { position: [0, 4], time: [1000, 1040] });
  all.replay.finish();
  const [pause] = all.sinks.pauses.rows();
  expect([shown(pause), pause.uncertainty]).toEqual(['gc 1015+1 major b#1', 40]);
});

test('of a turn that nobody announced, what is as unsure as long may have been rest', () => {
  const told = (kind: string): string[] => {
    const all = newReplay();
    const { words } = wordsOf(`a{ }a =1<0${kind}`);
    words[4] = 4 * LOOP_MICROS;
    all.replay.feed(words, { position: [0, 2, 5], time: [0, 4 * LOOP_MICROS, 4 * LOOP_MICROS] });
    all.replay.finish();
    return pauses(all);
  };
  expect(told('other')).toEqual([]);
  const held = [`loop 0+${2 * LOOP_MICROS}  a#0`];
  expect(told('message')).toEqual(held);
  expect(told('microtask')).toEqual(held);
  // Whether such a turn has ended is not known.
  const open = newReplay();
  open.replay.feed(wordsOf('a{').words, { position: [0, 1], time: [0, LOOP_MICROS] });
  open.replay.finish(LOOP_MICROS);
  expect(pauses(open)).toEqual([`loop 0+${LOOP_MICROS}  a#0`]);
  const [one, two, three] = [LOOP_MICROS, 2 * LOOP_MICROS, 3 * LOOP_MICROS];
  expect(pauses(at('a{ b{ }b }a =1<0other', [0, one, two, three, three]))).toEqual([`loop 0+${three}  a#0`]);
});

test('the longest stay', () => {
  const keeper = new PauseKeeper();
  for (let k = 1; k <= 50_000; k++)
    keeper.add({
      thread: 1,
      kind: 'gc',
      start: k,
      duration: (k * 7919) % 50_000,
      detail: null,
      call: NaN,
      fn: 0,
      task: 0,
      uncertainty: 0,
      stalled: 0,
    });
  const rows = keeper.rows();
  expect(rows.length).toBe(20_000);
  expect(Math.min(...rows.map(({ duration }) => duration))).toBe(30_000);
});
