import { expect, test } from 'vitest';
import type { Findings } from '../../../../../intellimap/src/serve/contract.ts';
import { saidBy, sideOf, sidesOf } from './flag-sides.ts';

test.each([
  ['true', 'on'],
  ['"1"', 'on'],
  ['false', 'off'],
  ['null', 'off'],
  [null, 'off'],
  ['"blue"', 'other'],
])('%s is %s', (value, side) => expect(sideOf(value)).toBe(side));

/** A flag by its values: answers of this run, runs that saw it. */
const flag = (
  values: [value: string, reads: number, runs: number][],
  sides: object[] = [],
): Findings.FlagFinding =>
  ({
    flag: { values: values.map(([value, reads, runs]) => ({ value, reads, runs })) },
    inRuns: [],
    uses: [{ sides }],
  }) as unknown as Findings.FlagFinding;

test('answers of this run are counted; of a value that only other runs saw, the runs', () => {
  const { on, off, other } = saidBy(flag([['true', 7, 2], ['false', 0, 3], ['"1"', 1, 1]])); // prettier-ignore
  expect([on, off, other]).toEqual([
    { hits: 8, values: ['true', '"1"'] },
    { hits: 3, values: ['false'] },
    { hits: 0, values: [] },
  ]);
});

test('a side that nothing tells of neither ran nor did not', () => {
  const sides = [
    { passes: 4, runsTaken: 1 },
    { passes: 0, runsTaken: 0 },
    { passes: null, runsTaken: 0 },
  ];
  expect(sidesOf(flag([], sides))).toEqual({ ran: 1, all: 2 });
});
