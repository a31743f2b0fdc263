/** How often lines were passed, from ranges that were counted. Pure. */

/** Columns are null where whole lines were counted. */
export interface CountedRange {
  line: number;
  column: number | null;
  endLine: number;
  endColumn: number | null;
  count: number;
}

/**
 * By line, of those that a range covers. The innermost range that covers a line wholly counts; one that begins or ends on it says something of a part of it only.
 *
 *     if (x) {      outer      3
 *       a();        block      1
 *     }             outer      3
 */
export function lineHits(ranges: readonly CountedRange[]): Map<number, number> {
  const hits = new Map<number, number>();
  const sizeOf = ({ line, endLine }: CountedRange): number => endLine - line;
  // Outer ones first: what is written last is of the innermost.
  for (const range of ranges.toSorted((a, b) => sizeOf(b) - sizeOf(a))) {
    const [first, last] = wholeLines(range);
    for (let line = first; line <= last; line++) hits.set(line, range.count);
    // A function is seen where it begins, though its text may begin in the midst of the line.
    if (!hits.has(range.line)) hits.set(range.line, range.count);
  }
  return hits;
}

function wholeLines({ line, column, endLine, endColumn }: CountedRange): [number, number] {
  if (column === null || endColumn === null) return [line, endLine];
  return [column === 0 ? line : line + 1, endLine - 1];
}
