import { expect, test } from 'vitest';
import { added, blocksOf, type Range } from './blocks.ts';

/** `3 3 0 0` … a digit for each place, as often as it was passed. */
function picture(...ranges: [string, number?][]): string {
  return row(blocksOf(ranges.map(([text, count = 0]) => rangeOf(text, count))));
}

/** `  ---  ` */
function rangeOf(text: string, count: number): Range {
  const start = text.indexOf('-');
  return { start: Math.max(0, start), end: text.lastIndexOf('-') + 1, count };
}

function row({ at, count }: ReturnType<typeof blocksOf>): string {
  return ' '.repeat(at[0] ?? 0) + count.map((each, n) => `${each}`.repeat(at[n + 1] - at[n])).join('');
}

test('inner ranges stand in for what they cover', () => {
  expect(
    picture(
      // oxfmt-ignore
      ['----------', 3],
      ['   --     ', 0],
      ['      --- ', 5],
      ['       -  ', 1],
    ),
  ).toBe('3330035153');
});

test('a range that covers all of its parent says how often that was passed', () => {
  expect(picture(['-----', 2], ['-----', 0])).toBe('00000');
});

test('an empty range counts for nothing, and there may be none at all', () => {
  expect(picture(['---', 2], ['', 7])).toBe('222');
  expect(blocksOf([])).toEqual({ at: [], count: [] });
});

test('neighbours that were passed as often are one piece', () => {
  expect(blocksOf([rangeOf('------', 1), rangeOf('--', 1), rangeOf('   -', 4)])).toEqual({
    at: [0, 3, 4, 6],
    count: [1, 4, 1],
  });
});

test('what two threads passed is added up, wherever they were cut', () => {
  const a = blocksOf([rangeOf('--------', 1), rangeOf('  --', 0)]);
  const b = blocksOf([rangeOf('--------', 2), rangeOf('   ---', 5)]);
  expect([row(a), row(b), row(added(a, b))]).toEqual(['11001111', '22255522', '33256633']);
});
