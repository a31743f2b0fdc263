/**
 * What is never written down: values under a name that says secret, and parts of texts that look like one. A token stands in their place, the same for the same
 * secret: `‹email:7f3a91c2-16›`. Errs on the safe side: a parser's `token` is taken for a secret, too.
 */
import { halfSipHash } from './half-sip-hash.ts';
import { charCodeAt, digitsOf, indexOf, lowerCase, slice } from './intrinsics.ts';
import { look, secretBegin, secretEnd, seenBy } from './secret-rules.ts';

/** A name with one of these in it, whatever its case and separators. */
const PARTS = [
  'password', 'passwd', 'passphrase', 'passcode', 'pwd', 'secret', 'token', 'apikey', 'accesskey', 'privatekey', 'authorization', 'bearer',
  'cookie', 'credential', 'sessionid', 'creditcard', 'cardnumber', 'connectionstring',
]; // prettier-ignore
/** Names that are just this. */
const WHOLE = ['pass', 'pw', 'pin', 'ssn', 'cvv', 'cvc', 'otp', 'auth', 'sid', 'iban'];

/** So much of a text is shown unless somebody says otherwise, in characters. */
const MAX_SHOWN = 2048;
/** What is looked at behind the end of what is shown: a secret that is cut in two is none that can be told. */
const EDGE = 512;
/** Shorter texts are no secret by their shape. */
const MIN_SECRET = 6;
const MAX_NAME = 200;
/** Answers that are remembered. */
const MAX_KNOWN = 4096;

/** How often each rule was right, by where: `counts.email.error`. */
export type RedactionCounts = Record<string, Record<string, number>>;

export interface Redaction {
  /** May a value of this name be shown? */
  isSecretName: (name: string) => boolean;
  /** The text with tokens in place of what is secret; what is beyond `max` characters of it is left out. @param where for the counts */
  shown: (text: string, where: string, max?: number) => string;
  /** What stands for a value that is all secret. */
  token: (rule: string, text: string, where: string) => string;
  /** The rule that was right last in the last text; '': nothing was secret. */
  rule: string;
  /** So far. */
  readonly counts: RedactionCounts;
  /** Grows with each redaction. */
  total: number;
}

export interface RedactionSettings {
  /** Names beside the usual, parts of names as these. */
  names?: readonly string[] | undefined;
  /** 16 hex digits: tokens of the same key can be compared. Without it they say what there was, not whether it was the same. */
  key?: string | undefined;
  /** What is secret whatever it looks like is found by this: the text with tokens for it. */
  known?: ((text: string, token: (text: string) => string) => string) | undefined;
}

export function createRedaction({ names = [], key, known: ofKnown }: RedactionSettings = {}): Redaction {
  const parts = [...PARTS, ...names.map(plainName).filter((name) => name !== '')];
  const low = key === undefined ? 0 : parseInt(slice(key, 0, 8), 16) | 0;
  const high = key === undefined ? 0 : parseInt(slice(key, 8, 16), 16) | 0;
  const isSecretName = remembered((name) => isSecretPath(slice(name, 0, MAX_NAME), parts));

  const token = (rule: string, text: string, where: string): string => {
    const of = (redaction.counts[rule] ??= empty());
    of[where] = (of[where] ?? 0) + 1;
    redaction.total++;
    redaction.rule = rule;
    const hash = key === undefined ? '' : `${slice(digitsOf(halfSipHash(text, low, high) + TWO_32, 16), 1)}-`;
    let length = 4;
    while (length < text.length) length *= 2;
    return `‹${rule}:${hash}${length}›`;
  };

  const redaction: Redaction = {
    isSecretName,
    token,
    counts: empty(),
    total: 0,
    rule: '',
    shown(given, where, max = MAX_SHOWN) {
      redaction.rule = '';
      const { length } = given;
      if (length < MIN_SECRET) return given;
      let text = length > max + EDGE ? slice(given, 0, max + EDGE) : given;
      if (ofKnown !== undefined) text = ofKnown(text, (secret) => token('environment', secret, where));
      look(text, isSecretName);
      let shown = '';
      let copied = 0;
      const end = text.length < max ? text.length : max;
      for (let at = 0; at < end; at++) {
        const to = secretEnd(at);
        if (to === 0) continue;
        if (to > 0) {
          const from = secretBegin();
          shown += slice(text, copied, from) + token(seenBy, slice(text, from, to), where);
          copied = to;
        }
        at = (to > 0 ? to : -to) - 1;
      }
      if (copied === 0) return text.length > max ? slice(text, 0, max) : text;
      return copied < end ? shown + slice(text, copied, end) : shown;
    },
  };
  return redaction;
}

const TWO_32 = 2 ** 32;
const { parseInt } = Number;
const empty = <Value>(): Record<string, Value> => Object.create(null) as Record<string, Value>;

/** The function, with its answers kept in a dictionary that no program reaches. */
export function remembered<Answer>(ask: (text: string) => Answer): (text: string) => Answer {
  let known = empty<Answer | undefined>();
  let count = 0;
  return (text) => {
    const answer = known[text];
    if (answer !== undefined) return answer;
    if (++count > MAX_KNOWN) {
      known = empty();
      count = 1;
    }
    return (known[text] = ask(text));
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
  for (let at = 0; at < small.length; at++) {
    const code = charCodeAt(small, at);
    if ((code > 47 && code < 58) || (code > 96 && code < 123) || code > 127) plain += small[at];
  }
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
