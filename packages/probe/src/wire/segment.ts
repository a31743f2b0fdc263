/**
 * A segment: one thread's recording as a file of frames, each with its own checksum. FORMATS.md describes the bytes.
 * The writer turns words into frames and hands the bytes to a sink; it knows no file and no clock.
 */
import { ByteWriter, jsonBytes } from './bytes.ts';
import { encodeWords } from './codec.ts';
import { crc32 } from './crc.ts';
import type { EdgeCounts } from './edges.ts';
import { CallStack } from './stack.ts';
import { VERSION } from './words.ts';

/** First four bytes of every frame: 'I' 'M' 'S' 0xf1. */
export const MAGIC = 0xf1534d49;
export const FRAME_HEADER_BYTES = 16;
/** A segment file is closed and the next begun when it is this long. */
export const SEGMENT_BYTES = 16 * 1024 * 1024;

export const FrameType = {
  HEADER: 1,
  KEYFRAME: 2,
  EVENTS: 3,
  COUNTS: 4,
  NOTE: 5,
  END: 6,
  VALUES: 7,
  EDGES: 8,
} as const;
export type FrameType = (typeof FrameType)[keyof typeof FrameType];

/** Who wrote this segment. The first frame of each file. */
export interface SegmentHeader {
  version: number;
  pid: number;
  ppid: number;
  /** `worker_threads.threadId`; 0 is the main thread. */
  tid: number;
  /** `main`, or `worker` and its name. */
  name: string;
  argv: string[];
  execPath: string;
  node: string;
  tier: string;
  /** When the thread's probe began: µs of the machine's monotonic clock and the same instant as ms since the epoch. */
  startMicros: number;
  startEpochMs: number;
  /**
   * The thread has a clock of its own, a browser's: what it said, plus `shift` µs, is what stands here. `unsure`: by so much the shift may be wrong, null where
   * both clocks only say what time of day it is. Absent: the machine's clock.
   */
  clock?: { shift: number; unsure: number | null };
  /** It is a thread of a browser: what `Hello` says of it. `parent`: the thread that made it. */
  browser?: { kind: string; url: string; agent: string; parent?: { pid: number; tid: number } };
  /** Counts up from 1 over the thread's files. */
  segment: number;
  /** The flight recorder wrote it, which holds so many bytes: what it let go is no loss. */
  flight?: number;
}

/** What the drain or the program says beside the words. */
export type Note =
  /** Names an error signature: the operand of THROWN and CAUGHT is `id << 1 | first sighting`. */
  | {
      t: 'error';
      id: number;
      name: string;
      message: string;
      causes?: readonly { name: string; message: string }[];
    }
  | {
      t: 'uncaught';
      name: string;
      message: string;
      stack: string;
      origin: string;
      micros: number;
      error: number;
    }
  /** The flight recorder kept what it held. */
  | { t: 'kept'; reason: string; micros: number }
  /** A request that the program makes; without `url`: what came of it. */
  | { t: 'resource'; id: number; url?: string; [key: string]: unknown }
  /** What a task of TASK words is, e.g. `request`, `GET /cart`; of a request: the trace it says it is part of, and the span that made it (hex digits). */
  | { t: 'task'; id: number; kind: string; name: string; trace?: string; parent?: string }
  | { t: 'gone'; id: number }
  | { t: string; [key: string]: unknown };

/** Totals at the end of a thread, or up to here when the thread goes on after all. */
export interface Totals {
  calls: number;
  events: number;
  words: number;
  lost: number;
  micros: number;
  /** µs that the thread waited for the recorder; absent: recorded before it was told. */
  stalled?: number;
}

/**
 * Times of positions in the word stream. Word `at` and all after it happened not before `micros`; the words before it
 * not after. A position may have two samples: when it was first and last seen there.
 */
export interface Samples {
  count: number;
  /** Position as number of words since the thread's start. */
  at: Float64Array;
  micros: Float64Array;
}

/** One frame is made at a time, whatever the number of writers: threads come and go, these stay. */
const frame = new ByteWriter(1 << 16);
const heads = new ByteWriter(1 << 16);
const operands = new ByteWriter(1 << 12);

export class SegmentWriter {
  readonly stack = new CallStack();
  /** Words dropped so far in this thread. */
  lost = 0;
  /** Bytes given to the sink since `begin`. */
  bytes = 0;
  /** The same, of all segments. */
  allBytes = 0;
  readonly #sink: (bytes: Uint8Array) => void;

  /** `sink` gets whole frames; the bytes are only valid during the call. */
  constructor(sink: (bytes: Uint8Array) => void) {
    this.#sink = sink;
  }

