import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Stretch } from '../time/stretch.ts';
import { pictured } from '../lanes/fixtures/picture.ts';
import {
  advanced,
  faster,
  fittingSpeed,
  idleOf,
  type Known,
  passed,
  ranIn,
  slower,
  SPEEDS,
  speedText,
} from './play.ts';

const BUSY: Stretch[] = [
  [0, 1e6],
  [11e6, 12e6],
];

describe('what ran', () => {
  const bars = pictured(`
    aaaa  bb
     cc
  `);
  // Buckets of 4 µs; the window is the middle of three.
  const overview = { head: { from: -4, resolution: 4 }, columns: { busy: [1, 4, 0, 2] } };
  const known = (change: object): Known => ({
    bars: null,
    window: null,
    overview: null,
    chain: null,
    ...change,
  });

  test('is told by the buckets of the overview until bars have come', () => {
    expect(ranIn(known({}))).toEqual([]);
    expect(ranIn(known({ overview }))).toEqual([
      [-4, 0],
      [0, 4],
      [8, 12],
    ]);
  });

  test('is told exactly where bars are', () =>
    expect(ranIn(known({ overview, bars, window: { head: { t0: 0, t1: 8 } } }))).toEqual([
      [-4, 0],
      [0, 4],
      [6, 8],
      [8, 12],
    ]));

  test('of some functions, wherever they lie on the stack', () =>
    expect(ranIn(known({ overview, bars, chain: ['c'] }))).toEqual([[1, 3]]));
});

describe('playing', () => {
  const passing = passed(idleOf(BUSY, [0, 12e6]), [0, 12e6], 1);

  test('ten seconds in which nothing ran take 0.3 s', () => {
    expect(passing).toEqual([[1e6, 11e6]]);
    expect(advanced(0, 1, 1, passing)).toBe(1e6);
    expect(advanced(0, 1.15, 1, passing)).toBeCloseTo(6e6);
    expect(advanced(0, 1.3, 1, passing)).toBeCloseTo(11e6);
    expect(advanced(0, 1.8, 1, passing)).toBeCloseTo(11.5e6);
  });

  test('goes backwards the same way', () => {
    expect(advanced(12e6, 1, -1, passing)).toBe(11e6);
    expect(advanced(12e6, 1.15, -1, passing)).toBeCloseTo(6e6);
    expect(advanced(6e6, 0.15 + 0.5, -1, passing)).toBeCloseTo(0.5e6);
  });

  test('a stretch that is over in 0.3 s anyway is not passed', () =>
    expect(passed(idleOf(BUSY, [0, 12e6]), [0, 12e6], 50)).toEqual([]));

  test('many small steps come to where one large step comes', () => {
    const gaps: Stretch[] = [
      [1e6, 3e6],
      [4e6, 9e6],
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(1, -1),
        fc.integer({ min: 1, max: 60 }),
        fc.nat(10e6),
        (sign, steps, start) => {
          let t = start;
          for (let n = 0; n < steps; n++) t = advanced(t, 0.05, sign, gaps);
          expect(t).toBeCloseTo(advanced(start, steps * 0.05, sign, gaps), 1);
        },
      ),
    );
  });
});

test('what is between is idle', () => {
  expect(idleOf(BUSY, [0, 20e6])).toEqual([
    [1e6, 11e6],
    [12e6, 20e6],
  ]);
  expect(idleOf([], [3, 5])).toEqual([[3, 5]]);
  expect(idleOf([[0, 9]], [3, 5])).toEqual([]);
});

describe('speeds', () => {
  test('fit what ran, not what is in view', () => {
    expect(fittingSpeed([[0, 41e6]], [0, 41e6])).toBe(2);
    expect(fittingSpeed([[0, 2e5]], [0, 41e6])).toBe(0.01);
    expect(fittingSpeed([], [0, 41e6])).toBe(SPEEDS[0]);
  });

  test('are told as people read them', () => {
    expect([0.01, 5e-6, 20, 1].map(speedText)).toEqual(['0.01×', '0.000 005×', '20×', '1×']);
    expect([faster(0.01), slower(0.01), faster(50), slower(1e-6)]).toEqual([0.02, 0.005, 50, 1e-6]);
  });
});
