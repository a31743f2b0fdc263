/**
 * What is never written down: values under a name that says secret, and texts that look like one. Errs on the safe side: a parser's
 * `token` is taken for a secret, too. No regular expressions: they would change the program's `RegExp.$1`.
 */
import { charCodeAt, indexOf, lowerCase, slice } from './intrinsics.ts';

/** A name with one of these in it, whatever its case and separators. */
const PARTS = [
  'password', 'passwd', 'passphrase', 'passcode', 'pwd', 'secret', 'token', 'apikey', 'accesskey', 'privatekey', 'authorization', 'bearer',
  'cookie', 'credential', 'sessionid', 'creditcard', 'cardnumber', 'connectionstring',
]; // prettier-ignore
/** Names that are just this. */
const WHOLE = ['pass', 'pw', 'pin', 'ssn', 'cvv', 'cvc', 'otp', 'auth', 'sid', 'iban'];

/** The same within a text, followed by `=` or `:`. */
const NAMED = [
  'password', 'passwd', 'secret', 'token', 'api_key', 'api-key', 'apikey', 'access_key', 'accesskey', 'private_key', 'authorization', 'cookie',
]; // prettier-ignore
/** Keys of services begin so. */
const PREFIXES = ['sk-', 'sk_', 'rk_', 'ghp_', 'gho_', 'ghs_', 'github_pat_', 'glpat-', 'npm_', 'xoxb-', 'xoxp-', 'xoxa-', 'AKIA', 'ASIA', 'AIza']; // prettier-ignore

/** So much of a text is looked at; less is shown of it. In characters. */
const LOOKED_AT = 2048;
/** Shorter texts are no secret by their shape. */
const MIN_SECRET = 8;
const MIN_KEY = 16;
const MAX_NAME = 200;
/** Answers that are remembered. */
const MAX_KNOWN = 4096;

export interface Redaction {
  /** May a value of this name be shown? */
  isSecretName: (name: string) => boolean;
  /** What the text looks like; undefined: nothing secret. */
  shapeOf: (text: string) => string | undefined;
}

/** @param more names beside the usual, parts of names as these */
export function createRedaction(more: readonly string[] = []): Redaction {
  const parts = [...PARTS, ...more.map(plainName).filter((name) => name !== '')];
  let known = Object.create(null) as Record<string, boolean | undefined>;
  let count = 0;
  return {
    isSecretName(name) {
      const answer = known[name];
      if (answer !== undefined) return answer;
      if (++count > MAX_KNOWN) {
        known = Object.create(null) as Record<string, boolean | undefined>;
        count = 1;
      }
      return (known[name] = isSecretPath(slice(name, 0, MAX_NAME), parts));
    },
    shapeOf,
  };
}

/** Is a name of the path secret: `login.pass`? */
function isSecretPath(path: string, parts: readonly string[]): boolean {
  const dot = indexOf(path, '.');
  if (dot < 0) return isSecret(plainName(path), parts);
  return isSecret(plainName(slice(path, 0, dot)), parts) || isSecretPath(slice(path, dot + 1), parts);
}

/** Letters and digits, small. */
function plainName(name: string): string {
  const small = lowerCase(name);
  let plain = '';
  for (let at = 0; at < small.length; at++) if (isAlphanumeric(charCodeAt(small, at))) plain += small[at];
  return plain;
}

function isSecret(name: string, parts: readonly string[]): boolean {
  for (let at = 0; at < WHOLE.length; at++) if (name === WHOLE[at]) return true;
  for (let each = 0; each < parts.length; each++) {
    const at = indexOf(name, parts[each]);
    // Tokenizers make other tokens.
    if (at >= 0 && slice(name, at, at + 7) !== 'tokeniz') return true;
  }
  return false;
}

function shapeOf(text: string): string | undefined {
  if (text.length < MIN_SECRET) return undefined;
  const head = text.length > LOOKED_AT ? slice(text, 0, LOOKED_AT) : text;
  if (indexOf(head, 'PRIVATE KEY-----') >= 0) return 'private key';
  if (hasWebToken(head)) return 'web token';
  if (hasKey(head)) return 'key';
  const hasNames = indexOf(head, ':') >= 0 || indexOf(head, '=') >= 0;
  const hasSpaces = indexOf(head, ' ') >= 0;
  if (hasNames || hasSpaces) {
    const small = lowerCase(head);
    if (hasSpaces && hasCredentials(small)) return 'credentials';
    if (hasNames && hasNamedSecret(small)) return 'named secret';
    if (hasPasswordInUrl(head)) return 'credentials';
  }
  return hasCardNumber(head) ? 'card number' : undefined;
}

/** `eyJ…` is base64url of `{"…`, and a dot follows. */
function hasWebToken(text: string): boolean {
  for (let at = indexOf(text, 'eyJ'); at >= 0; at = indexOf(text, 'eyJ', at + 1)) {
    const end = endOfToken(text, at);
    if (end - at >= MIN_KEY && (text[end] === '.' || end === text.length)) return true;
  }
  return false;
}

