/** Which runs a trend is made of, and where its points lie. Pure. */
import { earlierLike } from '../../state/latest.ts';
import type { RunLine } from '../../state/run.ts';

/** More would keep the server at work for long. */
const MOST = 6;

/** Ids of the runs before one that it is set against, newest first. */
export const runsOfTrend = (runs: readonly RunLine[], now: RunLine): string[] =>
  earlierLike(runs, now)
    .slice(0, MOST)
    .map(({ id }) => id);

/** Points of a line from zero up, evenly apart; what is not known is left out. `last` is where the present run is. */
export function pointsOf(
  values: readonly (number | null)[],
  width: number,
  height: number,
): { line: string; last: [x: number, y: number] } {
  const margin = 3;
  const most = Math.max(1, ...values.map((value) => value ?? 0));
  const points = values.flatMap((value, at): [number, number][] =>
    value === null
      ? []
      : [
          [
            margin + (at / Math.max(1, values.length - 1)) * (width - 2 * margin),
            height - margin - (value / most) * (height - 2 * margin),
          ],
        ],
  );
  return {
    line: points.map((point) => point.join(',')).join(' '),
    last: points.at(-1) ?? [margin, height - margin],
  };
}
