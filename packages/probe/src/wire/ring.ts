/**
 * Layout of one thread's ring in shared memory: written by the program's thread, read by the drain worker.
 *
 * The data array is cut into CHUNKS equal chunks. The producer stores words at `data[cursor++]` without any check in
 * `enter`; `leave` compares the cursor with the limit of the chunk and takes the slow path when it is passed: it
 * publishes where the chunk ended, waits for the next one (or drops), and moves the cursor there. SLACK words at each chunk's end
 * keep room for the enters that can happen before the next leave (bounded by the depth of the stack).
 */

import type { EdgeTable } from './edges.ts';

/** Control words (an Int32Array on its own SharedArrayBuffer); each index is one field. */
export const Control = {
  /** Index in `data` of the next word. Written by the producer with plain stores at every event. */
  CURSOR: 0,
  /** A leave that writes beyond this index takes the slow path: the chunk is full, or CHECK_WORDS were written. */
  LIMIT: 1,
  /** Number of chunks the producer has finished (Atomics). The chunk in use is PRODUCED % CHUNKS. */
  PRODUCED: 16,
  /** Number of chunks the consumer has finished (Atomics, notified). */
  CONSUMED: 17,
  /** Flush request number (producer, Atomics); the consumer copies it to FLUSHED when all before it is on disk. */
  FLUSH: 18,
  FLUSHED: 19,
  /** Words dropped so far (Atomics). */
  LOST: 20,
  /** 1 when the thread has ended and will write no more. */
  CLOSED: 21,
  /** Everything before this time is on disk (low 32 bits of µs). Written by the consumer at each look. */
  WRITTEN_TO: 22,
  /** 1 when nothing is to be recorded any more: the emergency stop. What goes on without a gate (errors, times, tasks) looks here. */
  QUIET: 23,
  /** Number of the worker that took this ring; 0: none has. */
  HOLDER: 24,
  /** A `Reader` (Atomics): who lends rings uses no ring again that somebody still reads. */
  READER: 25,
  /** Bytes of values written so far (Atomics), and read. */
  VALUES_END: 26,
  VALUES_READ: 27,
  /** Edges that are counted (Atomics), see edges.ts. Written by the producer. */
  EDGES: 28,
  /** Bytes of notes written so far (Atomics; wraps), and read (likewise); notes for which there was no room. */
  NOTES_END: 29,
  NOTES_READ: 30,
  NOTES_LOST: 31,
  /** Values kept, the µs that looking took, and the first of `LET_GO` fields: values let go for each reason. Written by the producer. */
  VALUES_KEPT: 40,
  VALUES_MICROS: 41,
  VALUES_LET_GO: 42,
  /** µs that the thread has waited for the reader so far (wraps), and when it last ceased to (low 32 bits of µs). Written by the producer. */
  STALLED: 48,
  STALLED_UNTIL: 49,
  /** While it waits: since when (low 32 bits of µs, and bit 0 set); else 0 (Atomics). Written by the producer. */
  STALLING: 50,
  /** Callbacks that Node has made so far, where turns are told. Written by the producer. */
  TURNS: 51,
  /** µs after which the thread itself tells the time, where it writes anything; 0: its reader knows it. Written by both. */
  STAMPS: 52,
  /** First of CHUNKS fields: index in `data` one past the last word of the finished chunk. */
  CHUNK_END: 32,
} as const;

/** What the consumer has to do with a ring. */
export const Reader = {
  /** It does not know it. */
  NONE: 0,
  /** It was told of it, and reads it. */
  READS: 1,
  /** It will never look at it again for this thread. */
  DONE: 2,
} as const;

/** Int32 fields of the control block. */
export const CONTROL_WORDS = 64;

/** Chunks in a ring. More chunks let the consumer lag longer before the producer waits. */
export const CHUNKS = 4;
/** Words kept free at a chunk's end: V8's default stack holds about 11 000 JS frames, each with at most a few words before its leave. */
export const SLACK_WORDS = 1 << 15;

/** Smaller chunks would be all slack. */
export const MIN_CHUNK_WORDS = 2 * SLACK_WORDS;

