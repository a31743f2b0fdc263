/** How often the blocks of a function were passed: V8's nested ranges → pieces side by side, which can be added up. Pure. */

export interface Range {
  start: number;
  end: number;
  count: number;
}

/**
 * Piece n goes from `at[n]` to `at[n + 1]` and was passed `count[n]` times.
 *
 *     0       10      25   30      50
 *     |---3---|---0---|--3-|       |
 */
export interface Blocks {
  at: number[];
  count: number[];
}

/** @param ranges nested, the outer ones first; empty ones do not count */
export function blocksOf(ranges: readonly Range[]): Blocks {
  const open = ranges
    .filter(({ start, end }) => start < end)
    .toSorted((a, b) => a.start - b.start || b.end - a.end);
  const bounds = [...new Set(open.flatMap(({ start, end }) => [start, end]))].toSorted((a, b) => a - b);
  const blocks: Blocks = { at: [], count: [] };
  const around: Range[] = [];
  let next = 0;
  for (const bound of bounds) {
    while (around.length > 0 && around.at(-1)!.end <= bound) around.pop();
    while (next < open.length && open[next].start === bound) around.push(open[next++]);
    blocks.at.push(bound);
    if (bound !== bounds.at(-1)) blocks.count.push(around.at(-1)?.count ?? 0);
  }
  return joined(blocks);
}

export function added(a: Blocks, b: Blocks): Blocks {
  const at = [...new Set([...a.at, ...b.at])].toSorted((x, y) => x - y);
  const [inA, inB] = [countsAt(a), countsAt(b)];
  return joined({ at, count: at.slice(0, -1).map((place) => inA(place) + inB(place)) });
}

/** Asked for ascending places. */
function countsAt({ at, count }: Blocks): (place: number) => number {
  let piece = -1;
  return (place) => {
    while (piece + 1 < at.length && at[piece + 1] <= place) piece++;
    return count[piece] ?? 0;
  };
}

/** Neighbours that were passed as often are one. */
function joined({ at, count }: Blocks): Blocks {
  const starts = count.flatMap((each, n) => (n === 0 || each !== count[n - 1] ? [n] : []));
  return {
    at: [...starts.map((n) => at[n]), ...at.slice(-1)],
    count: starts.map((n) => count[n]),
  };
}
