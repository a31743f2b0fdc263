/**
 * Reads a segment's bytes frame by frame. Damage is data: a frame whose checksum fails is skipped, the reader finds
 * its footing at the next frame and says which bytes it passed over. A cut last frame is what a killed process leaves.
 */
import { ByteReader, jsonOf } from './bytes.ts';
import { decodeWords } from './codec.ts';
import {
  FRAME_HEADER_BYTES,
  FrameType,
  MAGIC,
  frameCrc,
  type Note,
  type SegmentHeader,
  type Totals,
} from './segment.ts';
import { readFrames, readStack, type OpenFrame, type StackPicture } from './stack.ts';
import { VERSION } from './words.ts';

export interface EventsFrame {
  /** Calls, events and words of the thread before this frame; words lost before it was written. */
  firstCall: number;
  firstEvent: number;
  firstWord: number;
  lost: number;
  /** The stack before the first word. */
  stack: StackPicture;
  /** What is in the frame. */
  words: number;
  calls: number;
  events: number;
  /** Positions (words since the frame's start) and their µs; ascending. See `Samples`. */
  sampleAt: Float64Array;
  sampleMicros: Float64Array;
  heads: Uint8Array;
  operands: Uint8Array;
}

export interface Keyframe {
  calls: number;
  events: number;
  words: number;
  lost: number;
  stack: StackPicture;
  open: Map<number, OpenFrame>;
}

export interface Counts {
  micros: number;
  sites: Float64Array;
  deltas: Float64Array;
}

export interface Edges {
  micros: number;
  /** Calls whose edge found no room in the table; they are among the counts. */
  roomless: number;
  /** Sites; caller 0: none. */
  callers: Float64Array;
  callees: Float64Array;
  calls: Float64Array;
}

export interface Values {
  /** Byte of the thread's values that `bytes` begin with. */
  from: number;
  bytes: Uint8Array;
  /** So far: kept, µs that looking took, then let go for each reason (`LET_GO`). */
  counts: number[];
}

/** One piece of a segment. `from … to` are byte positions in the file, end exclusive. */
export type Part = { from: number; to: number } & (
  | { type: 'header'; header: SegmentHeader }
  | { type: 'keyframe'; keyframe: Keyframe }
  | { type: 'events'; frame: EventsFrame }
  | { type: 'counts'; counts: Counts }
  | { type: 'edges'; edges: Edges }
  | { type: 'values'; values: Values }
  | { type: 'note'; note: Note }
  | { type: 'end'; totals: Totals }
  /** Bytes that are not a sound frame. */
  | { type: 'damaged'; reason: string }
  /** The file stops inside a frame: the process was killed while it was written. */
  | { type: 'truncated' }
  /** Written by a newer version: nothing after it is read. */
  | { type: 'newer'; version: number; advice: string }
);

/** @param from where a part begins, to go on there */
export function* readSegment(bytes: Uint8Array, from = 0): Generator<Part, void, undefined> {
  let at = from;
  while (at < bytes.length) {
    const end = soundFrame(bytes, at);
    if (end > 0) {
      const part = partOf(bytes, at, end);
      yield part;
      if (part.type === 'newer') return;
      at = end;
      continue;
    }
    const next = nextSoundFrame(bytes, at + 1);
    if (next === bytes.length && looksCut(bytes, at)) yield { type: 'truncated', from: at, to: next };
    else yield { type: 'damaged', from: at, to: next, reason: 'checksum' };
    at = next;
  }
}

/** Decodes a frame's words and hands them over: whole events, operands inline as in the ring. The array is reused. */
export function decodeEvents(frame: EventsFrame, onWords: (words: Int32Array, count: number) => void): void {
  if (frame.words > scratch.length) scratch = new Int32Array(Math.max(frame.words, scratch.length * 2));
  decodeWords(new ByteReader(frame.heads), new ByteReader(frame.operands), frame.words, scratch);
  onWords(scratch, frame.words);
}
let scratch = new Int32Array(1 << 12);

/** End of the sound frame at `at`, or 0. */
function soundFrame(bytes: Uint8Array, at: number): number {
  if (bytes.length - at < FRAME_HEADER_BYTES || u32(bytes, at) !== MAGIC) return 0;
  const end = at + FRAME_HEADER_BYTES + u32(bytes, at + 8);
  if (end > bytes.length) return 0;
  return frameCrc(bytes, at, end) === u32(bytes, at + 12) ? end : 0;
}

function nextSoundFrame(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(MAGIC & 255, from); at >= 0; at = bytes.indexOf(MAGIC & 255, at + 1)) {
    if (soundFrame(bytes, at) > 0) return at;
  }
  return bytes.length;
}

