import { describe, expect, test } from 'vitest';
import { estimateApart, estimatePairs } from './estimate.ts';
import { randomOf } from '../../base/random.ts';
import { grewApart, grewInPairs } from './together.ts';

const random = randomOf(7);
const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const noise = (count: number, sd: number, shift = 0): number[] =>
  Array.from({ length: count }, () => shift + sd * normal());

describe('growth in pairs', () => {
  test('of one figure, p is the share of signs that do as well: 1 of 2^n where all grew', () => {
    expect(grewInPairs([[0.1, 0.2, 0.1, 0.3, 0.1]])).toEqual([1 / 32]);
    expect(grewInPairs([[-0.1, -0.2, -0.1, -0.3, -0.1]])).toEqual([1]);
    expect(grewInPairs([[0, 0, 0]])).toEqual([1]);
  });

  test('the figure that grew is found among those that did not', () => {
    const p = grewInPairs([noise(10, 0.02), noise(10, 0.02, 0.1), noise(10, 0.02), noise(10, 0.2)]);
    expect(p.map((each) => each <= 0.01)).toEqual([false, true, false, false]);
  });

  test('of identical builds, all figures together fail no more often than was asked for', () => {
    const rounds = 400;
    let alarms = 0;
    for (let round = 0; round < rounds; round++) {
      // Runs have most of their noise in common, as those of one machine do; a tenth of them is far out.
      const common = noise(8, 0.05).map((each) => (random() < 0.1 ? 10 * each : each));
      const figures = Array.from({ length: 10 }, () => noise(8, 0.02).map((own, at) => own + common[at]));
      if (grewInPairs(figures).some((p) => p <= 0.05)) alarms++;
    }
    // 5 % are 20 of 400; more than 36 would come once in 5,000 times. Without the family's control it were 60 and more.
    expect(alarms).toBeLessThan(36);
    expect(alarms).toBeGreaterThan(4);
  });

  test('more pairs than all signs can be gone through for', () => {
    const [grew, not] = grewInPairs([noise(20, 0.02, 0.1), noise(20, 0.02)]);
    expect(grew).toBeLessThan(0.001);
    expect(not).toBeGreaterThan(0.01);
  });
});

test('growth of runs that are no pairs', () => {
  const [grew, not] = grewApart([
    { base: noise(10, 0.02), candidate: noise(10, 0.02, 0.1) },
    { base: noise(10, 0.02), candidate: noise(10, 0.02) },
  ]);
  expect(grew).toBeLessThan(0.001);
  expect(not).toBeGreaterThan(0.01);
});

describe('estimates', () => {
  test('the middle is not moved by one pair that is far out, and the interval holds it', () => {
    const { middle, low, high } = estimatePairs([0.1, 0.11, 0.09, 0.1, 0.12, 0.08, 0.1, 0.1, 0.11, 5], 0.01);
    expect(middle).toBeCloseTo(0.105, 2);
    expect(low).toBeGreaterThan(0.08);
    expect(high).toBeLessThan(3);
  });
  test('intervals hold the truth in 95 of 100', () => {
    const hits = Array.from({ length: 400 }, () => estimatePairs(noise(10, 0.05, 0.1), 0.01)).filter(
      ({ low, high }) => low <= 0.1 && high >= 0.1,
    );
    expect(hits.length).toBeGreaterThan(364);
    expect(hits.length).toBeLessThan(397);
    const apart = Array.from({ length: 400 }, () =>
      estimateApart(noise(10, 0.05), noise(10, 0.05, 0.1), 0.01),
    ).filter(({ low, high }) => low <= 0.1 && high >= 0.1);
    expect(apart.length).toBeGreaterThan(364);
    expect(apart.length).toBeLessThan(397);
  });
  test('growth of the size of the resolution is found in about 9 of 10', () => {
    const found = Array.from({ length: 200 }, () => {
      const { resolution } = estimatePairs(noise(10, 0.05), 0.01);
      return grewInPairs([noise(10, 0.05, resolution)])[0] <= 0.01;
    }).filter(Boolean);
    expect(found.length).toBeGreaterThan(150);
  });
  // 9 in 10, but for what few pairs tell of their spread, and what so few rounds may be off by.
  test.each([
    [8, 0.73],
    [10, 0.82],
    [14, 0.83],
  ])('growth of the usual resolution of %i pairs is found in %d and more', (pairs, share) => {
    const told = Array.from({ length: 300 }, () => estimatePairs(noise(pairs, 0.05), 0.01).resolution);
    const middle = told.toSorted((a, b) => a - b)[150];
    const rounds = pairs > 10 ? 100 : 400;
    const found = Array.from(
      { length: rounds },
      () => grewInPairs([noise(pairs, 0.05, middle)])[0] <= 0.01,
    ).filter(Boolean);
    expect(found.length / rounds).toBeGreaterThan(share);
  });
  test('of too few, nothing is known', () => {
    expect(estimatePairs([0.1], 0.01)).toMatchObject({
      low: -Infinity,
      high: Infinity,
      resolution: Infinity,
    });
  });
});
