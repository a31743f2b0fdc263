/** Figures of the tree as people read them. Pure. */
import type { CompareTree } from '../../../../../intellimap/src/serve/contract.ts';
import { count, duration } from '../../../text/format.ts';
import { isShared, wayOf, wordsOf } from './direction.ts';

export const MEASURES: Readonly<Record<CompareTree['measure'], { title: string; meaning: string }>> = {
  work: { title: 'Work', meaning: 'Time on the stack, with all that was called from there' },
  latency: { title: 'Latency', meaning: 'Time from beginning to end of calls, waiting included' },
  calls: { title: 'Calls', meaning: 'Calls, with all that they led to' },
};

/** ms, or calls. */
export const amount = (measure: CompareTree['measure'], value: number): string =>
  measure === 'calls' ? count(Math.round(value)) : duration(value * 1000);

/** `+12.5 ms`, `−3 µs` */
export const difference = (measure: CompareTree['measure'], value: number): string =>
  `${value < 0 ? '−' : '+'}${amount(measure, Math.abs(value))}`;

export const nameOf = ({ functions, fn }: Pick<CompareTree, 'functions' | 'fn'>, row: number): string =>
  functions[fn[row]].name;

/** `rank, 10 ms before, 70 ms now, slower; 1 call before, 2 now; about` */
export function labelOf(tree: CompareTree, row: number): string {
  const { measure, now, before, callsNow, callsBefore } = tree;
  const calls = (value: number): string => count(Math.round(value));
  return [
    `${nameOf(tree, row)}, ${amount(measure, before[row])} before, ${amount(measure, now[row])} now, ${wordsOf(wayOf(tree, row).direction, measure)}`,
    ...(measure === 'calls' ? [] : [`${calls(callsBefore[row])} calls before, ${calls(callsNow[row])} now`]),
    ...(isShared(tree, row) ? ['figures are shares: it has other callers, too'] : []),
  ].join('; ');
}
