/** Counts are no noise where a program does the same each time; where it does not, runs must not overlap. Pure. */
import { median } from '../../base/numbers.ts';

/** All counts that vary may, taken together, be told to have grown for nothing this often. */
const FALSE_ALARMS = 0.001;
/** Averages of counts that are equal may differ in the last digits. */
const ROUNDING = 1e-6;

/** `yes`: each run is above all of the baseline · `maybe`: most are, and more runs would tell. */
export type Grown = 'yes' | 'maybe' | 'no';

/**
 * @param tolerance growth that is let pass, as a share
 * @param questions how many counts are asked about
 */
export function grown(
  base: readonly number[],
  candidate: readonly number[],
  tolerance: number,
  questions: number,
): Grown {
  const limit = Math.max(...base) * (1 + tolerance) + ROUNDING;
  if (median(candidate) <= median(base) * (1 + tolerance) + ROUNDING) return 'no';
  if (Math.min(...candidate) <= limit) return 'maybe';
  const isExact = same(base) && same(candidate);
  return isExact || questions / choose(base.length + candidate.length, base.length) <= FALSE_ALARMS
    ? 'yes'
    : 'maybe';
}

/** Something that a run has or has not: is it in this build, and was not in the baseline? Fisher's exact test where runs do not agree. */
export function appeared(base: readonly boolean[], candidate: readonly boolean[], questions: number): Grown {
  const having = candidate.filter(Boolean).length;
  if (base.some(Boolean) || having === 0) return 'no';
  if (having === candidate.length) return 'yes';
  const chance = choose(candidate.length, having) / choose(base.length + candidate.length, having);
  return chance * questions <= FALSE_ALARMS ? 'yes' : 'maybe';
}

const same = (values: readonly number[]): boolean => Math.max(...values) - Math.min(...values) <= ROUNDING;

/** Binomial coefficient. */
function choose(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= Math.min(k, n - k); i++) ways = (ways * (n - Math.min(k, n - k) + i)) / i;
  return ways;
}
