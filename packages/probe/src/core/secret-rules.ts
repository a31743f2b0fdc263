/**
 * What a secret looks like: a rule a line. Each is asked at the beginning of every word of a text, in this order, and answers where the secret ends. No regular
 * expressions: they would change the program's `RegExp.$1`. None looks at more than a few words, unless it has found something: time grows with the length of the text.
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
const WIDE = 128;
/** All else, where a rule begins with it. */
const OTHER = 256;
const LETTER = SMALL | CAPITAL;
const ALPHANUMERIC = LETTER | DIGIT;
const TOKEN = ALPHANUMERIC | DASH | BASE64 | PLUS;
const WORD = ALPHANUMERIC | DASH | DOT | WIDE;

/** So much is looked at of what may be a name, an address or random: else long words without an end would take time that grows with their square. */
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

/** What keys of services begin with. */
const PREFIXES =
  'sk- sk_ rk_ whsec_ gho_ ghp_ ghr_ ghs_ ghu_ github_pat_ glpat- hf_ npm_ pypi- xapp- xoxa- xoxb- xoxp- xoxs- AIza AKIA ASIA SG. hvs. ya29.'.split(' '); // prettier-ignore
/** Names in the query of a URL that carry secrets, and mean other things elsewhere. */
const PARAMETERS = ' code state key sig signature ticket jwt nonce hash ';
/** What stands behind names of types and settings, and is no secret. */
const NOTHING = ' null undefined true false string number boolean ';

// Taken now: programs may replace it later.
const Bytes = Uint8Array;

/** The text that is looked at, the class of each of its characters, and where a match begins: at the word, unless the rule says otherwise. One at a time. */
let text = '';
let classes = new Bytes(1 << 12);
let begin = 0;
let isSecretName: (name: string) => boolean;

export function look(at: string, isSecret: (name: string) => boolean): void {
  text = at;
  isSecretName = isSecret;
  const { length } = text;
  if (length >= classes.length) classes = new Bytes(length * 2);
  for (let at = 0; at < length; at++) classes[at] = classOf(charCodeAt(text, at));
  classes[length] = 0;
}

function classOf(code: number): number {
  if (code > 127) return code > 0x1fff && code < 0x2070 ? 0 : WIDE;
  if (code > 96) return code < 123 ? SMALL : 0;
  if (code > 64) return code < 91 ? CAPITAL : code === 95 ? DASH : 0;
  if (code > 46) return code < 58 && code > 47 ? DIGIT : code === 47 || code === 61 ? BASE64 : 0;
  return code === 45 ? DASH : code === 46 ? DOT : code === 43 ? PLUS : 0;
}

/** Where the secret begins that `secretEnd` has seen, and which rule saw it. */
export const secretBegin = (): number => begin;
export let seenBy = '';

/** Where a secret ends that begins with this word; 0: there is none. Negative: it looks like one and is none, up to there. */
export function secretEnd(at: number): number {
  if (is(at - 1, ALPHANUMERIC | WIDE)) return 0;
  const kind = classes[at] || (text[at] === '(' || text[at] === '‹' ? OTHER : 0);
  if (kind === 0) return 0;
  for (let each = 0; each < RULES.length; each++) {
    const [rule, begins, match] = RULES[each];
    if ((begins & kind) === 0) continue;
    begin = at;
    const end = match(at);
    if (end === 0) continue;
    seenBy = rule;
    return end;
  }
  return 0;
}

type SecretRule = readonly [id: string, begins: number, match: (at: number) => number];

/** What it is called, classes that it may begin with, and what sees its end. */
const RULES: readonly SecretRule[] = [
  ['', OTHER | SMALL, (at) => -harmlessEnd(at)],
  ['private-key', DASH, privateKeyEnd],
  ['jwt', SMALL, (at) => (starts('eyJ', at) ? longToken(at, at, MIN_KEY) : 0)],
  ['key', LETTER, keyEnd],
  ['credentials', LETTER, credentialsEnd],
  ['url-credentials', BASE64, userEnd],
  ['secret', WORD, namedEnd],
  ['email', WORD, emailEnd],
  ['iban', CAPITAL, ibanEnd],
  ['card', DIGIT, cardEnd],
  ['ssn', DIGIT, (at) => (hasGroups(at, '3-2-4') && digits < '9' && digits > '001' ? numberEnd : 0)],
  ['phone', DIGIT | PLUS | OTHER, phoneEnd],
  ['random', TOKEN, randomEnd],
];
export const SECRET_RULES: readonly string[] = RULES.map(([id]) => id);

