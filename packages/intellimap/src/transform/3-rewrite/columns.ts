/** Columns of an instrumented text → columns of the text it was made from. Lines are the same in both. */
import type { Lines } from '../2-analyze/lines.ts';

/** 1-based lines, 0-based columns. A column within an insertion is that of the character after it. */
export function columnFixer(
  edits: { at: number[]; text: string[] },
  lines: Lines,
): (line: number, column: number) => number {
  /** Insertions before the n-th, in characters. */
  const shift = [0];
  for (const text of edits.text) shift.push((shift.at(-1) as number) + text.length);
  /** First insertion at or after `offset`. */
  const firstFrom = (offset: number): number => {
    let low = 0;
    let high = edits.at.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (edits.at[middle] < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return (line, column) => {
    if (line > lines.count) return column;
    const start = lines.startOf(line);
    const first = firstFrom(start);
    const generated = start + shift[first] + column;
    let low = first;
    let high = edits.at.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (edits.at[middle] + shift[middle] <= generated) low = middle + 1;
      else high = middle;
    }
    if (low === first) return column;
    const at = edits.at[low - 1];
    const within = generated < at + shift[low];
    return (within ? at : generated - shift[low]) - start;
  };
}
