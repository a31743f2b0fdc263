import { expect, test } from 'vitest';
import { pictured } from './fixtures/picture.ts';
import type { BarPlace } from './layout.ts';
import type { BarRef } from './overlay.ts';
import { keysOf } from './refs.ts';

test('each bar of a list has its own name; the first of a call is called as the selection calls it', () => {
  const bars = pictured(`
    aa bb aa  cc
  `);
  // a waited in between: it has two bars. Of c no call is known.
  const resumed = { ...bars, call: Float64Array.of(7, 8, 7, NaN) };
  const of = (kind: BarPlace['kind']) =>
    Array.from(bars.lane.keys(), (n): BarRef => ({
      bars: resumed,
      n,
      place: { kind, thread: { thread: 2 } } as BarPlace,
    }));
  expect(keysOf(of('thread'))).toEqual(['2.7', '2.8', 'bar 2', 'bar 3']);
  expect(keysOf(of('task'))).toEqual(['bar 0', 'bar 1', 'bar 2', 'bar 3']);
});
