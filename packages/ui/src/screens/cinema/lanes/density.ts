/** How busy a thread was, step by step of what is in view. Pure. */
import type { Stretch } from '../time/stretch.ts';
import { type Bars, busyOf } from './bars.ts';

/**
 * @param steps that the view is cut into
 * @returns of each step, the share in which something lay on the thread's stack: 0 … 1; exact to what a bar is at least, a pixel
 */
export function sharesOf(bars: Bars, lane: number, [from, to]: Stretch, steps: number): Float64Array {
  const shares = new Float64Array(Math.max(1, steps));
  const step = (to - from) / shares.length;
  for (const [start, end] of busyOf(bars, lane)) {
    const [a, b] = [Math.max(from, start), Math.min(to, end)];
    for (let at = Math.floor((a - from) / step); at < shares.length && from + at * step < b; at++)
      shares[at] += Math.max(0, Math.min(b, from + (at + 1) * step) - Math.max(a, from + at * step)) / step;
  }
  return shares.map((share) => Math.min(1, share));
}
