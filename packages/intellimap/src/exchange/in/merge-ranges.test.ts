import { expect, test } from 'vitest';
import { merged, type Range } from './merge-ranges.ts';

/** `7 0-20, 0 5-9`: count and range, the whole function first. */
const ranges = (text: string): Range[] =>
  text.split(', ').map((each) => {
    const [, count, start, end] = /^(\d+) (\d+)-(\d+)$/.exec(each)!.map(Number);
    return { count, start, end };
  });
const together = (...runs: string[]): string[] =>
  merged(runs.map((run) => [{ name: 'f', ranges: ranges(run) }])).map(({ ranges }) =>
    ranges.map(({ count, start, end }) => `${count} ${start}-${end}`).join(', '),
  );

test('one process stays as it is', () => {
  expect(together('7 0-20, 0 5-9')).toEqual(['7 0-20, 0 5-9']);
});
test('pieces between all borders', () => {
  expect(together('7 0-20, 0 10-15', '2 0-20, 1 8-13')).toEqual(['9 0-20, 8 8-10, 1 10-13, 2 13-15']);
});
test('a range within a range', () => {
  expect(together('4 0-20, 2 5-15, 0 8-10', '1 0-20')).toEqual(['5 0-20, 3 5-8, 1 8-10, 3 10-15']);
});
test('functions that only one process has', () => {
  const [a, b] = [
    { name: 'a', ranges: ranges('1 0-5') },
    { name: 'b', ranges: ranges('2 5-9') },
  ];
  expect(merged([[a], [b]])).toEqual([a, b]);
});
test('counts beyond what a number holds do not overflow', () => {
  const much = `${Number.MAX_SAFE_INTEGER} 0-5`;
  expect(together(much, much)).toEqual([much]);
});
