// Figures that benchmarks share.

export const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return mean([sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]);
}

/** To so many digits after the point; null stays null, as does what is no number. */
export const rounded = (number, digits = 2) =>
  Number.isFinite(number) ? Math.round(number * 10 ** digits) / 10 ** digits : null;

/** ms that work took, of the clock and of all processors, and its result. */
export async function timed(work) {
  const before = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { wall, cpu: (user + system) / 1000, result };
}