/** So often, in words, does the producer see whether the consumer keeps up; an async event sees it at once. */
export const CHECK_WORDS = 1 << 12;
/** A thread that writes words tells the time so often, about: what lies between two times is that uncertain. */
export const APART_MICROS = 250;
/** Where the recorder may cost little. */
export const FAR_APART_MICROS = 1000;
/**
 * A consumer so far behind is waited for: what it has not written is lost when the process is killed. On a busy machine it may
 * not get a processor for a tenth of a second.
 */
export const LATE_MICROS = 20_000;

/**
 * After the chunks comes a scratch area that the consumer never reads: a producer that may not wait lets its words
 * fall there until a chunk is free, so that a chunk being read is never overwritten. Every SCRATCH_WORDS it looks again.
 */
export const SCRATCH_WORDS = 1 << 14;

/** A smaller ring would have chunks that are hardly more than their slack. */
export const MIN_RING_WORDS = 1 << 19;

/** Words of a ring that shall have at least so many: a power of two, so that V8 need not check an index which was masked. */
export const ringWordsFor = (words: number): number =>
  2 ** Math.ceil(Math.log2(Math.max(words, MIN_RING_WORDS)));

/** Words of a chunk, in a ring that shall have at least so many. */
export const chunkWordsFor = (words: number): number =>
  Math.floor((ringWordsFor(words) - SCRATCH_WORDS - SLACK_WORDS) / CHUNKS);

/** Default words in a chunk, just under 1 MiB: a ring is 4 MiB. */
export const CHUNK_WORDS = chunkWordsFor(1 << 20);

/** One thread's ring: everything is shared memory. */
export interface Ring {
  /** `dataWords(chunkWords)` long. */
  data: Int32Array;
  /** `Control` fields. */
  control: Int32Array;
  /** T0 counters, one a site. */
  hits: Float64Array;
  /** A `Gate` for each site; anybody who holds it may change it while the program runs. Sites beyond share those of lower ones. */
  gates: Uint8Array;
  chunkWords: number;
  /** Texts of values, a circle of bytes, a power of two; absent where none are asked for. */
  values?: Uint8Array | undefined;
  /** Tier `edges` only. */
  edges?: EdgeTable | undefined;
  /** Notes that come too often for messages, a circle of bytes: JSON in ASCII, a line each. Absent where nothing makes any. */
  notes?: Uint8Array | undefined;
}

/** Bytes of notes that may wait for the reader: a power of two. Some 1000 notes, more than a thread makes while the reader sleeps. */
export const NOTE_RING_BYTES = 1 << 18;

/** Bytes of values that may wait for the reader. */
export const VALUE_RING_BYTES = 1 << 20;

/** Why a value was not kept; index = place behind `Control.VALUES_LET_GO`. */
export const LET_GO = [
  /** Its function was called so often: only samples are kept. One for each call. */
  'calls',
  /** Bytes of the thread, bytes a second. */
  'bytes',
  'rate',
  /** Looking at values took so much of the time. */
  'time',
  /** The reader was late. */
  'late',
  /** It could not be looked at: no stack was left, or no memory. */
  'failed',
] as const;

/** Words of a ring's data array: a power of two, so that V8 need not check an index which was masked. */
export const dataWords = (chunkWords: number): number =>
  2 ** Math.ceil(Math.log2(CHUNKS * chunkWords + SCRATCH_WORDS + SLACK_WORDS));

/** Sites that can have a T0 counter, of which the counts of later ones are not kept, and a gate of their own. */
export const MAX_COUNTED_SITES = 1 << 20;
export const GATE_MASK = MAX_COUNTED_SITES - 1;

/** What is kept of the calls of a function. A call that began behind one gate ends behind it, too. */
export const Gate = {
  /** All of them, as the tier says. */
  OPEN: 0,
  /** How many there were. */
  COUNT: 1,
  /** Nothing. */
  OFF: 2,
  /** All of them, and when they began: of functions that are called rarely. Open, for all who ask; the thread itself takes it back. */
  TIMED: 3,
} as const;
export type Gate = (typeof Gate)[keyof typeof Gate];

/** Gates as people call them; index = gate. */
export const GATE_NAMES = ['open', 'count', 'off'] as const;
export type GateName = (typeof GATE_NAMES)[number];
export const gateNamed = (name: GateName): Gate => GATE_NAMES.indexOf(name) as Gate;
