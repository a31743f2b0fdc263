/** Ages and sizes as people write them, on the command line and in the configuration. Pure. */

const AGES: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const SIZES: Record<string, number> = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };

export const AGE_FORM = 'a number and m, h, d or w: "12h", "30d"';
export const SIZE_FORM = 'a number and K, M, G or T, of 1024: "500M", "2G"';

/** ms; undefined: not an age */
export function ageOf(text: string): number | undefined {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([mhdw])$/.exec(text.trim()) ?? [];
  return unit === undefined ? undefined : Number(number) * AGES[unit];
}

/** Bytes; undefined: not a size */
export function sizeOf(text: string): number | undefined {
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s?([KMGT]?)(?:i?B)?$/i.exec(text.trim()) ?? [];
  return unit === undefined ? undefined : Math.round(Number(number) * SIZES[unit.toUpperCase()]);
}
