import fc from 'fast-check';
import { expect, test } from 'vitest';
import { niceStep, ticksOf } from './ruler.ts';

const labels = (from: number, to: number, px: number) => ticksOf(from, to, px).map(({ label }) => label);

test.each([
  [12.48e6, 12.68e6, 1000, ['12.50 s', '12.55 s', '12.60 s', '12.65 s']],
  [0, 41e6, 600, ['0 s', '10 s', '20 s', '30 s', '40 s']],
  [
    12_586_100,
    12_586_110,
    700,
    ['12.586 100 s', '12.586 102 s', '12.586 104 s', '12.586 106 s', '12.586 108 s', '12.586 110 s'],
  ],
  [3600e6, 3602e6, 300, ['3,600 s', '3,601 s', '3,602 s']],
])('%d to %d µs on %d px', (from, to, px, expected) => expect(labels(from, to, px)).toEqual(expected));

test('nothing is written where there is no time or no room', () => {
  expect(ticksOf(5, 5, 100)).toEqual([]);
  expect(ticksOf(0, 5, 0)).toEqual([]);
});

test('marks are in the stretch, evenly apart, never closer than there is room, and no two are called the same', () => {
  fc.assert(
    fc.property(
      fc.nat(1e10),
      fc.integer({ min: 8, max: 1e10 }),
      fc.integer({ min: 200, max: 3000 }),
      (from, length, px) => {
        const ticks = ticksOf(from, from + length, px);
        const gaps = ticks.slice(1).map(({ at }, n) => at - ticks[n].at);
        for (const { at } of ticks) expect(at >= from && at <= from + length).toBe(true);
        for (const gap of gaps) expect((gap / length) * px).toBeGreaterThan(111);
        expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
      },
    ),
  );
});

test('steps are 1, 2 or 5 times a power of ten', () => {
  expect([0.1, 1, 1.5, 3, 7, 12, 2000, 2001].map(niceStep)).toEqual([1, 1, 2, 5, 10, 20, 2000, 5000]);
});
