/**
 * Words ↔ bytes, lossless for any words.
 *
 * Programs repeat themselves: where the same two words came before, what followed then mostly follows again, often for
 * hundreds of words, as the same path through the code is taken once more. So a frame is told as "as it went on there, for so many words"
 * and the word that ended it; where "there" is, both sides know from a table (LZP: C. Bloom, "LZP: a new data compression algorithm", DCC 1996).
 * Within a repetition a word costs the writer one comparison: 3 ns and 0.04 bytes a word in the TypeScript compiler.
 * Operand words (frames, times, errors) would only disturb: they go into a stream of their own, as differences.
 * Every call starts with nothing learnt, so every frame decodes alone. FORMATS.md describes the bytes.
 */
import { ByteReader, unzigzag, zigzag, type ByteWriter } from './bytes.ts';
import { Kind, operandsOf } from './words.ts';

const MIN_TABLE_BITS = 6;
/** 128 KiB: larger ones find hardly more, and leave the processor's nearest caches. */
const MAX_TABLE_BITS = 15;
const HASH_1 = 0x9e3779b1 | 0;
const HASH_2 = 0x85ebca6b | 0;
/** A token, its run and its word take at most 1 + 5 + 5 bytes. */
const MAX_BYTES_PER_WORD = 11;
/** Low half of a token: words as before; this one means that a varint follows with the rest. */
const LONG_RUN = 15;
/** Words that stand before the first of a frame: zeros. Place 0 in the table means: this context is new. */
const CONTEXT = 2;

/** By context: where in the frame it was last followed by something. */
const table = new Int32Array(1 << MAX_TABLE_BITS);
/** The frame's words without operands, behind CONTEXT zeros. */
let line = new Int32Array(1 << 12);

function lineFor(words: number): Int32Array {
  if (line.length < words + CONTEXT) line = new Int32Array(Math.max(words + CONTEXT, line.length * 2));
  return line;
}

/** Small batches use a small table: clearing a large one costs as much as encoding some thousand words. */
function tableBitsFor(words: number): number {
  return Math.min(MAX_TABLE_BITS, Math.max(MIN_TABLE_BITS, 32 - Math.clz32(words)));
}

/** Words from `from` that form whole events before `to`: a multi-word event at the end may be incomplete. */
export function wholeEvents(words: Int32Array, from: number, to: number): number {
  let at = from;
  while (at < to) {
    const next = at + 1 + operandsOf[words[at] & 15];
    if (next > to) break;
    at = next;
  }
  return at - from;
}

/**
 * Appends the words of whole events in `words[from … to)` to `heads` and `operands`.
 * Returns how many words were taken: an incomplete event at the end is left for the next call.
 */
export function encodeWords(
  words: Int32Array,
  from: number,
  to: number,
  heads: ByteWriter,
  operands: ByteWriter,
): number {
  const target = lineFor(to - from);
  const table = operandsOf;
  operands.reserve((to - from) * 5 + 8);
  const coder = new OperandEncoder(operands);
  let end = CONTEXT;
  let at = from;
  while (at < to) {
    // Nearly all words have no operands. A loop in the same function: V8's middle compiler copies a small function into its caller, and the last one gets at its loop late.
    for (const step = end - at; at < to; at++) {
      const word = words[at];
      if (table[word & 15] !== 0) break;
      target[at + step] = word;
      end++;
    }
    if (at >= to) break;
    const count = table[words[at] & 15];
    if (at + count >= to) break;
    target[end++] = words[at];
    coder.put(words, at);
    at += 1 + count;
  }
  encodeLine(end, heads);
  return at - from;
}

/** Appends `line[CONTEXT … end)`. */
function encodeLine(end: number, heads: ByteWriter): void {
  const bits = tableBitsFor(end);
  const shift = 32 - bits;
  const known = table;
  const words = line;
  known.fill(0, 0, 1 << bits);
  heads.u8(bits);
  heads.reserve((end - CONTEXT) * MAX_BYTES_PER_WORD + 8);
  const bytes = heads.bytes;
  let out = heads.at;
  let at = CONTEXT;
  while (at < end) {
    const context = (Math.imul(words[at - 1], HASH_1) ^ Math.imul(words[at - 2], HASH_2)) >>> shift;
    let there = known[context];
    known[context] = at;
    let run = 0;
    if (there !== 0) {
      const start = at;
      while (at < end && words[there] === words[at]) {
        there++;
        at++;
      }
      run = at - start;
    }
    // A run to the end has no word after it; the reader stops there.
    const word = at < end ? words[at] : 0;
    if (run < LONG_RUN) bytes[out++] = ((word & 15) << 4) | run;
    else {
      bytes[out++] = ((word & 15) << 4) | LONG_RUN;
      out = putVarint(bytes, out, run - LONG_RUN);
    }
    if (at < end) out = putVarint(bytes, out, zigzag((((word >>> 4) - (words[at - 1] >>> 4)) << 4) >> 4));
    at++;
  }
  heads.at = out;
}

