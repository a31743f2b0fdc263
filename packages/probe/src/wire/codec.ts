/**
 * Words ↔ bytes, lossless for any words.
 *
 * Programs repeat themselves: after the same word, in the same function, the same word follows as last time, or, at a
 * branch, as the time before. The bytes say how long that guess was right and what came instead. (With the two words
 * before as context, which does not know the function a call returned to, the same recordings are twice as long.)
 * Operand words (frames, times, errors) would only confuse it: they go into a stream of their own, as differences.
 * Every call starts with nothing learnt, so every frame decodes alone. FORMATS.md describes the bytes.
 */
import { ByteReader, unzigzag, zigzag, type ByteWriter } from './bytes.ts';
import { Kind, OPERANDS } from './words.ts';

/** Operands by kind as a typed array: 1 ns a word faster than the plain list. */
const operandsOf = Uint8Array.from(OPERANDS);

const MIN_TABLE_BITS = 6;
const MAX_TABLE_BITS = 16;
const HASH_1 = 0x9e3779b1 | 0;
const HASH_2 = 0x85ebca6b | 0;
/** A token, its run and its miss take at most 1 + 5 + 5 bytes. */
const MAX_BYTES_PER_WORD = 11;
/** Low half of a token: predicted words before it; this one means that a varint follows with the rest. */
const LONG_RUN = 15;
/** High half of a token: the kind of the word that was not predicted, or one of these. */
const SECOND_GUESS = 0;
const RAW = 15;

/** First and second guess of each context. */
const table = new Int32Array(2 << MAX_TABLE_BITS);

/**
 * Sites of the functions on the stack, as far as the guess needs to know: a circle that forgets what is very deep, and
 * knows nothing of what began before the frame.
 */
const DEPTHS = 1 << 12;
const stack = new Int32Array(DEPTHS);
/** By kind: the step on the stack. */
const steps = new Int8Array(16);
for (const kind of [Kind.ENTER, Kind.FRAME_ENTER, Kind.RESUME]) steps[kind] = 1;
for (const kind of [Kind.LEAVE, Kind.THROW, Kind.FRAME_LEAVE, Kind.FRAME_THROW, Kind.SUSPEND])
  steps[kind] = -1;

function forget(bits: number): void {
  table.fill(0, 0, 2 << bits);
  stack.fill(0);
}

/** Small batches use a small table: clearing 64 K entries costs as much as encoding 5 K words. */
function tableBitsFor(words: number): number {
  return Math.min(MAX_TABLE_BITS, Math.max(MIN_TABLE_BITS, 33 - Math.clz32(words)));
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
  const bits = tableBitsFor(to - from);
  forget(bits);
  heads.u8(bits);
  heads.reserve((to - from) * MAX_BYTES_PER_WORD + 8);
  operands.reserve((to - from) * 5 + 8);
  const bytes = heads.bytes;
  const shift = 32 - bits;
  const coder = new OperandEncoder(operands);
  let out = heads.at;
  let before = 0;
  let depth = 0;
  let run = 0;
  let at = from;
  while (at < to) {
    const word = words[at];
    const count = operandsOf[word & 15];
    if (at + count >= to) break;
    const slot =
      ((Math.imul(before, HASH_1) ^ Math.imul(stack[depth & (DEPTHS - 1)], HASH_2)) >>> shift) << 1;
    const guess = table[slot];
    if (guess === word) run++;
    else {
      const second = table[slot + 1] === word;
      table[slot + 1] = guess;
      table[slot] = word;
      const kind = word & 15;
      const code = second ? SECOND_GUESS : kind === 0 ? RAW : kind;
      if (run < LONG_RUN) bytes[out++] = (code << 4) | run;
      else {
        bytes[out++] = (code << 4) | LONG_RUN;
        out = putVarint(bytes, out, run - LONG_RUN);
      }
      run = 0;
      if (code === RAW) out = putVarint(bytes, out, word >>> 0);
      else if (code !== SECOND_GUESS) {
        // Difference of payloads, wrapped to 28 bits.
        out = putVarint(bytes, out, zigzag((((word >>> 4) - (before >>> 4)) << 4) >> 4));
      }
    }
    before = word;
    const step = steps[word & 15];
    depth += step;
    if (step > 0) stack[depth & (DEPTHS - 1)] = word >>> 4;
    if (count !== 0) coder.put(words, at);
    at += 1 + count;
  }
  // Predicted words at the end need a token of their own; the reader stops after its run.
  heads.at = out;
  if (run > 0) {
    heads.u8(Math.min(run, LONG_RUN));
    if (run >= LONG_RUN) heads.varint(run - LONG_RUN);
  }
  return at - from;
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
  const bits = heads.u8();
  if (bits < MIN_TABLE_BITS || bits > MAX_TABLE_BITS) throw new RangeError('intellimap: bad table size');
  forget(bits);
  const shift = 32 - bits;
  const coder = new OperandDecoder(operands);
  let before = 0;
  let depth = 0;
  let at = 0;
  let run = 0;
  let code = -1;
  while (at < count) {
    if (run === 0 && code < 0) {
      const token = heads.u8();
      code = token >>> 4;
      run = token & 15;
      if (run === LONG_RUN) run += heads.varint();
    }
    const slot =
      ((Math.imul(before, HASH_1) ^ Math.imul(stack[depth & (DEPTHS - 1)], HASH_2)) >>> shift) << 1;
    let word = table[slot];
    if (run > 0) run--;
    else {
      const guess = word;
      if (code === SECOND_GUESS) word = table[slot + 1]!;
      else if (code === RAW) word = heads.varint() | 0;
      else word = (((before >>> 4) + unzigzag(heads.varint())) << 4) | code;
      table[slot + 1] = guess;
      table[slot] = word;
      code = -1;
    }
    before = word;
    const step = steps[word & 15];
    depth += step;
    if (step > 0) stack[depth & (DEPTHS - 1)] = word >>> 4;
    const operandCount = operandsOf[word & 15];
    if (at + operandCount >= count) throw new RangeError('intellimap: an event is cut');
    target[at] = word;
    if (operandCount !== 0) coder.take(target, at);
    at += 1 + operandCount;
  }
  if (run > 0 || code > 0 || heads.at !== heads.end)
    throw new RangeError('intellimap: more words than announced');
}

/** Frame ids, tasks and times change little from event to event: differences modulo 2^32. */
class OperandEncoder {
  readonly #out: ByteWriter;
  #frame = 0;
  #task = 0;
  #time = 0;

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

  constructor(source: ByteReader) {
    this.#in = source;
  }

  take(words: Int32Array, at: number): void {
    const kind = words[at] & 15;
    if (operandsOf[kind] === 1) {
      words[at + 1] = this.#in.varint();
      return;
    }
    const step = this.#in.signed();
    if (kind === Kind.TASK) words[at + 1] = this.#task = (this.#task + step) | 0;
    else words[at + 1] = this.#frame = (this.#frame + step) | 0;
    words[at + 2] = this.#time = (this.#time + this.#in.signed()) | 0;
  }
}
