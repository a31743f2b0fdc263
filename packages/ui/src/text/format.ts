/** Numbers as people read them; always in the same form, so that columns can be compared. */

import { grouped as count } from '../../../intellimap/src/base/number-words.ts';

export { grouped as count, percent, plural } from '../../../intellimap/src/base/number-words.ts';

/** `987`, `12.3 k`, `18.4 M`, `2.1 G` */
export function short(value: number): string {
  const [scaled, unit] =
    value < 1e3
      ? [value, '']
      : value < 1e6
        ? [value / 1e3, ' k']
        : value < 1e9
          ? [value / 1e6, ' M']
          : [value / 1e9, ' G'];
  return unit === '' ? count(Math.round(scaled * 10) / 10) : scaled.toFixed(scaled < 100 ? 1 : 0) + unit;
}

/** `3 µs`, `12.5 ms`, `41.2 s`, `5 min 3 s` */
export function duration(us: number): string {
  if (us < 1e3) return `${Math.round(us)} µs`;
  if (us < 1e6) return `${digits(us / 1e3)} ms`;
  if (us < 60e6) return `${digits(us / 1e6)} s`;
  const seconds = Math.round(us / 1e6);
  return seconds < 3600
    ? `${Math.floor(seconds / 60)} min ${seconds % 60} s`
    : `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
}

/** A moment of the run, to the µs: `12.586 104 s` */
export function moment(us: number): string {
  const whole = Math.floor(us / 1e6);
  const rest = String(Math.floor(us % 1e6)).padStart(6, '0');
  return `${count(whole)}.${rest.slice(0, 3)} ${rest.slice(3)} s`;
}

/** Of a figure that may be either: numbers of calls are whole, times are not. `12,345`, `1.57` */
export const figure = (value: number): string =>
  Number.isInteger(value) ? count(value) : String(Number(value.toPrecision(3)));

/** How many times as much; of what was not there, without end. 0: there are no figures. */
export function growth({ before, now }: { before: number | null; now: number | null }): number {
  if (before === null || now === null) return 0;
  return before === 0 ? Infinity : now / before;
}

/** `just now`, `2 min ago`, `3 h ago`, `5 days ago`; ms since the epoch. */
export function ago(then: number, now: number): string {
  const minutes = Math.floor((now - then) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ago`;
  return `${Math.floor(minutes / 1440)} days ago`;
}

/** `src/…/coupon.ts`: the end tells most, the beginning some. */
export function middle(text: string, length: number): string {
  if (text.length <= length) return text;
  const tail = Math.ceil((length - 1) * 0.65);
  return `${text.slice(0, length - 1 - tail)}…${text.slice(text.length - tail)}`;
}

/** Path with as many of its folders as there is room for, characters: its end tells files apart. */
export function pathIn(path: string, room: number): string {
  let shown = path;
  while (shown.length > room && shown.includes('/')) shown = shown.slice(shown.indexOf('/') + 1);
  return shown;
}

const digits = (value: number): string => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
