import { describe, expect, test } from 'vitest';
import { Kind, wordOf } from '@intellimap/probe/wire';
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
  test('nothing is known before the first anchor', () =>
    expect(windows([E, E, E], [2, 3], [50, 60])).toBe('0@50 2@50 3@60'));
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
