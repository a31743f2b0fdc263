/** Stretches of a text. Pure. */
import { lowest } from '../../../base/search.ts';

/** Offsets; end exclusive. */
interface Stretch {
  start: number;
  end: number;
}

export const byStart = (a: { start: number }, b: { start: number }): number => a.start - b.start;

/** Those that begin in it, of some in the order of the text. */
export function within<Each extends { start: number }>(
  all: readonly Each[],
  { start, end }: Stretch,
): Each[] {
  const from = lowest(all.length, (at) => all[at].start >= start);
  return all.slice(
    from,
    lowest(all.length, (at) => all[at].start >= end),
  );
}

/** Whether an offset is in any of these, which may lie within one another. */
export function anyOf(stretches: readonly Stretch[]): (offset: number) => boolean {
  const inOrder = stretches.toSorted(byStart);
  let end = 0;
  /** How far those reach that begin no later. */
  const ends = inOrder.map((stretch) => (end = Math.max(end, stretch.end)));
  return (offset) => {
    const before = lowest(inOrder.length, (at) => inOrder[at].start > offset);
    return before > 0 && offset < ends[before - 1];
  };
}
