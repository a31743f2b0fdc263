/**
 * What a secret looks like. The rules are asked at the beginning of every word of a text, in this order, and answer where the secret ends. No regular expressions: they
 * would change the program's `RegExp.$1`. Each looks at a word once, or at a few characters of it: time grows with the length of the text. A page loads all of this,
 * so that it says things in few words.
 */
import { charCodeAt, indexOf, lastIndexOf, lowerCase, slice } from './intrinsics.ts';

/** Classes of characters; a character has one. */
const DIGIT = 1;
const SMALL = 2;
const CAPITAL = 4;
/** Dashes, and what paths and base64 have. */
const DASH = 8;
const DOT = 16;
const BASE64 = 32;
const PLUS = 64;
/** Letters of other alphabets. */
export const WIDE = 128;
/** All else that is seen. */
const MARK = 256;
const WIDE_AT = 7;
const MARK_AT = 8;
const LETTER = SMALL | CAPITAL;
export const ALPHANUMERIC: number = LETTER | DIGIT;
const TOKEN = ALPHANUMERIC | DASH | BASE64 | PLUS;
const WORD = ALPHANUMERIC | DASH | DOT | WIDE;
/** What a word of a path is made of that is a name. */
export const NAME: number = LETTER | DASH | DOT;

/** Of random texts so much is looked at: else long words without an end would take time that grows with their square. */
const MAX_WORD = 64;
/** Shorter credentials, and shorter keys, are none. */
const MIN_SECRET = 8;
const MIN_KEY = 16;
/**
 * Random texts: characters, and which part of neighbours are of different classes, but for those where words are written together. Of random ones in base 62, 56 %
 * are: what entropy is for characters, this is for their order, and names have hardly any.
 */
const MIN_RANDOM = 20;
const MIN_CHANGES = 0.3;
/** Longer numbers are none that people have. */
const MAX_DIGITS = 20;
const MAX_IBAN = 34;

/** What keys of services begin with, and JSON in base64, as JWTs do. */
const PREFIXES =
  'eyJ sk- sk_ rk_ whsec_ gho_ ghp_ ghr_ ghs_ ghu_ github_pat_ glpat- hf_ npm_ pypi- xapp- xoxa- xoxb- xoxp- xoxs- AIza AKIA ASIA SG. hvs. ya29.'.split(' '); // prettier-ignore

/** What a value stands in. */
const OPENING = '[{"\'`';
const CLOSING = ']}"\'`';

/** Names of the rules. */
export const SECRET_RULES: readonly string[] = [
  'private-key', 'jwt', 'key', 'credentials', 'url-credentials', 'secret', 'email', 'iban', 'card', 'ssn', 'phone', 'random',
]; // prettier-ignore

// Taken now: programs may replace it later.
const Numbers = Uint16Array;

/** The text that is looked at, one at a time, and the class of each of its characters. */
let text = '';
let classes = new Numbers(1 << 12);
let isSecretName: (name: string) => boolean;
/** Where the run of characters of words ends that was read last. */
let last = 0;
/** Where the secret begins that was found, where it ends, and which rule saw it. */
export let begin = 0;
export let end = 0;
export let seenBy = '';

/** @param isSecret is asked with `?` in front of names in a query */
export function look(given: string, isSecret: (name: string) => boolean): void {
  text = given;
  isSecretName = isSecret;
  last = 0;
  const { length } = given;
  if (length >= classes.length) classes = new Numbers(length * 2);
  for (let at = 0; at < length; at++) classes[at] = classOf(charCodeAt(given, at));
  classes[length] = 0;
}

/** Class of each character of ASCII, as a letter: `@` is the lowest bit, `A` the next. `I` is none of the classes: blanks. */
const CLASSES =
  'IIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIHHHHHHHHHHFHCDE@@@@@@@@@@HHHEHHHBBBBBBBBBBBBBBBBBBBBBBBBBBHHHHCHAAAAAAAAAAAAAAAAAAAAAAAAAAHHHHH';