const is = (at: number, kinds: number): boolean => (classes[at] & kinds) !== 0;
/** Where characters of these classes end. */
const run = (at: number, kinds: number, most = text.length): number => {
  const last = at + most;
  while (at < last && (classes[at] & kinds) !== 0) at++;
  return at;
};
const starts = (part: string, at: number): boolean => {
  for (let next = 0; next < part.length; next++) if (text[at + next] !== part[next]) return false;
  return true;
};
/** Where the first of these characters is, or the end. */
const until = (at: number, chars: string): number => {
  while (at < text.length && indexOf(chars, text[at]) < 0) at++;
  return at;
};
/** Where the token ends of which a part is such a one that words of small letters and dashes are none: `npm_config_registry`. The dot at the end of a sentence is none of its. */
const longToken = (at: number, from: number, length: number): number => {
  const end = tokenEnd(from, MAX_WORD);
  if (run(from, SMALL | DASH, MAX_WORD) >= end) return 0;
  const last = tokenEnd(end, text.length);
  return last - at < length ? 0 : last;
};
const tokenEnd = (at: number, most: number): number => {
  let end = run(at, TOKEN | DOT, most);
  while (text[end - 1] === '.') end--;
  return end;
};
const within = (list: string, word: string): boolean => indexOf(list, ` ${lowerCase(word)} `) >= 0;

/** What stands for a secret already; and `sha512-…` of lock files and script tags: what a file is, for everybody to see. */
function harmlessEnd(at: number): number {
  if (text[at] === '‹') {
    let end = run(run(at + 1, WORD, MAX_WORD) + 1, WORD, MAX_WORD);
    // As messages have it that are alike but for numbers.
    if (text[end] === '#') end++;
    return text[end] === '›' ? end + 1 : 0;
  }
  return starts('sha', at) && is(at + 3, DIGIT) && text[run(at + 3, DIGIT)] === '-' ? run(at, TOKEN) : 0;
}

function privateKeyEnd(at: number): number {
  if (!starts('-----BEGIN ', at) || indexOf(slice(text, at, at + 50), 'PRIVATE KEY') < 0) return 0;
  const end = indexOf(text, '-----END', at);
  return end < 0 ? text.length : run(until(end + 8, '-'), DASH);
}

function keyEnd(at: number): number {
  for (let each = 0; each < PREFIXES.length; each++)
    if (starts(PREFIXES[each], at)) return longToken(at, at + PREFIXES[each].length, MIN_KEY);
  return 0;
}

/** `Bearer …` anywhere, `Basic …` where it is all of a value. */
function credentialsEnd(at: number): number {
  const isBearer = starts('earer ', at + 1);
  if (!isBearer && (!starts('asic ', at + 1) || is(at - 2, ALPHANUMERIC))) return 0;
  begin = at + (isBearer ? 7 : 6);
  return longToken(begin, begin, MIN_SECRET);
}

/** `scheme://user:password@host`. */
function userEnd(at: number): number {
  if (!starts('://', at - 1)) return 0;
  begin = at + 2;
  const end = lastIndexOf(slice(text, begin, until(begin, '/?# "\'`<>\n')), '@');
  return end > 0 && text[begin] !== '‹' ? begin + end : 0;
}

/** `password=…`, `"apiKey": "…"`, `--token …`. */
function namedEnd(at: number): number {
  const end = run(at, WORD, MAX_WORD);
  let next = end;
  while (indexOf('"\'\\', text[next] ?? ' ') >= 0) next++;
  if (text[next] === ' ') next++;
  if (text[at] !== '-' || text[end] !== ' ') {
    if (text[next] !== ':' && text[next] !== '=') return 0;
    if (indexOf('=>:/', text[++next]) >= 0) return 0;
  }
  const name = lowerCase(slice(text, at, end));
  const isParameter = indexOf('?&', text[at - 1] ?? ' ') >= 0 && within(PARAMETERS, name);
  if (!isParameter && !isSecretName(name)) return 0;
  while (text[next] === ' ' || text[next] === '\\') next++;
  const opening = text[next];
  const isQuoted = opening === '"' || opening === "'" || opening === '`';
  begin = isQuoted ? next + 1 : next;
  const isHeader = indexOf(name, 'cookie') >= 0 || indexOf(name, 'authorization') >= 0;
  let last = until(begin, isQuoted ? opening : opening === '[' ? ']' : opening === '{' ? '}' : isHeader ? '"\'\n' : ' \t\n\r,;&)]}"\'<>`|'); // prettier-ignore
  // `\"` within JSON within JSON.
  if (isQuoted && text[last - 1] === '\\') last--;
  // What stands for it already stays.
  return last <= begin || text[begin] === '‹' || (!isQuoted && within(NOTHING, slice(text, begin, last)))
    ? 0
    : last;
}

/** Not `git@host`, `icon@2x.png`, `package@1.2.3`. */
function emailEnd(at: number): number {
  const name = run(at, WORD | PLUS, MAX_WORD);
  const isEncoded = starts('%40', name);
  if ((text[name] !== '@' && !isEncoded) || starts('git@', at)) return 0;
  const host = name + (isEncoded ? 3 : 1);
  let end = run(host, WORD);
  while (is(end - 1, DOT | DASH)) end--;
  const dot = lastIndexOf(slice(text, host, end), '.');
  return dot < 1 ||
    end - host - dot < 3 ||
    (is(host, DIGIT) && text[host + 1] === 'x') ||
    run(host + dot + 1, LETTER | WIDE) < end
    ? 0
    : end;
}

