/** Where a ruler has its marks, and what is written at them. Pure. */

export interface Tick {
  /** µs */
  at: number;
  label: string;
}

/** Least distance of two marks, px: room for `12.586 104 s` and some air. */
const LEAST_GAP = 112;

/** Marks of a stretch of time that is drawn so many px wide: at 1, 2 or 5 times a power of ten. */
export function ticksOf(from: number, to: number, px: number): Tick[] {
  if (!(to > from) || px <= 0) return [];
  const step = niceStep(((to - from) * LEAST_GAP) / px);
  const ticks: Tick[] = [];
  for (let n = Math.ceil(from / step); n * step <= to; n++)
    ticks.push({ at: n * step, label: labelOf(n * step, step) });
  return ticks;
}

/** The least 1, 2 or 5 times a power of ten (in µs, at least 1) that is not below `least`. */
export function niceStep(least: number): number {
  if (least <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((n) => n * power).find((step) => step >= least * (1 - 1e-9))!;
}

/** Seconds with as many digits as tell two marks apart, in groups of three: `12.5 s`, `12.586 104 s`. */
function labelOf(at: number, step: number): string {
  const digits = Math.max(0, Math.min(6, 6 - Math.floor(Math.log10(step) + 1e-9)));
  const [whole, rest = ''] = (at / 1e6).toFixed(digits).split('.');
  const grouped = rest.length > 3 ? `${rest.slice(0, 3)} ${rest.slice(3)}` : rest;
  return `${Number(whole).toLocaleString('en-US')}${grouped === '' ? '' : `.${grouped}`} s`;
}
