/** Binary search. Pure. */

/** Lowest n < count for which `test` holds, from which on it holds for all; count when for none. */
export function lowest(count: number, test: (n: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Index of the last of rising numbers that is at `value` or before it; -1: all are after it. */
export const lastUpTo = (numbers: ArrayLike<number>, value: number): number =>
  lowest(numbers.length, (n) => numbers[n] > value) - 1;
