// Figures that benchmarks share.
import { spawnSync } from 'node:child_process';

export const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return mean([sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]);
}

/** The least of them that so large a share does not exceed. */
export const percentile = (numbers, share) =>
  numbers.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(numbers.length * share) - 1)];

/** `10M`, `50k` */
export const numberOf = (text) => Number(text.replace(/M$/i, 'e6').replace(/k$/i, 'e3'));

/** What a script says in its last line, as JSON, in a process of its own. */
export function figuresOf(args, node = process.execPath) {
  const { status, stdout, stderr } = spawnSync(node, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')}: ${stderr}`);
  return JSON.parse(stdout.trimEnd().split('\n').at(-1));
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