  /** First two frames of a file: who writes, and the state of the thread's calls. */
  begin(header: SegmentHeader): void {
    this.bytes = 0;
    this.#json(FrameType.HEADER, header);
    const out = this.#open();
    const { callCount, eventCount, wordCount } = this.stack;
    for (const count of [callCount, eventCount, wordCount, this.lost]) out.varint(count);
    this.stack.writeStack(out);
    this.stack.writeFrames(out);
    this.#close(FrameType.KEYFRAME);
  }

  /**
   * Writes the whole events in `words[from … to)` and returns how many words that were. `samples` are positions from
   * the last one before these words on.
   */
  events(words: Int32Array, from: number, to: number, samples: Samples): number {
    const { stack } = this;
    heads.at = 0;
    operands.at = 0;
    const taken = encodeWords(words, from, to, heads, operands);
    if (taken === 0) return 0;
    const out = this.#open();
    const { callCount, eventCount, wordCount } = stack;
    for (const count of [callCount, eventCount, wordCount, this.lost]) out.varint(count);
    stack.writeStack(out);
    stack.follow(words, from, from + taken);
    out.varint(taken);
    out.varint(stack.callCount - callCount);
    out.varint(stack.eventCount - eventCount);
    writeSamples(out, samples, wordCount);
    out.varint(heads.at);
    out.append(heads.written());
    out.append(operands.written());
    this.#close(FrameType.EVENTS);
    return taken;
  }

  /** Writes how often each site was passed since the last time; `sites` ascending. Nothing when there are none. */
  counts(sites: ArrayLike<number>, deltas: ArrayLike<number>, count: number, micros: number): void {
    if (count === 0) return;
    const out = this.#open();
    out.varint(micros);
    out.varint(count);
    let last = 0;
    for (let at = 0; at < count; at++) {
      out.varint(sites[at] - last);
      out.varint(deltas[at]);
      last = sites[at]!;
    }
    this.#close(FrameType.COUNTS);
  }

  /** Writes how often which function called which since the last time. Nothing when none did. */
  edges({ callers, callees, calls, count, roomless }: EdgeCounts, micros: number): void {
    if (count === 0 && roomless === 0) return;
    const out = this.#open();
    out.varint(micros);
    out.varint(roomless);
    out.varint(count);
    let caller = 0;
    let callee = 0;
    for (let at = 0; at < count; at++) {
      out.signed(callers[at] - caller);
      out.signed(callees[at] - callee);
      out.varint(calls[at]);
      caller = callers[at]!;
      callee = callees[at]!;
    }
    this.#close(FrameType.EDGES);
  }

  /** Writes texts of values: whole ones, from byte `from` of the thread's. `counts`: see `Values`. */
  values(from: number, texts: readonly Uint8Array[], counts: readonly number[]): void {
    const out = this.#open();
    out.varint(from);
    out.varint(counts.length);
    for (const count of counts) out.varint(count);
    for (const text of texts) out.append(text);
    this.#close(FrameType.VALUES);
  }

  note(note: Note): void {
    this.#json(FrameType.NOTE, note);
  }

  /** @param stalled µs */
  end(micros: number, stalled?: number): void {
    const { callCount, eventCount, wordCount } = this.stack;
    const totals: Totals = {
      calls: callCount,
      events: eventCount,
      words: wordCount,
      lost: this.lost,
      micros,
      ...(stalled !== undefined && { stalled }),
    };
    this.#json(FrameType.END, totals);
  }

  #json(type: FrameType, value: unknown): void {
    this.#open().append(jsonBytes(value));
    this.#close(type);
  }

  #open(): ByteWriter {
    frame.at = FRAME_HEADER_BYTES;
    return frame;
  }

  #close(type: FrameType): void {
    const out = frame;
    const end = out.at;
    out.at = 0;
    out.u32(MAGIC);
    out.u16(VERSION);
    out.u8(type);
    out.u8(0);
    out.u32(end - FRAME_HEADER_BYTES);
    out.setU32(12, frameCrc(out.bytes, 0, end));
    out.at = end;
    this.bytes += end;
    this.allBytes += end;
    this.#sink(out.written());
  }
}

/** Checksum of the frame at `at`: of its header without the checksum field, and its payload. */
export const frameCrc = (bytes: Uint8Array, at: number, end: number): number =>
  crc32(bytes, at + FRAME_HEADER_BYTES, end, crc32(bytes, at, at + FRAME_HEADER_BYTES - 4));

function writeSamples(out: ByteWriter, samples: Samples, firstWord: number): void {
  const { count, at, micros } = samples;
  out.varint(count);
  let lastAt = firstWord;
  let lastMicros = 0;
  for (let index = 0; index < count; index++) {
    // The first sample may lie before the frame: its words begin where the frame begins.
    const position = Math.max(at[index], firstWord);
    out.varint(position - lastAt);
    out.varint(micros[index] - lastMicros);
    lastAt = position;
    lastMicros = micros[index]!;
  }
}
