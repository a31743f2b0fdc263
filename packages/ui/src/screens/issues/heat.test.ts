import { expect, test } from 'vitest';
import { bucketMoment, type IssuesAnswer, type Signature } from './signature.ts';
import { heatOf, mostOf, nextCell } from './heat.ts';

test('none is cold, one is warm, the most is hot', () => {
  expect([0, 1, 2, 4, 16].map((count) => heatOf(count, 16))).toEqual([0, 1, 2, 3, 5]);
  expect([heatOf(1, 1), heatOf(0, 0)]).toEqual([5, 0]);
});

test('one scale for all rows', () => {
  expect(mostOf([{ counts: [0, 3] }, { counts: [7] }, { counts: [] }])).toBe(7);
});

test('keys pass over cells that are empty', () => {
  const counts = [0, 2, 0, 0, 5];
  expect([nextCell(counts, -1, 1), nextCell(counts, 1, 1), nextCell(counts, 4, 1)]).toEqual([1, 4, null]);
  expect([nextCell(counts, 4, -1), nextCell(counts, 1, -1)]).toEqual([1, null]);
});

test('the first error is gone to as it was; of later ones only the stretch is known', () => {
  const issues = { from: 0, to: 600, buckets: 60 } as IssuesAnswer;
  const first = { t: 25, thread: 1, call: '7', function: 'f', path: 'a.ts', line: 3 };
  const at = (bucket?: string) => bucketMoment(issues, { first } as Signature, bucket);
  expect([at(), at('2')]).toEqual([first, first]);
  expect(at('30')).toEqual({ ...first, t: 300, call: null });
});
