/**
 * A URL as it may be written down: `https://user:pass@host/a/b?x=1&y#z` → `https://host/a/b?x&y`. Values of a query and who logs in are left out, as are parts of the
 * path that look like a secret, or stand behind a name that says so: tokens stand in their place. No regular expressions: they would change the program's `RegExp.$1`.
 */
import { indexOf, lastIndexOf, slice } from './intrinsics.ts';
import type { Redaction } from './redact.ts';
import { isClass, NAME } from './secret-rules.ts';

/** Longer ones are cut. */
export const MAX_URL = 300;
/** So much of one is looked at, in characters. */
const LOOKED_AT = 2048;
// Taken now: programs may replace it later.
const decode = decodeURIComponent;

/** For the counts. */
const WHERE = 'url';
/** Longer ones are no names. */
const MAX_WORD = 23;

export function shownUrl(url: string, redaction: Redaction): string {
  const whole = until(slice(url, 0, LOOKED_AT), 0, '#');
  const host = indexOf(whole, '://') + 3;
  let from = 0;
  let shown = '';
  // Not one that stands in a path or a query.
  if (host > 2 && until(whole, 0, '/?').length === host - 2) {
    const origin = until(whole, host, '/?');
    from = host + origin.length;
    shown = slice(whole, 0, host) + slice(origin, lastIndexOf(origin, '@') + 1);
  }
  let lead = '';
  let before = '';
  let isQuery = false;
  while (from <= whole.length) {
    const part = until(whole, from, isQuery ? '&' : '/?');
    const name = isQuery ? until(part, 0, '=') : part;
    // What is no `name=value` is a value, unless it is a word; and so is what stands behind a name that is a secret's.
    const isValue = (isQuery ? name === part : redaction.isSecretName(before)) && !isWord(name);
    if (name !== '' || !isQuery) {
      shown += lead + (isValue ? redaction.token('secret', name, WHERE) : shownPart(name, redaction));
      lead = isQuery ? '&' : whole[from + part.length];
    }
    before = part;
    from += part.length + 1;
    isQuery ||= lead === '?';
  }
  return shown.length > MAX_URL ? `${slice(shown, 0, MAX_URL - 1)}…` : shown;
}

/** The part from there on before one of these characters, or all. */
function until(text: string, from: number, marks: string): string {
  let to = from;
  while (to < text.length && indexOf(marks, text[to]) < 0) to++;
  return slice(text, from, to);
}

/** `%2B49…` → `+49…` */
function shownPart(text: string, { shown }: Redaction): string {
  let plain = text;
  try {
    plain = decode(text);
  } catch {
    // It stays as it is.
  }
  const part = shown(plain, WHERE);
  return part !== plain || plain === text ? part : shown(text, WHERE);
}

/** Letters, and what stands between them: a name, not a value. */
function isWord(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (!isClass(text[at], NAME)) return false;
  return text.length <= MAX_WORD;
}
