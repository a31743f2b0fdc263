/**
 * A URL as it may be written down: `https://user:pass@host/a/b?x=1&y#z` → `https://host/a/b?x&y`. Values of a query and who logs in are left out, as are parts of the
 * path that look like a secret, or stand behind a name that says so: tokens stand in their place. No regular expressions: they would change the program's `RegExp.$1`.
 */
import { charCodeAt, indexOf, lastIndexOf, slice } from './intrinsics.ts';
import type { Redaction } from './redact.ts';

/** Longer ones are cut. */
export const MAX_URL = 300;
/** So much of one is looked at, in characters. */
const LOOKED_AT = 2048;
// Taken now: programs may replace it later.
const decode = decodeURIComponent;

/** For the counts. */
const WHERE = 'url';
/** Texts of small letters, capital letters and digits are random from this length on. */
const MIN_RANDOM = 24;

export function shownUrl(url: string, redaction: Redaction): string {
  const whole = until(slice(url, 0, LOOKED_AT), '#');
  const path = until(whole, '?');
  const from = endOfAuthority(path);
  let shown = withoutUser(slice(path, 0, from)) + shownPath(slice(path, from), redaction);
  if (path.length < whole.length) shown += `?${shownQuery(slice(whole, path.length + 1), redaction)}`;
  return shown.length > MAX_URL ? `${slice(shown, 0, MAX_URL - 1)}…` : shown;
}

/** The part before a character, or all. */
function until(text: string, char: string): string {
  const at = indexOf(text, char);
  return at < 0 ? text : slice(text, 0, at);
}

/** Where the path begins. */
function endOfAuthority(text: string): number {
  const at = indexOf(text, '://');
  if (at < 0) return 0;
  const end = indexOf(text, '/', at + 3);
  return end < 0 ? text.length : end;
}

function withoutUser(origin: string): string {
  const at = lastIndexOf(origin, '@');
  if (at < 0) return origin;
  return slice(origin, 0, indexOf(origin, '://') + 3) + slice(origin, at + 1);
}

function shownPath(path: string, redaction: Redaction): string {
  let shown = '';
  let before = '';
  for (let from = 0; from < path.length;) {
    const slash = indexOf(path, '/', from + 1);
    const end = slash < 0 ? path.length : slash;
    const lead = path[from] === '/' ? '/' : '';
    const segment = slice(path, from + lead.length, end);
    const follows = before !== '' && redaction.isSecretName(before) && !isWord(segment);
    shown += lead + (follows ? redaction.token('secret', segment, WHERE) : shownPart(segment, redaction));
    before = segment;
    from = end;
  }
  return shown;
}

/** Names only. What is no `name=value` is a value, unless it is a word. */
function shownQuery(query: string, redaction: Redaction): string {
  let shown = '';
  for (let from = 0; from < query.length;) {
    const and = indexOf(query, '&', from);
    const end = and < 0 ? query.length : and;
    const pair = slice(query, from, end);
    const name = until(pair, '=');
    const isValue = name.length === pair.length && !isWord(name) && name !== '';
    shown += shown === '' ? '' : '&';
    shown += isValue ? redaction.token('secret', name, WHERE) : shownPart(name, redaction);
    from = end + 1;
  }
  return shown;
}

/** `%2B49…` → `+49…` */
function decoded(text: string): string {
  try {
    return decode(text);
  } catch {
    return text;
  }
}

function shownPart(text: string, redaction: Redaction): string {
  if (indexOf(text, '%') >= 0) {
    const plain = decoded(text);
    const shownPlain = redaction.shown(plain, WHERE);
    if (shownPlain !== plain) return shownPlain;
  }
  const shown = redaction.shown(text, WHERE);
  return shown === text && isRandom(text) ? redaction.token('random', text, WHERE) : shown;
}

function isRandom(text: string): boolean {
  if (text.length < MIN_RANDOM || text[0] === '‹') return false;
  let kinds = 0;
  for (let at = 0; at < text.length; at++) {
    const code = charCodeAt(text, at);
    kinds |= isSmall(code) ? 1 : isCapital(code) ? 2 : isDigit(code) ? 4 : 0;
  }
  return kinds === 7;
}

/** Letters, and what stands between them: a name, not a value. */
function isWord(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = charCodeAt(text, at);
    if (!isSmall(code) && !isCapital(code) && text[at] !== '-' && text[at] !== '_' && text[at] !== '.')
      return false;
  }
  return text.length < MIN_RANDOM;
}

const isSmall = (code: number): boolean => code >= 97 && code <= 122;
const isCapital = (code: number): boolean => code >= 65 && code <= 90;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
