/** How well a median is known. Pure. */
import { median } from './numbers.ts';

export interface MedianRange {
  median: number;
  low: number;
  high: number;
}

/** Where the median of what was measured lies with 95 %, by ranks: whatever the noise looks like. All there is, where there are too few. */
export function medianRange(values: readonly number[]): MedianRange {
  const sorted = values.toSorted((a, b) => a - b);
  const count = sorted.length;
  const reach = 0.98 * Math.sqrt(count);
  const first = Math.max(0, Math.floor(count / 2 - reach));
  return { median: median(sorted), low: sorted[first], high: sorted[count - 1 - first] };
}
