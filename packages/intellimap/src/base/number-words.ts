/** Numbers as sentences, cards and the page say them. Pure. */

/** `12,345` */
export const grouped = (count: number): string => count.toLocaleString('en-US');

/** `1 error`, `2 errors`, `12,345 errors` */
export const plural = (count: number, noun: string): string =>
  `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;

/** `3.1 %`, `12 %`; of a share */
export const percent = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