/** Shifts take the lowest five bits: `@` shifts by none. */
const classOf = (code: number): number =>
  1 << (code < 128 ? charCodeAt(CLASSES, code) : code >> 7 === 64 ? MARK_AT : WIDE_AT);

export const isClass = (char: string, kinds: number): boolean => (classOf(charCodeAt(char, 0)) & kinds) !== 0;

const is = (at: number, kinds: number): boolean => (classes[at] & kinds) !== 0;
/** Where characters of these classes end. */
const run = (at: number, kinds: number, to = text.length): number => {
  while (at < to && is(at, kinds)) at++;
  return at;
};
const starts = (part: string, at: number): boolean => {
  for (let next = 0; next < part.length; next++) if (text[at + next] !== part[next]) return false;
  return true;
};
const isOf = (chars: string, at: number): boolean => indexOf(chars, text[at] ?? 'none') >= 0;
/** Where the first of these characters is, or the end. */
export const until = (given: string, at: number, chars: string): number => {
  while (at < given.length && indexOf(chars, given[at]) < 0) at++;
  return at;
};
const sees = (rule: string, from: number, to: number): number => {
  begin = from;
  seenBy = rule;
  return to;
};

/** Finds the next secret that begins from `at` on and before `limit`. */
export function findSecret(at: number, limit: number): boolean {
  for (; at < limit && at < text.length; at = run(at, ALPHANUMERIC | WIDE) + 1) {
    if (!is(at, TOKEN | WORD) || is(at - 1, ALPHANUMERIC | WIDE)) continue;
    end = secretEnd(at);
    if (end > 0) return true;
    // None begins before.
    if (end < 0) at = -end - 1;
  }
  return false;
}

function secretEnd(at: number): number {
  const kind = classes[at];
  const found = kind === DASH ? privateKeyEnd(at) : kind === BASE64 ? userEnd(at) : 0;
  if (found > 0) return found;
  if (at >= last && is(at, WORD)) {
    let seen = 0;
    for (last = at; is(last, WORD); last++) seen |= classes[last];
    // Most words are followed by nothing that makes them more.
    const isMarked = kind === DASH || is(text[last] === ' ' ? last + 1 : last, MARK | BASE64 | PLUS);
    const named = credentialsEnd(at) || (isMarked && (namedEnd(at) || emailEnd(at))) || 0;
    // Of short words without digits nothing else is one.
    if (named > 0 || (last - at < MIN_KEY && !is(last, PLUS | BASE64) && (seen & DIGIT) === 0))
      return named || -last;
  }
  const isLong = run(at, TOKEN | DOT, at + MIN_KEY) === at + MIN_KEY;
  return (
    (isLong && keyEnd(at)) ||
    (is(at, CAPITAL) && ibanEnd(at)) ||
    (is(at, DIGIT) && numberEnd(at)) ||
    (isLong && randomEnd(at)) ||
    0
  );
}

function privateKeyEnd(at: number): number {
  if (!starts('-----BEGIN ', at) || indexOf(slice(text, at, at + 50), 'PRIVATE KEY') < 0) return 0;
  const to = indexOf(text, '-----END', at);
  return sees('private-key', at, to < 0 ? text.length : run(until(text, to + 8, '-'), DASH));
}

/** A token of which a part is such a one that words of small letters and dashes are none: `npm_config_registry`. The dot at the end of a sentence is none of its. */
function longToken(rule: string, from: number, at: number, length: number): number {
  let to = run(at, SMALL | DASH, at + MAX_WORD);
  if (!is(text[to] === '.' ? to + 1 : to, TOKEN)) return 0;
  to = run(to, TOKEN | DOT);
  while (text[to - 1] === '.') to--;
  return to - from < length ? 0 : sees(rule, from, to);
}

function keyEnd(at: number): number {
  for (let each = 0; each < PREFIXES.length; each++)
    if (starts(PREFIXES[each], at))
      return longToken(each > 0 ? 'key' : 'jwt', at, at + PREFIXES[each].length, MIN_KEY);
  return 0;
}