function hasKey(text: string): boolean {
  for (let each = 0; each < PREFIXES.length; each++) {
    const prefix = PREFIXES[each];
    for (let at = indexOf(text, prefix); at >= 0; at = indexOf(text, prefix, at + 1)) {
      const isStart = at === 0 || !isTokenCode(charCodeAt(text, at - 1));
      if (isStart && endOfToken(text, at) - at >= MIN_KEY) return true;
    }
  }
  return false;
}

/** `bearer …` anywhere, `basic …` where it is all of a header's value; of a text in small letters. */
function hasCredentials(text: string): boolean {
  for (let at = indexOf(text, 'bearer '); at >= 0; at = indexOf(text, 'bearer ', at + 1))
    if (endOfDotted(text, at + 7) - at - 7 >= MIN_SECRET) return true;
  const basic = indexOf(text, 'basic ');
  return basic >= 0 && endOfToken(text, basic + 6) - basic - 6 >= MIN_SECRET && isValueAt(text, basic);
}

const isValueAt = (text: string, at: number): boolean =>
  at === 0 || text[at - 1] === ':' || text[at - 2] === ':' || text[at - 1] === '"';

/** `password=…`, `"apiKey": "…"`; of a text in small letters. */
function hasNamedSecret(text: string): boolean {
  for (let each = 0; each < NAMED.length; each++) {
    const name = NAMED[each];
    for (let at = indexOf(text, name); at >= 0; at = indexOf(text, name, at + 1))
      if (isAssigned(text, at + name.length)) return true;
  }
  return false;
}

function isAssigned(text: string, from: number): boolean {
  let at = from;
  while (isTokenCode(code(text, at)) && at < from + 20 && text[at] !== '=') at++;
  while (text[at] === '"' || text[at] === "'" || text[at] === '\\' || text[at] === ' ') at++;
  if (text[at] !== ':' && text[at] !== '=') return false;
  at++;
  while (text[at] === ' ' || text[at] === '"' || text[at] === "'" || text[at] === '\\') at++;
  return at < text.length && text[at] !== ',' && text[at] !== '}' && text[at] !== '&';
}

/** `scheme://user:password@host`. */
function hasPasswordInUrl(text: string): boolean {
  for (let at = indexOf(text, '://'); at >= 0; at = indexOf(text, '://', at + 1)) {
    let hasColon = false;
    for (let next = at + 3; next < text.length; next++) {
      const char = text[next];
      if (char === '@' && hasColon) return true;
      if (char === ':') hasColon = true;
      if (char === '/' || char === ' ' || char === '"' || char === '?') break;
    }
  }
  return false;
}

/** 13 to 19 digits, perhaps in groups, that begin as cards do and pass Luhn's test (ISO/IEC 7812-1, annex B). */
function hasCardNumber(text: string): boolean {
  let digits = '';
  for (let at = 0; at <= text.length; at++) {
    const char = code(text, at);
    if (isDigit(char)) digits += text[at];
    else if ((char === 32 || char === 45) && digits !== '' && isDigit(code(text, at + 1))) continue;
    else {
      if (!isLetter(char) && isCardNumber(digits)) return true;
      digits = '';
      // A number within a word is none.
      while (isLetter(code(text, at)) || (isDigit(code(text, at)) && isLetter(code(text, at - 1)))) at++;
    }
  }
  return false;
}

export function isCardNumber(digits: string): boolean {
  const { length } = digits;
  if (length < 13 || length > 19 || !beginsAsCard(digits, length)) return false;
  let sum = 0;
  for (let at = 0; at < length; at++) {
    const digit = charCodeAt(digits, length - 1 - at) - 48;
    const doubled = at % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

function beginsAsCard(digits: string, length: number): boolean {
  const first = digits[0];
  const second = digits[1];
  if (first === '4') return length === 13 || length === 16 || length === 19;
  if (length === 15) return first === '3' && (second === '4' || second === '7');
  if (length === 14) return first === '3' && (second === '0' || second === '6' || second === '8');
  if (length !== 16) return false;
  return (first === '5' && second >= '1' && second <= '5') || first === '2' || first === '6';
}

/** Tokens may have parts. */
function endOfDotted(text: string, from: number): number {
  let end = endOfToken(text, from);
  while (end > from && text[end] === '.') end = endOfToken(text, end + 1);
  return end;
}

function endOfToken(text: string, from: number): number {
  let at = from;
  while (at < text.length && isTokenCode(charCodeAt(text, at))) at++;
  return at;
}

/** NaN beyond the end. */
const code = (text: string, at: number): number => charCodeAt(text, at);
const isDigit = (char: number): boolean => char >= 48 && char <= 57;
const isLetter = (char: number): boolean => (char >= 97 && char <= 122) || (char >= 65 && char <= 90);
const isAlphanumeric = (char: number): boolean => isDigit(char) || isLetter(char) || char > 127;
/** Of base64, base64url and the like: letters, digits, `+ / = _ -`. */
const isTokenCode = (char: number): boolean =>
  isDigit(char) || isLetter(char) || char === 43 || char === 47 || char === 61 || char === 95 || char === 45;