/** Whether the rest of the file is the beginning of a frame that goes on after its end. */
function looksCut(bytes: Uint8Array, at: number): boolean {
  const rest = bytes.length - at;
  for (let byte = 0; byte < Math.min(rest, 4); byte++) {
    if (bytes[at + byte] !== ((MAGIC >>> (8 * byte)) & 255)) return false;
  }
  return rest < FRAME_HEADER_BYTES || u32(bytes, at + 8) + FRAME_HEADER_BYTES > rest;
}

const u32 = (bytes: Uint8Array, at: number): number =>
  (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0;

function partOf(bytes: Uint8Array, from: number, to: number): Part {
  const version = bytes[from + 4] | (bytes[from + 5] << 8);
  if (version > VERSION) {
    const advice = `recorded by a newer IntelliMap (format ${version}); this one reads up to ${VERSION}: update intellimap`;
    return { type: 'newer', from, to, version, advice };
  }
  const payload = new ByteReader(bytes, from + FRAME_HEADER_BYTES, to);
  const type = bytes[from + 6];
  try {
    switch (type) {
      case FrameType.HEADER:
        return { type: 'header', from, to, header: json(payload) as SegmentHeader };
      case FrameType.KEYFRAME:
        return { type: 'keyframe', from, to, keyframe: readKeyframe(payload) };
      case FrameType.EVENTS:
        return { type: 'events', from, to, frame: readEvents(payload) };
      case FrameType.COUNTS:
        return { type: 'counts', from, to, counts: readCounts(payload) };
      case FrameType.EDGES:
        return { type: 'edges', from, to, edges: readEdges(payload) };
      case FrameType.VALUES:
        return { type: 'values', from, to, values: readValues(payload) };
      case FrameType.NOTE:
        return { type: 'note', from, to, note: json(payload) as Note };
      case FrameType.END:
        return { type: 'end', from, to, totals: json(payload) as Totals };
      default:
        return { type: 'damaged', from, to, reason: `unknown frame type ${type}` };
    }
  } catch (error) {
    return { type: 'damaged', from, to, reason: String(error) };
  }
}

const json = (payload: ByteReader): unknown => jsonOf(payload.take(payload.end - payload.at));

function readKeyframe(from: ByteReader): Keyframe {
  const [calls, events, words, lost] = [from.varint(), from.varint(), from.varint(), from.varint()];
  return { calls, events, words, lost, stack: readStack(from), open: readFrames(from) };
}

function readEvents(from: ByteReader): EventsFrame {
  const [firstCall, firstEvent, firstWord, lost] = [
    from.varint(),
    from.varint(),
    from.varint(),
    from.varint(),
  ];
  const stack = readStack(from);
  const [words, calls, events] = [from.varint(), from.varint(), from.varint()];
  const samples = from.varint();
  if (samples > from.end - from.at) throw new RangeError('intellimap: more samples than bytes');
  const sampleAt = new Float64Array(samples);
  const sampleMicros = new Float64Array(samples);
  let at = 0;
  let micros = 0;
  for (let index = 0; index < samples; index++) {
    sampleAt[index] = at += from.varint();
    sampleMicros[index] = micros += from.varint();
  }
  const heads = from.take(from.varint());
  const operands = from.take(from.end - from.at);
  return {
    firstCall,
    firstEvent,
    firstWord,
    lost,
    stack,
    words,
    calls,
    events,
    sampleAt,
    sampleMicros,
    heads,
    operands,
  };
}

function readCounts(from: ByteReader): Counts {
  const micros = from.varint();
  const count = from.varint();
  if (count > from.end - from.at) throw new RangeError('intellimap: more counts than bytes');
  const sites = new Float64Array(count);
  const deltas = new Float64Array(count);
  let site = 0;
  for (let index = 0; index < count; index++) {
    sites[index] = site += from.varint();
    deltas[index] = from.varint();
  }
  return { micros, sites, deltas };
}

function readEdges(from: ByteReader): Edges {
  const [micros, roomless, count] = [from.varint(), from.varint(), from.varint()];
  if (count > from.end - from.at) throw new RangeError('intellimap: more edges than bytes');
  const edges = {
    micros,
    roomless,
    callers: new Float64Array(count),
    callees: new Float64Array(count),
    calls: new Float64Array(count),
  };
  let caller = 0;
  let callee = 0;
  for (let at = 0; at < count; at++) {
    edges.callers[at] = caller += from.signed();
    edges.callees[at] = callee += from.signed();
    edges.calls[at] = from.varint();
  }
  return edges;
}

function readValues(from: ByteReader): Values {
  const first = from.varint();
  const count = from.varint();
  if (count > from.end - from.at) throw new RangeError('intellimap: more counts than bytes');
  const counts = Array.from({ length: count }, () => from.varint());
  return { from: first, counts, bytes: from.take(from.end - from.at) };
}
