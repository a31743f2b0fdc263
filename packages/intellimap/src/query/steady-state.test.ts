import { describe, expect, test } from 'vitest';
import { randomOf } from '../base/random.ts';
import { totals } from './cpu-profile.ts';
import { type BusySample, steadyState, truncation } from './steady-state.ts';

/** Samples from `[how many, functions]`, each as likely as it has letters: `aab` is twice as often in a as in b. One a ms. */
function samples(
  seed: number,
  ...phases: [count: number, mix: string | ((share: number) => string)][]
): BusySample[] {
  const random = randomOf(seed);
  let at = 0;
  return phases.flatMap(([count, mix]) =>
    Array.from({ length: count }, (_, n) => {
      const letters = typeof mix === 'string' ? mix : mix(n / count);
      return { at: (at += 1000), key: letters[Math.floor(random() * letters.length)] };
    }),
  );
}

const SEEDS = Array.from({ length: 40 }, (_, n) => n + 1);

describe('warm-up', () => {
  test('the same all the time: steady from the start', () => {
    for (const seed of SEEDS) {
      const state = steadyState(samples(seed, [4000, 'aaabbc']));
      expect(state).toMatchObject({ found: true });
      // A little may be cut off by accident.
      expect(state.found ? state.before : Infinity).toBeLessThanOrEqual(1200);
    }
    const whole = SEEDS.map((seed) => steadyState(samples(seed, [4000, 'aaabbc'])));
    expect(whole.filter((state) => state.found && state.before === 0).length).toBeGreaterThan(
      SEEDS.length / 2,
    );
  });

  test.each([
    [600, 'xyz', 3400],
    [1000, 'xxab', 4000],
    [200, 'x', 3000],
  ])('%i samples of %s, then %i of the work', (warm, mix, rest) => {
    const errors = SEEDS.map((seed) => {
      const state = steadyState(samples(seed, [warm, mix], [rest, 'aaabbc']));
      expect(state.found).toBe(true);
      return state.found ? (state.before - warm) / (warm + rest) : 1;
    }).toSorted((a, b) => a - b);
    // Never is much of the warm-up kept, and seldom much of the rest lost.
    expect(errors[0]).toBeGreaterThan(-0.03);
    expect(errors[Math.floor(0.75 * SEEDS.length)]).toBeLessThan(0.15);
  });

  test('warming up little by little', () => {
    const found = SEEDS.map((seed) => {
      const mix = (share: number): string => 'x'.repeat(Math.round(10 * (1 - share))) + 'aaabbc';
      const state = steadyState(samples(seed, [1000, mix], [4000, 'aaabbc']));
      return state.found ? state.before : Infinity;
    }).toSorted((a, b) => a - b);
    expect(found[0]).toBeGreaterThan(400);
    expect(found[SEEDS.length / 2]).toBeLessThan(2000);
  });
});

describe('no steady state', () => {
  test('too few samples to tell', () => {
    expect(steadyState(samples(1, [499, 'ab']))).toEqual({
      found: false,
      why: 'too few samples: 499 of 500 while something ran',
    });
  });

  test('another phase in the last third', () => {
    for (const seed of SEEDS)
      expect(steadyState(samples(seed, [2500, 'aab'], [1500, 'cd']))).toMatchObject({
        found: false,
        why: 'what ran changed until the end',
      });
  });

  test('a share that grows to the end', () => {
    const grows = (share: number): string =>
      'x'.repeat(Math.round(20 * share)) + 'ab'.repeat(Math.round(10 * (1 - share)) + 1);
    const found = SEEDS.filter((seed) => steadyState(samples(seed, [5000, grows])).found);
    expect(found.length).toBeLessThan(SEEDS.length / 10);
  });
});

test('MSER cuts where the standard error of the rest is least', () => {
  expect(truncation([9, 8, 1, 1, 1, 1, 1, 1, 1, 1])).toBe(2);
  expect(truncation([5, 5, 5, 5, 5, 5])).toBe(0);
  // Behind the middle, a change is none of the warm-up.
  expect(truncation([9, 9, 9, 9, 9, 9, 9, 1, 1, 1])).toBe(0);
});

/** Lines `name self`, callees indented below their callers. */
function tree(...lines: string[]): Parameters<typeof totals>[0] {
  const parents: number[] = [];
  return lines.map((line, at) => {
    const [, indent, key, self] = /^( *)(\S+) (\d+)$/.exec(line)!;
    parents[indent.length] = at;
    return {
      key,
      parent: indent.length === 0 ? -1 : parents[indent.length - 1],
      self: Number(self),
      selfUs: 1000 * Number(self),
    };
  });
}

test('samples of a function by itself, and with what it called; one that calls itself counts once', () => {
  const sums = totals(tree('root 0', ' main 1', '  a 2', '   b 3', '    a 4', '  b 5', ' idle 7'));
  expect([...sums].map(([key, { self, total }]) => `${key} ${self} ${total}`)).toEqual([
    'root 0 22',
    'main 1 15',
    'a 6 9',
    'b 8 12',
    'idle 7 7',
  ]);
});
