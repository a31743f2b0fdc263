import { expect, test } from 'vitest';
import { Kind, wordOf } from '../wire/index.ts';
import { RareCalls } from './rare-calls.ts';

/** Words of so many calls of each function. */
const callsOf = (...counts: number[]): Int32Array =>
  Int32Array.from(
    counts.flatMap((calls, site) =>
      Array.from({ length: calls }, () => [wordOf(Kind.ENTER, site), wordOf(Kind.LEAVE, site)]).flat(),
    ),
  );

function calls() {
  const rare = new RareCalls();
  return {
    /** From one look to the next: who is rare among `sites`. */
    seen: (sites: number[], ...words: Int32Array[]): number[] => {
      for (const each of words) rare.see(each, 0, each.length);
      const found = sites.filter((site) => rare.isRare(site));
      rare.countAnew();
      return found;
    },
  };
}

test('rare is who is called, and less than a hundred times from one look to the next, each time', () => {
  const { seen } = calls();
  for (let look = 0; look < 10; look++) expect(seen([1, 2, 3], callsOf(0, 99, 100))).toEqual([1]);
  expect(seen([1, 2, 3])).toEqual([]);
  expect(seen([1, 2, 3], callsOf(0, 1, 1, 1))).toEqual([1, 3]);
});

test('words come in parts; of many, some are looked at for all', () => {
  const { seen } = calls();
  expect(seen([1, 2], callsOf(0, 60, 40), callsOf(0, 60, 40))).toEqual([2]);
  // One in nine or ten batches: who is seen there once was called so many times.
  const dense = Array.from({ length: 10 }, () => callsOf(0, 0, 0, 9, 12, 20_480 - 21));
  expect(seen([3, 4, 5], ...dense)).toEqual([3]);
  expect(seen([3, 4, 5], ...dense)).toEqual([3]);
});

test('calls that suspend; their operands are no words', () => {
  const { seen } = calls();
  const framed = [wordOf(Kind.FRAME_ENTER, 5000), wordOf(Kind.ENTER, 1), wordOf(Kind.ENTER, 1)];
  expect(seen([1, 4999, 5000, 1e6], Int32Array.from(framed))).toEqual([5000]);
});
