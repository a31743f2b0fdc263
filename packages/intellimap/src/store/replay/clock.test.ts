import { describe, expect, test } from 'vitest';
import { Kind, STALL, Told, wordOf } from '@intellimap/probe/wire';
import { Clock, unwrap, type Windows } from './clock.ts';

const E = wordOf(Kind.ENTER, 1);
const stamped = (time: number) => [wordOf(Kind.SUSPEND, 1), 1, time | 0];
const show = ({ count, at, time, exact }: Windows) =>
  Array.from({ length: count }, (_, k) => `${at[k]}@${time[k]}${exact[k] ? '!' : ''}`).join(' ');
const windows = (words: number[], position: number[], time: number[], clock = new Clock()) =>
  show(clock.windows(Int32Array.from(words), { position, time }));

describe('anchors', () => {
  test('samples alone', () => expect(windows([E, E, E, E], [0, 4], [100, 200])).toBe('0@100 4@200'));
  test('stamps between samples', () =>
    expect(windows([E, ...stamped(130), E], [0, 5], [100, 200])).toBe('0@100 1@130! 5@200'));
  test('a stamp is right, a sample after it that says less is not', () =>
    expect(windows([E, ...stamped(130), E, E], [0, 4, 6], [100, 120, 200])).toBe('0@100 1@130! 6@200'));
  test('a sample before a stamp that says more is not', () =>
    expect(windows([E, ...stamped(130), E, E], [0, 1, 6], [100, 140, 200])).toBe('0@100 1@130! 6@200'));
  test('a position seen twice: the words after it came after the second look', () =>
    expect(windows([E, E, E, E], [0, 2, 2, 4], [100, 110, 900, 910])).toBe('0@100 2@110 2@900 4@910'));
  test('a stall has two: up to its beginning, and from its end', () =>
    expect(windows([E, E, STALL, 40, 150, E], [0, 2, 2, 6], [100, 120, 149, 200])).toBe(
      '0@100 2@110! 2@150! 6@200',
    ));
  test('a stall that ends in the next batch, with a word before it: what happened until it began is told by that', () => {
    const clock = new Clock();
    expect(windows([E, E, STALL, 0, 110], [0, 5, 5], [100, 120, 149], clock)).toBe(
      '0@100 2@110! 5@120 5@149',
    );
    expect(windows([STALL, 40, 150, E], [4], [200], clock)).toBe('0@149 0@149! 0@150! 4@200');
  });
  test('a time that the thread told is that of the word before', () => {
    expect(windows([E, E, STALL, Told.BEFORE, 150, E], [0, 5, 6], [100, 155, 200])).toBe(
      '0@100 1@150! 2@150! 5@155 6@200',
    );
    expect(windows([E, ...stamped(130), STALL, Told.BEFORE, 150, E], [0, 8], [100, 200])).toBe(
      '0@100 1@130! 4@150! 8@200',
    );
    expect(windows([STALL, Told.BEFORE, 150, E], [0, 4], [100, 200])).toBe('0@100 0@150! 4@200');
    // The reader looked between the word and its time.
    expect(windows([E, E, STALL, Told.BEFORE, 150, E], [0, 2, 6], [100, 149, 200])).toBe(
      '0@100 1@150! 2@150! 6@200',
    );
  });
  test('the end of a batch is no later than the pace of its words lets expect, so that it is not behind times that the next one tells', () => {
    const clock = new Clock();
    const told = (time: number) => [E, STALL, Told.BEFORE, time];
    // The thread slept before it was looked at.
    expect(windows([...told(110), ...told(150), E, E], [0, 14], [100, 900], clock)).toBe(
      '0@100 0@110! 1@110! 4@150! 5@150! 10@190',
    );
    expect(windows([E, STALL, Told.NEXT, 240, E, E], [4, 6], [900, 910], clock)).toBe(
      '0@190 1@240! 4@240! 4@900 6@910',
    );
    // So for words behind a look.
    expect(windows([...told(110), ...told(150), E, E], [0, 9, 14], [100, 160, 900])).toBe(
      '0@100 0@110! 1@110! 4@150! 5@150! 9@160 10@168',
    );
    // Nothing says how fast it is.
    expect(windows([...told(150), E, E], [0, 11], [100, 900])).toBe('0@100 0@150! 1@150! 6@525');
  });
  test('or of the next one', () => {
    expect(windows([E, STALL, Told.NEXT, 150, E, E], [0, 6], [100, 200])).toBe('0@100 1@150! 4@150! 6@200');
    expect(windows([E, STALL, Told.NEXT, 150], [0, 4], [100, 200])).toBe('0@100 1@150! 4@200');
    expect(windows([STALL, Told.NEXT, 150, E, STALL, Told.BEFORE, 190], [0, 7], [100, 200])).toBe(
      '0@100 0@150! 3@150! 3@190! 4@190! 7@200',
    );
  });
  test('nothing is known before the first anchor', () =>
    expect(windows([E, E, E], [2, 3], [50, 60])).toBe('0@50 2@50 3@60'));
  test('a look behind the end of the batch: its end is on the way there, and no surer for that', () => {
    const clock = new Clock();
    const widths = ({ count, unsure }: Windows) => [...unsure.subarray(0, count - 1)];
    const batch = (words: number[], position: number[], time: number[]) => {
      const found = clock.windows(Int32Array.from(words), { position, time });
      return [show(found), widths(found)];
    };
    expect(batch([E, E], [0, 8], [100, 180])).toEqual(['0@100 2@120', [80]]);
    expect(batch([E, E], [0, 6], [100, 180])).toEqual(['0@120 2@140', [80]]);
    expect(batch([E, E, ...stamped(170)], [0, 5], [100, 180])).toEqual(['0@140 2@170! 5@180', [70, 10]]);
    expect(batch([E], [1], [200])).toEqual(['0@180 1@200', [20]]);
  });
  test('batches join', () => {
    const clock = new Clock();
    windows([E, E], [0, 2], [100, 200], clock);
    expect(windows([E, E], [2], [300], clock)).toBe('0@200 2@300');
  });
});

test('low 32 bits find their place near a full time', () => {
  const wrap = 2 ** 32;
  expect(unwrap(5, wrap * 3 - 10)).toBe(wrap * 3 + 5);
  expect(unwrap(wrap - 5, wrap * 3 + 10)).toBe(wrap * 3 - 5);
  expect(unwrap(77, wrap * 3 + 10)).toBe(wrap * 3 + 77);
  expect(windows([E, ...stamped(7), E], [0, 5], [wrap - 100, wrap + 50])).toBe(
    `0@${wrap - 100} 1@${wrap + 7}! 5@${wrap + 50}`,
  );
});
