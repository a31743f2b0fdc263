/** Words of verdicts. Pure. */
import type { Moment } from '../issues.ts';
import type { Trouble } from './judge.ts';

const KINDS: Record<string, string> = {
  request: 'requests',
  callback: 'callbacks',
  main: 'starts',
  import: 'imports',
};

/** Who met it how often, without a stop: `1 in 14 requests GET /checkout ran into a TypeError`. */
export function inWords(trouble: Trouble): string {
  const { name, count, uncaught, function: around, affected, message } = trouble;
  const error = message === null ? 'an unseen error' : withArticle(name);
  const uncaughtly = uncaught > 0 ? ' that nobody caught' : '';
  if (affected !== null && affected.kind === 'request') {
    const { hit, of, shape } = affected;
    if (of !== null && of > 1)
      return `${shareOf(hit, of)} ${KINDS[affected.kind]} ${shape} ran into ${error}${uncaughtly}`;
    return `${shape} ran into ${error}${uncaughtly}${hit > 1 ? ` ${hit} times` : ''}`;
  }
  const where = around ?? 'The program';
  return `${where} failed${count === 1 ? '' : ` ${count.toLocaleString('en-US')} times`} with ${error}${uncaughtly}`;
}

/** `1 in 14`, `3 in 4`, `All 12` */
function shareOf(hit: number, of: number): string {
  if (hit >= of) return `All ${of.toLocaleString('en-US')}`;
  if (hit * 2 <= of) return `1 in ${Math.round(of / hit).toLocaleString('en-US')}`;
  return `${hit.toLocaleString('en-US')} in ${of.toLocaleString('en-US')}`;
}

const withArticle = (name: string): string => `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}`;
export const times = (count: number): string => (count === 1 ? '' : `${count.toLocaleString('en-US')} × `);
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
