/**
 * Which of many figures grew, so that all answers together are wrong for identical builds as rarely as was asked for.
 *
 * A randomisation test. Of a pair of runs a coin decided which build came first; if the builds are the same, each difference might as well have the
 * other sign, whatever the machine did (Fisher 1935, The Design of Experiments, §21). So all 2^n ways to give signs are gone through (beyond 14 pairs
 * 20,000 of them, drawn), and the largest figure of each is what the observed ones are held against: the step-down method with the largest statistic
 * (Westfall & Young 1993, Resampling-Based Multiple Testing, algorithm 4.1). That holds the error rate of the family exactly, and loses nothing
 * where figures depend on each other, as times of one machine do. Runs that are no pairs have their labels changed instead.
 */
import { sum } from '../../base/numbers.ts';
import { randomOf } from '../../base/random.ts';

/** Differences in the logarithm, candidate minus baseline, by pair; NaN: not known. */
export type Differences = readonly number[];

/** Exact up to so many pairs. */
const EXACT_PAIRS = 14;
const DRAWS = 20_000;
const SEED = 20_261_122;

/** Adjusted p (one-sided, growth) of each figure. */
export function grewInPairs(figures: readonly Differences[]): number[] {
  const pairs = Math.max(0, ...figures.map(({ length }) => length));
  const scores = figures.map(scored);
  return stepDown(
    scores.map((score) => sum(score)),
    signsOf(pairs),
    (signs, at) => {
      const score = scores[at];
      let total = 0;
      for (let k = 0; k < score.length; k++) total += signs[k] * score[k];
      return total;
    },
  );
}

/** The same for runs that are no pairs: logarithms of the values by run. */
export function grewApart(figures: readonly { base: Differences; candidate: Differences }[]): number[] {
  const [bases, candidates] = ['base', 'candidate'].map((side) =>
    Math.max(0, ...figures.map((figure) => figure[side as 'base'].length)),
  );
  const columns = figures.map(({ base, candidate }) =>
    ranked([...padded(base, bases), ...padded(candidate, candidates)]),
  );
  const labels = Array.from({ length: bases + candidates }, (_, k) => (k < bases ? 0 : 1));
  const statistic = (chosen: ArrayLike<number>, at: number): number => {
    const column = columns[at];
    let total = 0;
    for (let k = 0; k < column.length; k++) if (chosen[k] === 1) total += column[k];
    return total;
  };
  return stepDown(
    columns.map((_, at) => statistic(labels, at)),
    shuffles(labels),
    statistic,
  );
}

/** Signed, divided by the root of the sum of squares: the size of the unit does not count, nor how much a figure varies. */
function scored(differences: Differences): number[] {
  const known = differences.map((value) => (Number.isFinite(value) ? value : 0));
  const size = Math.sqrt(sum(known.map((value) => value * value)));
  return known.map((value) => (size > 0 ? value / size : 0));
}

/** Ranks around 0, of variance 1; those that are not known are 0. */
function ranked(values: readonly number[]): number[] {
  const known = values.filter(Number.isFinite);
  const rank = values.map((value) =>
    Number.isFinite(value)
      ? known.filter((other) => other < value).length + known.filter((other) => other === value).length / 2
      : NaN,
  );
  const centred = rank.map((value) => (Number.isNaN(value) ? 0 : value - known.length / 2));
  const size = Math.sqrt(sum(centred.map((value) => value * value)));
  return centred.map((value) => (size > 0 ? value / size : 0));
}

/** @param observed by figure @param draws what chance might have made, the observed one included */
function stepDown(
  observed: readonly number[],
  draws: readonly ArrayLike<number>[],
  statistic: (draw: ArrayLike<number>, at: number) => number,
): number[] {
  const order = observed.map((_, at) => at).toSorted((a, b) => observed[a] - observed[b]);
  const atLeast = observed.map(() => 0);
  for (const draw of draws) {
    let largest = -Infinity;
    for (const at of order) {
      largest = Math.max(largest, statistic(draw, at));
      // Sums of the same numbers in another order differ in the last digits.
      if (largest >= observed[at] - 1e-9) atLeast[at]++;
    }
  }
  const adjusted = observed.map(() => 1);
  let before = 0;
  for (const at of order.toReversed()) adjusted[at] = before = Math.max(before, atLeast[at] / draws.length);
  return adjusted;
}

function signsOf(pairs: number): Int8Array[] {
  if (pairs <= EXACT_PAIRS)
    return Array.from({ length: 2 ** pairs }, (_, draw) =>
      Int8Array.from({ length: pairs }, (_, k) => ((draw >> k) & 1 ? -1 : 1)),
    );
  const random = randomOf(SEED);
  const drawn = Array.from({ length: DRAWS - 1 }, () =>
    Int8Array.from({ length: pairs }, () => (random() < 0.5 ? -1 : 1)),
  );
  return [new Int8Array(pairs).fill(1), ...drawn];
}

function shuffles(labels: readonly number[]): Int8Array[] {
  const random = randomOf(SEED);
  const drawn = Array.from({ length: DRAWS - 1 }, () => {
    const draw = Int8Array.from(labels);
    for (let k = draw.length - 1; k > 0; k--) {
      const other = Math.floor(random() * (k + 1));
      [draw[k], draw[other]] = [draw[other], draw[k]];
    }
    return draw;
  });
  return [Int8Array.from(labels), ...drawn];
}

const padded = (values: Differences, length: number): number[] =>
  Array.from({ length }, (_, k) => values[k] ?? NaN);
