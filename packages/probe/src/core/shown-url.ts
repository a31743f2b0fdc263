/**
 * A URL as it may be written down: `https://user:pass@host/a/b?x=1&y#z` → `https://host/a/b?x&y`. Values of a query and who logs in are left out, as are parts of the
 * path that look like a secret, or stand behind a name that says so: tokens stand in their place. No regular expressions: they would change the program's `RegExp.$1`.
 */
import { indexOf, lastIndexOf, slice } from './intrinsics.ts';
import type { Redaction } from './redact.ts';
import { isClass, NAME, until } from './secret-rules.ts';

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
  const cut = slice(url, 0, LOOKED_AT);
  const whole = slice(cut, 0, until(cut, 0, '#'));
  const host = indexOf(whole, '://') + 3;
  let from = 0;
  let shown = '';
  // Not one that stands in a path or a query.
  if (host > 2 && until(whole, 0, '/?') === host - 2) {
    from = until(whole, host, '/?');
    shown = slice(whole, 0, host) + slice(whole, lastIndexOf(slice(whole, host, from), '@') + 1 + host, from);
  }
  let lead = '';
  let before = '';
  let isQuery = false;
  while (from <= whole.length) {
    const to = until(whole, from, isQuery ? '&' : '/?');
    const part = slice(whole, from, to);
    const name = isQuery ? slice(part, 0, until(part, 0, '=')) : part;
    // What is no `name=value` is a value, unless it is a word; and so is what stands behind a name that is a secret's.
    const isValue = (isQuery ? name === part : redaction.isSecretName(before)) && !isWord(name);
    if (name !== '' || !isQuery) {
      shown += lead + (isValue ? redaction.token('secret', name, WHERE) : shownPart(name, redaction));
      lead = isQuery ? '&' : whole[to];
    }
    before = part;
    from = to + 1;
    isQuery ||= lead === '?';
  }
  return shown.length > MAX_URL ? `${slice(shown, 0, MAX_URL - 1)}…` : shown;
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