/** `Bearer …` anywhere, `Basic …` where it is all of a value. */
function credentialsEnd(at: number): number {
  return starts('earer ', at + 1) || (starts('asic ', at + 1) && !is(at - 2, ALPHANUMERIC))
    ? longToken('credentials', last + 1, last + 1, MIN_SECRET)
    : 0;
}

/** `scheme://user:password@host`. */
function userEnd(at: number): number {
  if (!starts('://', at - 1)) return 0;
  const from = at + 2;
  const length = lastIndexOf(slice(text, from, until(text, from, '/?# "\'`<>\n')), '@');
  return length > 0 && text[from] !== '‹' ? sees('url-credentials', from, from + length) : 0;
}

/** `password=…`, `"apiKey": "…"`, `--token …`. */
function namedEnd(at: number): number {
  let from = last;
  // One that is not followed by anything like it is the most frequent: this comes first.
  while (text[from] === '"' || text[from] === "'" || text[from] === '\\') from++;
  if (text[from] === ' ') from++;
  if (
    (text[at] !== '-' || text[last] !== ' ') &&
    ((text[from] !== ':' && text[from] !== '=') || isOf('=>:/', ++from))
  )
    return 0;
  // What stands for one already stays, also where numbers became `#`: `‹secret:#`.
  if (text[at - 1] === '‹' && text[last] === ':') return 0;
  const name = slice(text, at > last - MAX_WORD ? at : last - MAX_WORD, last);
  if (!isSecretName(isOf('?&', at - 1) ? `?${name}` : name)) return 0;
  while (isOf(' \\', from)) from++;
  const kind = indexOf(OPENING, text[from] ?? '_');
  const isQuoted = kind > 1;
  if (isQuoted) from++;
  const small = lowerCase(name);
  const isHeader = indexOf(small, 'cookie') >= 0 || indexOf(small, 'authorization') >= 0;
  let to = until(text, from, kind >= 0 ? CLOSING[kind] : isHeader ? '"\'\n' : ' \t\n\r,;&)]}"\'<>`|');
  // `\"` within JSON within JSON.
  if (isQuoted && text[to - 1] === '\\') to--;
  // And so do names of types and settings.
  const isNone = to <= from || text[from] === '‹' ||
    (kind < 0 && indexOf(' null undefined true false string number boolean ', ` ${lowerCase(slice(text, from, to))} `) >= 0); // prettier-ignore
  return isNone ? 0 : sees('secret', from, to);
}

/** Not `git@host`, `icon@2x.png`, `package@1.2.3`. */
function emailEnd(at: number): number {
  const name = is(at - 1, PLUS) ? at : run(last, WORD | PLUS);
  const host = text[name] === '@' ? name + 1 : starts('%40', name) ? name + 3 : 0;
  if (host === 0 || starts('git@', at)) return 0;
  let to = run(host, WORD);
  while (is(to - 1, DOT | DASH)) to--;
  const dot = host + lastIndexOf(slice(text, host, to), '.');
  return dot > host && to - dot > 2 && !(is(host, DIGIT) && text[host + 1] === 'x') && run(dot + 1, LETTER | WIDE) >= to
    ? sees('email', at, to)
    : 0; // prettier-ignore
}

/** `DE89 3704 0044 0532 0130 00`, by ISO 13616: with its first four characters at its end, 97 leaves 1. */
function ibanEnd(from: number): number {
  if (!is(from + 1, CAPITAL) || !is(from + 2, DIGIT)) return 0;
  let at = from;
  let head = 0;
  let rest = 0;
  let found = 0;
  for (let count = 0; count < MAX_IBAN; at++) {
    if (text[at] === ' ') continue;
    if (!is(at, CAPITAL | DIGIT)) break;
    const code = charCodeAt(text, at);
    rest = (code > 64 ? rest * 100 + code - 55 : rest * 10 + code - 48) % 97;
    if (++count === 4) {
      head = rest;
      rest = 0;
    }
    if (count > 14 && (rest * 1e6 + head) % 97 === 1 && !is(at + 1, ALPHANUMERIC)) found = at + 1;
  }
  return sees('iban', from, found);
}

