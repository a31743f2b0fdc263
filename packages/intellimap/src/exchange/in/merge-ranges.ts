/**
 * Coverage of one script by several processes → one. Functions are the same when they have the same range. Within them, V8 names blocks only where counts differ, so
 * two processes may name other ones: counts are added up for each piece between any two borders.
 *
 *   one process   7 ├──────────────┤   0 within:      ├────┤
 *   another       2 ├──────────────┤   1 within:   ├────┤
 *   together      9 ├──────────────┤   pieces:     ├8─┤├1┤├2┤     (7 + 1, 0 + 1, 0 + 2)
 */
import { addTo } from '../../base/groups.ts';
import type { CoveredFunction } from './v8-coverage.ts';

/** Offsets in the text, end exclusive. */
export interface Range {
  start: number;
  end: number;
  count: number;
}

/** @param runs functions of one script, as each process has them */
export function merged(runs: readonly CoveredFunction[][]): CoveredFunction[] {
  if (runs.length === 1) return runs[0];
  const byRange = new Map<string, CoveredFunction[]>();
  for (const each of runs.flat()) {
    const [whole] = each.ranges;
    if (whole === undefined) continue;
    addTo(byRange, `${whole.start} ${whole.end} ${each.name}`, each);
  }
  return [...byRange.values()].map((same) => (same.length === 1 ? same[0] : together(same)));
}

function together(functions: readonly CoveredFunction[]): CoveredFunction {
  const [{ name, ranges }] = functions;
  const whole = { ...ranges[0], count: 0 };
  for (const each of functions) whole.count = bounded(whole.count + each.ranges[0].count);
  const borders = [
    ...new Set(functions.flatMap((each) => each.ranges.flatMap(({ start, end }) => [start, end]))),
  ].toSorted((a, b) => a - b);
  const counts = borders.slice(1).map(() => 0);
  for (const each of functions) addCounts(each.ranges, borders, counts);
  const pieces: Range[] = [];
  for (const [index, count] of counts.entries()) {
    const last = pieces.at(-1);
    const [start, end] = [borders[index], borders[index + 1]];
    if (count === whole.count || start < whole.start || end > whole.end) continue;
    if (last !== undefined && last.end === start && last.count === count) last.end = end;
    else pieces.push({ start, end, count });
  }
  return { name, ranges: [whole, ...pieces] };
}

/** Adds to each piece the count of the innermost range that covers it: inner ones come later. */
function addCounts(ranges: readonly Range[], borders: readonly number[], counts: number[]): void {
  const places = new Map(borders.map((border, index) => [border, index]));
  const own = new Float64Array(counts.length);
  for (const { start, end, count } of ranges) own.fill(count, places.get(start), places.get(end));
  for (const [index, count] of own.entries()) counts[index] = bounded(counts[index] + count);
}

const bounded = (count: number): number => Math.min(count, Number.MAX_SAFE_INTEGER);
