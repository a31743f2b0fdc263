/**
 * What is never written down: values under a name that says secret, and parts of texts that look like one. A token stands in their place, the same for the same
 * secret: `‹email:7f3a91c2-16›`. Errs on the safe side: a parser's `token` is taken for a secret, too.
 */
import { halfSipHash } from './half-sip-hash.ts';
import { digitsOf, indexOf, lowerCase, slice } from './intrinsics.ts';
import { ALPHANUMERIC, begin, end, findSecret, isClass, look, seenBy, WIDE } from './secret-rules.ts';

/** A name with one of these in it, whatever its case and separators. Between blanks: names that are just this, and behind `?` what means other things but in a query. */
const PARTS =
  'passw,passphrase,passcode,pwd,secret,token,apikey,accesskey,privatekey,authoriz,bearer,cookie,credential,sessionid,creditcard,cardnum,connectionstr, pass , pw , pin , ssn , cvv , cvc , otp , auth , sid , iban ,? code ,? state ,? key ,? sig ,? signature ,? ticket ,? jwt ,? nonce ,? hash '; // prettier-ignore

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
  const parts = PARTS.split(',');
  // What is nothing but separators is in no name.
  for (let each = 0; each < names.length; each++)
    parts[parts.length] = slice(plainName(names[each]), 1, -1) || '-';
  const half = (from: number): number => parseInt(slice(key ?? '', from, from + 8), 16) | 0;
  const low = half(0);
  const high = half(8);
  const isSecretName = remembered((name) => isSecret(plainName(slice(name, 0, MAX_NAME)), parts));

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
      if (given.length < MIN_SECRET) return given;
      let text = slice(given, 0, max + EDGE);
      if (ofKnown !== undefined) text = ofKnown(text, (secret) => token('environment', secret, where));
      look(text, isSecretName);
      let shown = '';
      let copied = 0;
      while (findSecret(copied, max)) {
        shown += slice(text, copied, begin) + token(seenBy, slice(text, begin, end), where);
        copied = end;
      }
      return shown + slice(text, copied, max);
    },
  };
  return redaction;
}

const TWO_32 = 0x1_0000_0000;
const { parseInt } = Number;
/** A dictionary that no program reaches, whatever it does to `Object.prototype` or `Map`. */
export const empty = <Value>(): Record<string, Value> => Object.create(null) as Record<string, Value>;

/** The function, with its answers kept in a dictionary that no program reaches, until there are `most`. */
export function remembered<Answer>(
  ask: (text: string) => Answer,
  most = MAX_KNOWN,
): (text: string) => Answer {
  let known = empty<Answer | undefined>();
  let count = 0;
  return (text) => {
    const answer = known[text];
    if (answer !== undefined) return answer;
    if (++count > most) {
      known = empty();
      count = 1;
    }
    return (known[text] = ask(text));
  };
}

/** Letters and digits, small, between blanks; so is each name of a path: ` login pass `. */
function plainName(name: string): string {
  const small = lowerCase(name);
  let plain = ' ';
  for (let at = 0; at < small.length; at++) {
    if (isClass(small[at], ALPHANUMERIC | WIDE)) plain += small[at];
    else if (small[at] === '.') plain += ' ';
    else if (small[at] === '?') plain += '? ';
  }
  return `${plain} `;
}

function isSecret(name: string, parts: readonly string[]): boolean {
  for (let each = 0; each < parts.length; each++) {
    const at = indexOf(name, parts[each]);
    // Tokenizers make other tokens.
    if (at >= 0 && slice(name, at, at + 7) !== 'tokeniz') return true;
  }
  return false;
}
