/** Words of verdicts. Pure. */
import { grouped } from '../../base/number-words.ts';
import type { Moment } from '../issues.ts';
import type { Trouble } from './judge.ts';

/** Who met it how often, without a stop: `1 in 14 requests GET /checkout ran into a TypeError in applyCoupon`. */
export function inWords({ name, count, uncaught, function: around, affected, message }: Trouble): string {
  const error = message === null ? 'an error' : withArticle(name);
  const uncaughtly = uncaught > 0 ? ' that nobody caught' : '';
  const where = around === null ? '' : ` in ${around}`;
  if (affected?.kind === 'request') {
    const { hit, of, shape } = affected;
    const who = of === null || of < 2 ? shape : `${shareOf(hit, of)} requests ${shape}`;
    return `${who} ran into ${error}${where}${uncaughtly}`;
  }
  return `${around ?? 'The program'} failed${count === 1 ? '' : ` ${grouped(count)} times`} with ${error}${uncaughtly}`;
}

/** `1 in 14`, `3 in 4`, `All 12` */
function shareOf(hit: number, of: number): string {
  if (hit >= of) return `All ${grouped(of)}`;
  if (hit * 2 <= of) return `1 in ${grouped(Math.round(of / hit))}`;
  return `${grouped(hit)} in ${grouped(of)}`;
}

const withArticle = (name: string): string => `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}`;
export const times = (count: number): string => (count === 1 ? '' : `${grouped(count)} × `);
/** `12.586 s`, of µs */
export const seconds = (us: number): string => `${(us / 1e6).toFixed(3)} s`;
export const short = (text: string, most: number): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
};

/** A text that leads there, if it is anywhere. */
export const asMoment = (
  text: string,
  { moment, path, line }: Trouble,
): string | { text: string; moment: Moment } => ({
  text,
  moment: moment ?? { t: null, thread: null, call: null, function: null, path, line },
});