function putVarint(bytes: Uint8Array, at: number, value: number): number {
  let out = at;
  let rest = value;
  while (rest > 127) {
    bytes[out++] = rest | 128;
    rest >>>= 7;
  }
  bytes[out++] = rest;
  return out;
}

/** Decodes `count` words into `target` (which must hold them). Bytes that do not describe `count` words throw `RangeError`. */
export function decodeWords(
  heads: ByteReader,
  operands: ByteReader,
  count: number,
  target: Int32Array,
): void {
  const end = decodeLine(heads, count);
  if (heads.at !== heads.end) throw new RangeError('intellimap: more words than announced');
  const coder = new OperandDecoder(operands);
  let filled = 0;
  for (let at = CONTEXT; at < end; at++) {
    const word = line[at];
    target[filled] = word;
    const operandCount = operandsOf[word & 15];
    if (operandCount !== 0) coder.take(target, filled);
    filled += 1 + operandCount;
  }
}

/** Fills `line` with words that take, with their operands, `count` places; returns its end. */
function decodeLine(heads: ByteReader, count: number): number {
  const bits = heads.u8();
  if (bits < MIN_TABLE_BITS || bits > MAX_TABLE_BITS) throw new RangeError('intellimap: bad table size');
  const shift = 32 - bits;
  const known = table;
  const words = lineFor(count);
  known.fill(0, 0, 1 << bits);
  words.fill(0, 0, CONTEXT);
  let at = CONTEXT;
  let places = 0;
  while (places < count) {
    const context = (Math.imul(words[at - 1], HASH_1) ^ Math.imul(words[at - 2], HASH_2)) >>> shift;
    let there = known[context];
    known[context] = at;
    const token = heads.u8();
    let run = token & 15;
    if (run === LONG_RUN) run += heads.varint();
    if (run > 0 && there === 0) throw new RangeError('intellimap: nothing came before');
    for (; run > 0 && places < count; run--) {
      const word = words[there++];
      words[at++] = word;
      places += 1 + operandsOf[word & 15];
    }
    if (run > 0) throw new RangeError('intellimap: more words than announced');
    if (places >= count) break;
    const word = (((words[at - 1] >>> 4) + unzigzag(heads.varint())) << 4) | (token >>> 4);
    words[at++] = word;
    places += 1 + operandsOf[word & 15];
  }
  if (places > count) throw new RangeError('intellimap: an event is cut');
  return at;
}

/** Frame ids, tasks and times change little from event to event: differences modulo 2^32. */
class OperandEncoder {
  readonly #out: ByteWriter;
  #frame = 0;
  #task = 0;
  #time = 0;
  #place = 0;

  constructor(out: ByteWriter) {
    this.#out = out;
  }

  put(words: Int32Array, at: number): void {
    const kind = words[at] & 15;
    const first = words[at + 1];
    if (operandsOf[kind] === 1) {
      this.#out.varint(first >>> 0);
      return;
    }
    const second = words[at + 2];
    if (kind === Kind.VALUE) {
      this.#out.varint(first >>> 0);
      this.#out.signed((second - this.#place) | 0);
      this.#place = second;
      return;
    }
    if (kind === Kind.TASK) {
      this.#out.signed((first - this.#task) | 0);
      this.#task = first;
    } else {
      this.#out.signed((first - this.#frame) | 0);
      this.#frame = first;
    }
    this.#out.signed((second - this.#time) | 0);
    this.#time = second;
  }
}

class OperandDecoder {
  readonly #in: ByteReader;
  #frame = 0;
  #task = 0;
  #time = 0;
  #place = 0;

  constructor(source: ByteReader) {
    this.#in = source;
  }

  take(words: Int32Array, at: number): void {
    const kind = words[at] & 15;
    if (operandsOf[kind] === 1) {
      words[at + 1] = this.#in.varint();
      return;
    }
    if (kind === Kind.VALUE) {
      words[at + 1] = this.#in.varint();
      words[at + 2] = this.#place = (this.#place + this.#in.signed()) | 0;
      return;
    }
    const step = this.#in.signed();
    if (kind === Kind.TASK) words[at + 1] = this.#task = (this.#task + step) | 0;
    else words[at + 1] = this.#frame = (this.#frame + step) | 0;
    words[at + 2] = this.#time = (this.#time + this.#in.signed()) | 0;
  }
}
