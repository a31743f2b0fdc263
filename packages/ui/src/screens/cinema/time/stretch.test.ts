import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  asking,
  fitting,
  has,
  hasAll,
  isEnough,
  lengthOf,
  moved,
  revealing,
  SHORTEST,
  type Stretch,
  within,
  zoomed,
} from './stretch.ts';

const WHOLE: Stretch = [0, 41_000_000];
const stretches = fc
  .tuple(fc.nat(40_999_000), fc.integer({ min: SHORTEST, max: 41_000_000 }))
  .map(([from, length]) => within([from, from + length], WHOLE));

describe('what is looked at', () => {
  test('never leaves the run, whatever is done to it', () => {
    fc.assert(
      fc.property(
        stretches,
        fc.double({ min: -9, max: 9, noNaN: true }),
        fc.nat(41_000_000),
        (stretch, by, at) => {
          for (const next of [
            moved(stretch, by, WHOLE),
            zoomed(stretch, at, Math.exp(by), WHOLE),
            revealing(stretch, at, WHOLE),
            fitting(stretch, WHOLE),
          ]) {
            expect(hasAll([-1e-3, WHOLE[1] + 1e-3], next)).toBe(true);
            expect(lengthOf(next)).toBeGreaterThanOrEqual(SHORTEST - 1e-3);
          }
        },
      ),
    );
  });

  test('zooms about a point: it keeps its place', () => {
    expect(zoomed([1000, 2000], 1250, 0.5, WHOLE)).toEqual([1125, 1625]);
    expect(zoomed([1000, 2000], 1250, 1e-9, WHOLE)).toEqual([1245, 1265]);
  });

  test('does not move for a moment that is in view', () => {
    expect(revealing([100, 200], 150, WHOLE)).toEqual([100, 200]);
    expect(revealing([100, 200], 300, WHOLE)).toEqual([280, 380]);
  });

  test('a moment that was revealed is in view', () => {
    fc.assert(
      fc.property(stretches, fc.nat(41_000_000), (stretch, t) => {
        const next = revealing(stretch, t, WHOLE);
        expect(has([next[0] - 1e-6, next[1] + 1e-6], t)).toBe(true);
      }),
    );
  });
});

describe('what is asked for', () => {
  test('is three times what is seen, at a power of two of µs a pixel', () => {
    expect(asking([12_480_000, 12_680_000], 1200, WHOLE)).toEqual({
      t0: 12_255_232,
      t1: 12_910_592,
      px: 5120,
    });
  });

  test('is enough for what it was asked for, and gives a power of two', () => {
    fc.assert(
      fc.property(stretches, fc.integer({ min: 100, max: 3000 }), (stretch, px) => {
        const { t0, t1, px: asked } = asking(stretch, px, WHOLE);
        const resolution = (t1 - t0) / asked;
        expect(Number.isInteger(Math.log2(resolution))).toBe(true);
        expect(isEnough({ t0, t1, resolution }, stretch, px, WHOLE)).toBe(true);
      }),
    );
  });

  test('is the same after a small pan: what is there is used', () => {
    const [stretch, px]: [Stretch, number] = [[12_500_000, 12_700_000], 1200];
    expect(asking(moved(stretch, 0.01, WHOLE), px, WHOLE)).toEqual(asking(stretch, px, WHOLE));
  });
});

test('in a run of which nobody knows yet how long it took, a moment comes into view, and the length stays', () => {
  expect(revealing([1_000, 1_100], 5_000, [0, Infinity])).toEqual([4_980, 5_080]);
  expect(revealing([1_000, 1_100], 10, [0, Infinity])).toEqual([0, 100]);
});
