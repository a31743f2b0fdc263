import { expect, test } from 'vitest';
import { sharesOf } from './density.ts';
import { pictured } from './fixtures/picture.ts';

const bars = pictured(`
  aaaa  bb        c
   xx
`);

test('how much of each step something lay on the stack, whatever was called from it', () =>
  expect([...sharesOf(bars, 0, [0, 16], 4)]).toEqual([1, 0.5, 0, 0]));

test('of a window within: what reaches into it counts as far as it does', () =>
  expect([...sharesOf(bars, 0, [2, 8], 3)]).toEqual([1, 0, 1]));

test('another thread is idle', () => expect([...sharesOf(bars, 1, [0, 16], 2)]).toEqual([0, 0]));
