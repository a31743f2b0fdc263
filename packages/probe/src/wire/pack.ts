/**
 * Words of a batch ↔ bytes, lossless for any words. As `codec.ts` does it for segments, but shorter, as every page loads it: where the same two words came before, what
 * followed then mostly follows again. So it is told how many words are as they were there, and the one after them as its difference to the one before it.
 *
 *     (varint words as before · varint zigzag difference)*    the last one without a difference, where all ends as before
 */
import { type ByteReader, unzigzag } from './bytes.ts';

const TABLE_BITS = 12;
/** A run, and a difference. */
const MAX_BYTES_PER_WORD = 10;

/** By the last two words: the place behind them when they were last there; 0: they never were. Kept, as pages do this all the time. */
const known = new Int32Array(1 << TABLE_BITS);
let bytes = new Uint8Array(0);

const contextOf = (words: Int32Array, at: number): number =>
  at < 2
    ? 0
    : (Math.imul(words[at - 1], 0x9e3779b1) ^ Math.imul(words[at - 2], 0x85ebca6b)) >>> (32 - TABLE_BITS);

/** A view that is valid until the next call. */
export function pack(words: Int32Array): Uint8Array<ArrayBuffer> {
  const { length } = words;
  if (bytes.length < length * MAX_BYTES_PER_WORD) bytes = new Uint8Array(length * MAX_BYTES_PER_WORD);
  const out = bytes;
  let end = 0;
  const put = (value: number): void => {
    let rest = value;
    for (; rest > 127; rest >>>= 7) out[end++] = rest | 128;
    out[end++] = rest;
  };
  known.fill(0);
  for (let at = 0; at < length; at++) {
    const start = at;
    const context = contextOf(words, at);
    let there = known[context];
    known[context] = at;
    if (there > 0)
      while (at < length && words[there] === words[at]) {
        there++;
        at++;
      }
    put(at - start);
    if (at >= length) break;
    const step = (words[at] - (at > 0 ? words[at - 1] : 0)) | 0;
    put(((step << 1) ^ (step >> 31)) >>> 0);
  }
  return out.subarray(0, end);
}

/** Fills `words` with what `pack` made bytes of. @throws RangeError where bytes are not of so many words */
export function unpack(packed: ByteReader, words: Int32Array): void {
  const { length } = words;
  known.fill(0);
  for (let at = 0; at < length; at++) {
    const context = contextOf(words, at);
    let there = known[context];
    known[context] = at;
    const run = packed.varint();
    if (run > length - at || (run > 0 && there === 0))
      throw new RangeError('intellimap: nothing came before');
    for (const end = at + run; at < end; at++) words[at] = words[there++];
    if (at < length) words[at] = ((at > 0 ? words[at - 1] : 0) + unzigzag(packed.varint())) | 0;
  }
  if (packed.at !== packed.end) throw new RangeError('intellimap: more words than announced');
}
