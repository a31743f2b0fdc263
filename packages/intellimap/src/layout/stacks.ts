/** Cards of a group as stacks beside each other. Pure. */
import { placedIn } from './place.ts';
import type { PlannedGroup } from './plan.ts';
import { cardSize, GAP_Y, spanOf } from './sizes.ts';

/** Cards in their order fill so many stacks from left to right, so that all end at about the same height; wide ones stand above. */
export function stacked(
  folder: string,
  paths: readonly string[],
  count: number,
  cellsOf: (path: string) => number,
): PlannedGroup {
  const spans = paths.map((path) => spanOf(cellsOf(path)));
  const wide = paths.filter((_, at) => spans[at] > 1);
  const rest = paths.filter((_, at) => spans[at] === 1);
  const stacks = Array.from({ length: Math.max(1, count, ...spans) }, (): string[] => []);
  const tops = placedIn({ folder, wide, stacks }, cellsOf).heights;
  const heights = rest.map((path) => cardSize(cellsOf(path), 1).h + GAP_Y);
  // The least height at which all fit.
  let low = 0;
  let high = heights.reduce((sum, each) => sum + each, Math.max(...tops)) + 1;
  while (high - low > 1) {
    const middle = (low + high) / 2;
    if (filling(tops, heights, middle) === null) low = middle;
    else high = middle;
  }
  filling(tops, heights, high)!.forEach((stack, at) => stacks[stack].push(rest[at]));
  return { folder, wide, stacks };
}

/** The stack of each card when none may be higher than `limit`. null: they do not fit. */
function filling(tops: readonly number[], heights: readonly number[], limit: number): number[] | null {
  const found: number[] = [];
  let stack = 0;
  let y = tops[0];
  for (const height of heights) {
    while (y + height > limit) {
      stack++;
      if (stack === tops.length) return null;
      y = tops[stack];
    }
    found.push(stack);
    y += height;
  }
  return found;
}
