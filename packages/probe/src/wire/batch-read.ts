/** Bytes → a batch. Whoever sends them is not to be trusted: each field is looked at. Pure. */
import {
  BATCH_HEAD_BYTES,
  BATCH_MAGIC,
  BATCH_MARK,
  type Batch,
  type BatchHead,
  type Hello,
  type Introduction,
} from './batch.ts';
import { ByteReader, jsonOf } from './bytes.ts';
import { unpack } from './pack.ts';
import type { Note } from './segment.ts';

/** So many samples, notes, modules, counts may come in one batch; of what an intake answers at once, less. */
const MAX_ITEMS = 100_000;
const MAX_CLOCK = 1000;
/** Words of a batch: a ring holds a quarter of it. */
const MAX_WORDS = 1 << 20;
/** Positions, counts and µs: sums of two are still numbers that a frame can hold. */
const MAX_COUNT = 2 ** 50;
/** ms, the year 2096: in µs, and with µs added, it is still such a number. */
const MAX_EPOCH_MS = 4e12;
/** What the collector writes itself between notes of pages. */
const OWN_NOTES: ReadonlySet<string> = new Set([BATCH_MARK]);

/** @throws Error with a sentence when it is none */
export function decodeBatch(bytes: Uint8Array): Batch {
  if (bytes.length < BATCH_HEAD_BYTES) throw new Error('too short for a batch');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(0, true) !== BATCH_MAGIC) throw new Error('no batch: other first bytes');
  const [jsonBytes, wordCount, valueBytes] = [4, 8, 12].map((at) => view.getUint32(at, true));
  if (wordCount > MAX_WORDS) throw new Error('it has more words than a page can hold');
  const wordsAt = BATCH_HEAD_BYTES + jsonBytes;
  const valuesAt = bytes.length - valueBytes;
  if (wordsAt > valuesAt) throw new Error('its parts are not as long as it says');
  const head = headOf(jsonIn(bytes.subarray(BATCH_HEAD_BYTES, wordsAt)));
  samplesIn(head, wordCount);
  const words = new Int32Array(wordCount);
  try {
    unpack(new ByteReader(bytes, wordsAt, valuesAt), words);
  } catch (error) {
    throw new Error('its words cannot be read', { cause: error });
  }
  return { head, words, values: bytes.slice(valuesAt) };
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return jsonOf(bytes);
  } catch {
    throw new Error('its head is no JSON');
  }
}

type Fields = Record<string, unknown>;

function headOf(json: unknown): BatchHead {
  const head = objectOf(json, 'head');
  const { hello, samples, notes, modules, counts, values, end } = head;
  return {
    ...senderIn(head),
    seq: positive(head['seq'], 'seq'),
    ...(hello !== undefined && { hello: helloOf(hello) }),
    at: count(head['at'], 'at'),
    lost: count(head['lost'], 'lost'),
    samples: list(samples, 'samples').map(sampleOf),
    notes: list(notes, 'notes').map(noteOf),
    ...(modules !== undefined && { modules: list(modules, 'modules').map((site) => count(site, 'modules')) }),
    ...(counts !== undefined && { counts: countsOf(counts) }),
    ...(values !== undefined && { values: valuesOf(values) }),
    ...(end !== undefined && { end: count(end, 'end') }),
  };
}

function senderIn({ session, token }: Fields): Pick<BatchHead, 'session' | 'token'> {
  if (typeof token !== 'string' || token.length > 200) wrong('token');
  return { session: sessionIn(session, 'session'), token };
}

function sessionIn(value: unknown, field: string): string {
  if (typeof value !== 'string' || !/^[0-9a-f]{32}$/.test(value)) wrong(field);
  return value;
}

/** @throws Error with a sentence when it is none */
export function introductionOf(message: unknown): Introduction {
  const fields = objectOf(message, 'hello');
  return { ...senderIn(fields), hello: helloOf(fields['hello']) };
}

function helloOf(value: unknown): Hello {
  const hello = objectOf(value, 'hello');
  const { parent } = hello;
  return {
    build: text(hello['build'], 'build'),
    kind: text(hello['kind'], 'kind'),
    url: text(hello['url'], 'url'),
    agent: text(hello['agent'], 'agent'),
    origin: atLeastZero(hello['origin'], 'origin', MAX_EPOCH_MS),
    clock: list(hello['clock'], 'clock', MAX_CLOCK).map(triple),
    ...(parent !== undefined && { parent: sessionIn(parent, 'parent') }),
  };
}

function sampleOf(value: unknown): readonly [number, number] {
  const pair = list(value, 'samples');
  if (pair.length !== 2) wrong('samples');
  return [count(pair[0], 'samples'), count(pair[1], 'samples')];
}

/** Neither positions nor times go back, and none is of words to come: a frame could not hold them. */
function samplesIn({ samples, at }: BatchHead, words: number): void {
  let [lastAt, lastMicros] = [0, 0];
  for (const [position, micros] of samples) {
    if (position < lastAt || micros < lastMicros || position > at + words) wrong('samples');
    [lastAt, lastMicros] = [position, micros];
  }
}

function triple(value: unknown): readonly [number, number, number] {
  const [sent, at, got] = list(value, 'clock', 3).map((each) => count(each, 'clock'));
  if (got === undefined) wrong('clock');
  return [sent, at, got];
}

function noteOf(value: unknown): Note {
  const note = objectOf(value, 'notes');
  const t = text(note['t'], 'notes');
  if (OWN_NOTES.has(t)) wrong('notes');
  return { ...note, t };
}

/** Sites ascend. */
function countsOf(value: unknown): number[] {
  const counts = list(value, 'counts').map((each) => count(each, 'counts'));
  if (counts.length % 2 !== 0) wrong('counts');
  for (let at = 2; at < counts.length; at += 2) if (counts[at] <= counts[at - 2]) wrong('counts');
  return counts;
}

function valuesOf(value: unknown): NonNullable<BatchHead['values']> {
  const values = objectOf(value, 'values');
  return {
    from: count(values['from'], 'values'),
    counts: list(values['counts'], 'values').map((each) => count(each, 'values')),
  };
}

function objectOf(value: unknown, field: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong(field);
  return { ...value };
}

function list(value: unknown, field: string, limit = MAX_ITEMS): unknown[] {
  if (!Array.isArray(value) || value.length > limit) wrong(field);
  return value;
}

/** Longer ones are cut. */
const MAX_TEXT = 2000;

function text(value: unknown, field: string): string {
  if (typeof value !== 'string') wrong(field);
  return value.slice(0, MAX_TEXT);
}

function count(value: unknown, field: string): number {
  if (!Number.isInteger(value)) wrong(field);
  return atLeastZero(value, field);
}

function atLeastZero(value: unknown, field: string, limit = MAX_COUNT): number {
  if (typeof value !== 'number' || !(value >= 0) || value > limit) wrong(field);
  return value;
}

function positive(value: unknown, field: string): number {
  const number = count(value, field);
  if (number === 0) wrong(field);
  return number;
}

function wrong(field: string): never {
  throw new Error(`its field \`${field}\` is not as it should be`);
}
