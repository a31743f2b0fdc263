/** Counts → steps of heat, and ways through the cells. Pure. */

/** Columns of the matrix: cells are wide enough to be hit. */
export const BUCKETS = 60;
const STEPS = 5;

/** 0: none; 1 … 5, each step twice as many or more; the most anywhere is 5. */
export function heatOf(count: number, most: number): number {
  if (count <= 0) return 0;
  if (most <= 1) return STEPS;
  return 1 + Math.round((Math.log2(count) / Math.log2(most)) * (STEPS - 1));
}

export const mostOf = (signatures: readonly { counts: readonly number[] }[]): number =>
  signatures.reduce((most, { counts }) => Math.max(most, ...counts), 0);

/** The next cell that has errors, in this row; null: there is none on that side. */
export function nextCell(counts: readonly number[], at: number, by: 1 | -1): number | null {
  for (let cell = at + by; cell >= 0 && cell < counts.length; cell += by) if (counts[cell] > 0) return cell;
  return null;
}