/**
 * Groups of digits with one blank, dash, dot or slash between them, perhaps some in parentheses: cards, social security numbers, phones. The last two stand alone: not in
 * the middle of an id, a path, a date, a version.
 */
function numberEnd(at: number): number {
  let digits = '';
  // Lengths of the groups: `3-2-4`.
  let groups = '';
  let to = at;
  for (let next = at; digits.length < MAX_DIGITS;) {
    if (text[next] === '(') next++;
    const from = next;
    next = run(from, DIGIT);
    if (next === from) break;
    to = next;
    digits += slice(text, from, to);
    groups += `${groups && '-'}${to - from}`;
    if (digits.length > 12 && !is(to, LETTER | WIDE) && isCardNumber(digits)) return sees('card', at, to);
    if (text[next] === ')') next++;
    if (isOf(' -./', next)) next++;
    else if (next === to) break;
  }
  if (is(to, ALPHANUMERIC | DASH | WIDE) || (is(at - 1, DASH | DOT | BASE64 | PLUS) && !isOf('+=', at - 1)))
    return 0;
  if (text[at - 1] === '(') at--;
  const isPlus = text[at - 1] === '+';
  if (isPlus) at--;
  const { length } = digits;
  if (groups === '3-2-4' && digits < '9' && digits > '001') return sees('ssn', at, to);
  // `+49 30 901820` (E.164), `030/901820`, `06 12 34 56 78`, `(212) 555-0123`
  const isPhone = isPlus
    ? length + indexOf(groups, '-') > 8
    : digits < '1'
      ? digits > '01' && length > 9 && length < 14 && groups > '2' && groups < '6'
      : length < 12 && slice(groups, -5) === '3-3-4' && slice(digits, -10) > '2';
  return isPhone ? sees('phone', at, to) : 0;
}

/** Letters of both cases and digits, in an order that no words and names have. Digests and ids in hexadecimal digits are none. */
function randomEnd(at: number): number {
  // Within a word only where another one may begin.
  let to = is(at - 1, TOKEN & ~BASE64) ? 0 : randomTo(at, at + MAX_WORD);
  if (to === 0) return 0;
  to = run(to, TOKEN);
  // `sha512-…` of lock files and script tags: what a file is, for everybody to see.
  if (starts('sha', at) && is(at + 3, DIGIT)) return -to;
  // Of the path of a file each name is looked at by itself: `assets/index-D3e0c4dp.js` is none.
  if (!is(to, DOT) || !is(to + 1, SMALL) || is(run(to + 1, SMALL), TOKEN)) return sees('random', at, to);
  for (let next; at < to; at = next + 1) {
    next = until(text, at, '/.');
    if (randomTo(at, next) > 0) return sees('random', at, next);
  }
  return 0;
}

/** Where what seems random ends, of what begins here, before `limit`; 0: nothing does. */
function randomTo(at: number, limit: number): number {
  let before = 0;
  let seen = 0;
  let changes = 0;
  let length = 0;
  let to = at;
  for (; to < limit && is(to, TOKEN); to++) {
    const kind = classes[to] & ALPHANUMERIC;
    if (kind === 0) continue;
    seen |= kind;
    if (kind !== before) changes++;
    // `aWord`
    if (kind === CAPITAL && before === SMALL && is(to + 1, SMALL) && is(to + 2, SMALL)) changes -= 2;
    before = kind;
    length++;
  }
  return seen !== ALPHANUMERIC || length < MIN_RANDOM || changes < length * MIN_CHANGES ? 0 : to;
}

/** 13 to 19 digits that begin as cards do and pass Luhn's test (ISO/IEC 7812-1, annex B). */
export function isCardNumber(digits: string): boolean {
  const { length } = digits;
  // First digit and length. 4: Visa · 3: American Express, Diners · 2, 5, 6: Mastercard, Discover, UnionPay
  if (indexOf(' 216 314 315 413 416 419 516 616', ` ${digits[0]}${length}`) < 0) return false;
  let sum = 0;
  for (let at = 1; at <= length; at++) {
    const digit = (charCodeAt(digits, length - at) - 48) << ((at + 1) & 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}
