import { expect, test } from 'vitest';
import { byModule, rowOf } from './by-module.ts';
import type { Signature } from './signature.ts';

const signature = (id: string, path: string | null, counts: number[], name = 'Error'): Signature =>
  ({ id, name, message: id, path, line: 1, counts, count: counts.reduce((a, b) => a + b, 0), timed: 0, uncaught: 1, newAfter: 0, runs: 1 }) as unknown as Signature; // prettier-ignore
const ALL = [
  signature('a', 'cart.ts', [1, 0, 2]),
  signature('b', 'db.ts', [9, 0, 0]),
  signature('c', 'cart.ts', [0, 1, 1], 'TypeError'),
  signature('d', null, [1, 0, 0]),
];

test('errors of a file are added up, bucket by bucket; the file with most comes first', () =>
  expect(
    byModule(ALL).map(({ name, message, count, counts, uncaught, id }) => [
      name,
      message,
      count,
      counts,
      uncaught,
      id,
    ]),
  ).toEqual([
    ['db.ts', '1 kind: Error', 9, [9, 0, 0], 1, 'b'],
    ['cart.ts', '2 kinds: Error, TypeError', 5, [1, 1, 3], 2, 'a'],
    ['outside of the recorded files', '1 kind: Error', 1, [1, 0, 0], 1, 'd'],
  ]));

test('the row of an error is that of its file', () =>
  expect(['c', 'd', 'x', null].map((id) => rowOf(ALL, id))).toEqual(['a', 'd', null, null]));
