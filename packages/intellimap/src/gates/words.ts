/** Numbers as the sentences of a gate say them. Pure. */

/** `12.3 %` */
export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
/** `+12.3 %` */
export const growthText = (share: number): string =>
  `${share >= 0 ? '+' : '−'}${Math.abs(100 * share).toFixed(1)} %`;
/** `12.3 ms`, `4.56 s`, `0.012 ms` */
export function ms(value: number): string {
  if (Math.abs(value) >= 1000) return `${(value / 1000).toFixed(2)} s`;
  return `${value.toFixed(Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 0.1 ? 2 : 3)} ms`;
}
/** Up to two digits behind the point, and none that are 0. */
export const plain = (value: number): string => String(Math.round(value * 100) / 100);
/** `1 run`, `2 runs` */
export const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
