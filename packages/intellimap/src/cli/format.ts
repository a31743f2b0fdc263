/** Numbers and names as people read them. Pure. */
import { printable } from './terminal.ts';

/** `1,234,567` */
export const grouped = (count: number): string => String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');

/** `3 files`, `1 file`, `0 files` */
export const counted = (count: number, word: string): string =>
  `${grouped(count)} ${word}${count === 1 ? '' : 's'}`;

/** Three digits at most, in the unit that fits: `850 ns`, `12.3 µs`, `4.56 ms`, `1.20 s`, `2 min 05 s`. */
export function time(ms: number): string {
  if (ms >= 119_500)
    return `${Math.floor(ms / 60_000)} min ${String(Math.round((ms % 60_000) / 1000)).padStart(2, '0')} s`;
  const [value, unit] =
    ms >= 1000
      ? [ms / 1000, 's']
      : ms >= 1 || ms <= 0
        ? [ms, 'ms']
        : ms >= 1e-3
          ? [ms * 1e3, 'µs']
          : [ms * 1e6, 'ns'];
  return `${value >= 100 || value === 0 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)} ${unit}`;
}

/** `512 B`, `12.3 MiB` */
export function size(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const step = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const value = bytes / 2 ** (10 * step);
  return `${step === 0 || value >= 100 ? value.toFixed(0) : value.toFixed(1)} ${units[step]}`;
}

/** One line of text from a program, shortened to `width` characters. */
export function oneLine(text: string, width: number): string {
  const line = printable(text.split('\n', 1)[0]);
  const more = line.length > width || text.includes('\n');
  return more ? `${line.slice(0, Math.max(0, width - 1))}…` : line;
}

/** The end of a text is kept: it is what tells places apart, `…/services/pricing.ts:12`. */
export function tail(text: string, width: number): string {
  const line = printable(text);
  return line.length <= width ? line : `…${line.slice(line.length - width + 1)}`;
}

/** Both ends are kept: of ids and paths, they tell most. */
export function middle(text: string, width: number): string {
  if (text.length <= width) return text;
  const front = Math.ceil((width - 1) / 2);
  return `${text.slice(0, front)}…${text.slice(text.length - (width - 1 - front))}`;
}

/** `3.4 %`, `0.012 %`; what is too little to be told apart from nothing is 0. */
export const percentage = (value: number): string =>
  `${Math.abs(value) < 0.0005 ? '0' : Math.abs(value) >= 10 ? value.toFixed(0) : Number(value.toPrecision(2))} %`;
