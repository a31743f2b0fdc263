/**
 * Secrets that the program was given: values of its environment under a name that says so, and passwords in URLs there. They are found wherever they turn up, whatever
 * they look like. Of each, two hashes and the length are kept: what it is cannot be read here.
 */
import { halfSipHash } from './half-sip-hash.ts';
import { charCodeAt, indexOf, lastIndexOf, slice } from './intrinsics.ts';

/** Shorter ones turn up by chance. */
export const MIN_KNOWN = 8;
/** So much of a secret is compared, in characters: it may be cut where the text ends. */
const MAX_COMPARED = 64;
/** Secrets that are looked for, at most. */
const MAX_SECRETS = 500;

/** Of a hash that rolls along the text: its base, and the base to the power of MIN_KNOWN. */
const BASE = 0x01000193;
const { imul } = Math;
const HIGHEST = powerOf(BASE, MIN_KNOWN);
/** Bits of a hash that tell whether it may be one of theirs. */
const FILTER_BITS = 12;
const placeOf = (hash: number): number => imul(hash, 0x9e3779b1) >>> (32 - FILTER_BITS);

function powerOf(base: number, exponent: number): number {
  let power = 1;
  for (let at = 0; at < exponent; at++) power = imul(power, base);
  return power;
}

interface Known {
  /** Of its first characters. */
  hash: number;
  /** Of what is compared of it. */
  tag: number;
  compared: number;
  length: number;
}

export class KnownSecrets {
  #all: Known[] = [];
  #filter = new Uint8Array(1 << FILTER_BITS);
  #seen = Object.create(null) as Record<string, true | undefined>;
  readonly #low: number;
  readonly #high: number;

  /** @param low @param high a secret of this thread's own */
  constructor(low: number, high: number) {
    this.#low = low;
    this.#high = high;
  }

  /** What a variable of the environment has that is secret: all of it, if its name says so, or the password in a URL. */
  variable(isSecret: boolean, value: string): void {
    if (isSecret && isTelling(value)) this.add(value);
    this.add(passwordIn(value));
  }

  /** One that is known already costs a look. */
  add(secret: string): void {
    if (secret.length < MIN_KNOWN || this.#all.length >= MAX_SECRETS) return;
    const compared = secret.length < MAX_COMPARED ? secret.length : MAX_COMPARED;
    const tag = halfSipHash(slice(secret, 0, compared), this.#low, this.#high);
    const name = `${tag} ${secret.length}`;
    if (this.#seen[name] === true) return;
    this.#seen[name] = true;
    let hash = 0;
    for (let at = 0; at < MIN_KNOWN; at++) hash = (imul(hash, BASE) + charCodeAt(secret, at)) | 0;
    this.#filter[placeOf(hash)] = 1;
    // Longer ones first: one may begin with another.
    let place = this.#all.length;
    for (; place > 0 && this.#all[place - 1].length < secret.length; place--)
      this.#all[place] = this.#all[place - 1];
    this.#all[place] = { hash, tag, compared, length: secret.length };
  }

  /** The text with something else in place of each. */
  replaced(text: string, token: (secret: string) => string): string {
    if (this.#all.length === 0 || text.length < MIN_KNOWN) return text;
    let shown = '';
    let copied = 0;
    let hash = 0;
    for (let at = 0; at < text.length; at++) {
      hash = (imul(hash, BASE) + charCodeAt(text, at)) | 0;
      const from = at + 1 - MIN_KNOWN;
      if (from > 0) hash = (hash - imul(HIGHEST, charCodeAt(text, from - 1))) | 0;
      if (from < copied || this.#filter[placeOf(hash)] === 0) continue;
      const end = this.#endAt(text, from, hash);
      if (end === 0) continue;
      shown += slice(text, copied, from) + token(slice(text, from, end));
      copied = end;
    }
    return copied === 0 ? text : shown + slice(text, copied);
  }

  #endAt(text: string, from: number, hash: number): number {
    for (let each = 0; each < this.#all.length; each++) {
      const { hash: first, tag, compared, length } = this.#all[each];
      if (first === hash && halfSipHash(slice(text, from, from + compared), this.#low, this.#high) === tag)
        return from + length < text.length ? from + length : text.length;
    }
    return 0;
  }
}

/** Words are settings (`TOKEN_MODE=production`), and paths are where a secret lies: neither is one. */
function isTelling(value: string): boolean {
  if (value[0] === '/' && indexOf(value, '/', 1) > 0 && indexOf(value, ' ') < 0) return false;
  for (let at = 0; at < value.length; at++) {
    const code = charCodeAt(value, at);
    if (code < 97 || code > 122) return true;
  }
  return false;
}

/** `redis://:hunter2@host`: hunter2. */
export function passwordIn(url: string): string {
  const from = indexOf(url, '://');
  const end = lastIndexOf(url, '@');
  if (from < 0 || end < from) return '';
  const colon = indexOf(url, ':', from + 3);
  return colon < 0 || colon > end ? '' : slice(url, colon + 1, end);
}
