/** Figures of the tree as people read them. Pure. */
import type { CompareTree } from '../../../../../intellimap/src/serve/contract.ts';
import { count, duration } from '../../../text/format.ts';
import { isShared, wayOf, wordsOf } from './direction.ts';

export const MEASURES: Readonly<Record<CompareTree['measure'], { title: string; meaning: string }>> = {
  work: { title: 'Work', meaning: 'Time on the stack, with all that was called from there' },
  latency: { title: 'Latency', meaning: 'Time from beginning to end of calls, waiting included' },
  calls: { title: 'Calls', meaning: 'Calls, with all that they led to' },
};

export const MEASURE_NAMES = Object.keys(MEASURES) as CompareTree['measure'][];

/** ms, or calls. */
export const amount = (measure: CompareTree['measure'], value: number): string =>
  measure === 'calls' ? calls(value) : duration(value * 1000);

/** Shares of calls need not be whole. */
export const calls = (value: number): string =>
  value > 0.05 && value < 0.95 ? '< 1' : count(Math.round(value));

/** `+12.5 ms`, `−3 µs`, `0` */
export function difference(measure: CompareTree['measure'], value: number): string {
  const text = amount(measure, Math.abs(value));
  return /^0\b/.test(text) && !text.includes('.') ? '0' : `${value < 0 ? '−' : '+'}${text}`;
}

export const nameOf = ({ functions, fn }: Pick<CompareTree, 'functions' | 'fn'>, row: number): string =>
  functions[fn[row]].name;

/** `rank, 10 ms before, 70 ms now, slower; 1 call before, 2 now; about` */
export function labelOf(tree: CompareTree, row: number): string {
  const { measure, now, before, callsNow, callsBefore } = tree;
  return [
    `${nameOf(tree, row)}, ${amount(measure, before[row])} before, ${amount(measure, now[row])} now, ${wordsOf(wayOf(tree, row).direction, measure)}`,
    ...(measure === 'calls' ? [] : [`${calls(callsBefore[row])} calls before, ${calls(callsNow[row])} now`]),
    ...(isShared(tree, row) ? ['figures are shares: it has other callers, too'] : []),
  ].join('; ');
}