/** `DE89 3704 0044 0532 0130 00`, by ISO 13616: 97 leaves 1. */
function ibanEnd(at: number): number {
  if (!is(at + 1, CAPITAL) || !is(at + 2, DIGIT)) return 0;
  let compact = '';
  let found = 0;
  for (let next = at; compact.length < 34 && (is(next, CAPITAL | DIGIT) || text[next] === ' '); next++) {
    if (text[next] === ' ') continue;
    compact += text[next];
    if (compact.length < 15 || is(next + 1, ALPHANUMERIC)) continue;
    let rest = 0;
    for (let each = 0; each < compact.length; each++) {
      const code = charCodeAt(compact, (each + 4) % compact.length);
      rest = (code > 64 ? rest * 100 + code - 55 : rest * 10 + code - 48) % 97;
    }
    if (rest === 1) found = next + 1;
  }
  return found;
}

/** Of a number: its digits, how they are grouped (`3-2-4`), and where it ends. */
let digits = '';
let groups = '';
let numberEnd = 0;

/**
 * Reads groups of digits with one blank, dash, dot or slash between them, perhaps some in parentheses. Whether it stands alone: not in the middle of an id, a path,
 * a date, a version. @param told whether it goes on after each group
 */
function readNumber(at: number, told: (next: number) => boolean = () => true): boolean {
  digits = groups = '';
  numberEnd = 0;
  for (let next = text[at] === '+' ? at + 1 : at; digits.length < 20;) {
    if (text[next] === '(') next++;
    const end = run(next, DIGIT);
    if (end === next) break;
    digits += slice(text, next, end);
    groups += end - next;
    numberEnd = end;
    next = text[end] === ')' ? end + 1 : end;
    if (!told(next)) break;
    if (text[next] === ' ' || next === end) {
      if (indexOf(' -./', text[next] ?? '_') < 0) break;
      next++;
    }
    if (is(next, DIGIT) || text[next] === '(') groups += '-';
  }
  return (
    (text[at] === '+' || text[at - 1] === '=' || !is(at - 1, DASH | DOT | BASE64 | PLUS)) &&
    !is(numberEnd, ALPHANUMERIC | DASH | WIDE)
  );
}

const hasGroups = (at: number, wanted: string): boolean => readNumber(at) && groups === wanted;

/** 13 to 19 digits, perhaps in groups, that begin as cards do and pass Luhn's test (ISO/IEC 7812-1, annex B). */
function cardEnd(at: number): number {
  let found = 0;
  readNumber(at, (next) => {
    if (!is(next, LETTER | WIDE) && isCardNumber(digits)) found = next;
    return found === 0 && (text[next] === ' ' || text[next] === '-');
  });
  return found;
}

/** `+49 30 901820` (E.164), `030/901820`, `06 12 34 56 78`, `(212) 555-0123`. */
function phoneEnd(at: number): number {
  if (!readNumber(at)) return 0;
  const { length } = digits;
  const first = indexOf(groups, '-');
  const isOne =
    text[at] === '+'
      ? length > 7 && length < 16 && digits > '1' && first + length > 8
      : digits < '1'
        ? digits > '01' && length > 9 && length < 14 && first === 1 && groups > '2' && groups < '6'
        : length < 12 && (groups === '3-3-4' || groups === '1-3-3-4') && slice(digits, -10) > '2';
  return isOne ? numberEnd : 0;
}

/** Small letters, capital letters and digits, in no order that words and names have. Digests and ids in hexadecimal digits are none. */
function randomEnd(at: number): number {
  // Within a word only where another one may begin.
  if (is(at - 1, TOKEN) && !is(at - 1, BASE64)) return 0;
  let before = 0;
  let seen = 0;
  let changes = 0;
  let length = 0;
  let end = at;
  for (; end < at + MAX_WORD && is(end, TOKEN); end++) {
    const kind = classes[end] & ALPHANUMERIC;
    if (kind === 0) continue;
    seen |= kind;
    if (kind !== before) changes++;
    // `aWord`
    if (kind === CAPITAL && before === SMALL && is(end + 1, SMALL) && is(end + 2, SMALL)) changes -= 2;
    before = kind;
    length++;
  }
  const isRandom = seen === ALPHANUMERIC && length >= MIN_RANDOM && changes >= length * MIN_CHANGES;
  return isRandom ? run(end, TOKEN) : 0;
}

export function isCardNumber(digits: string): boolean {
  const { length } = digits;
  // 4: Visa · 34, 37: American Express · 30, 36, 38: Diners · 51 – 55, 2, 6: Mastercard, Discover, UnionPay
  const lengths = digits < '3' ? '16' : digits < '4' ? (within(' 34 37 ', slice(digits, 0, 2)) ? '15' : '14') : digits < '5' ? '13 16 19' : '16'; // prettier-ignore
  if (length < 13 || digits < '2' || digits > '7' || indexOf(lengths, `${length}`) < 0) return false;
  let sum = 0;
  for (let at = 1; at <= length; at++) {
    const digit = (charCodeAt(digits, length - at) - 48) * (at % 2 === 0 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}
