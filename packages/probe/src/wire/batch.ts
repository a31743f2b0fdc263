/**
 * A batch: what a page tells the collector at a time. A browser's thread has no drain beside it that writes segments; it sends the words as
 * repetitions of what came before (`pack`), and the collector makes segments of them. To encode a word costs the page a fifth of what it costs to
 * hand four bytes to a WebSocket.
 *
 *     u32 magic · u32 bytes of JSON · u32 words · u32 bytes of values · JSON (UTF-8) · words (`pack`) · values
 *
 * All little endian. The JSON is `BatchHead`.
 */
import { pack } from './pack.ts';
import type { Note } from './segment.ts';

/** First four bytes: 'I' 'M' 'B' 0xf2. */
export const BATCH_MAGIC = 0xf2424d49;
export const BATCH_HEAD_BYTES = 16;
/** A longer one is refused: nobody keeps so much back. */
export const MAX_BATCH_BYTES = 8 << 20;
/** `t` of the note that the collector ends each batch with in a segment: `seq`; `at`, words of the thread so far; `lost` and `dropped`, of those the ones that did not come, and that the page dropped. */
export const BATCH_MARK = 'batch';
/** What is asked of the collector before it can hear batches: `GET` to be upgraded, or `POST` of one batch. */
export const COLLECT_PATH = '/intellimap/v1/batches';

/** Who sends: told in the first batch, and in each that goes another way than the one before. */
export interface Hello {
  /** Which instrumented files the page runs: names a `BuildFile`. */
  build: string;
  /** `page`, `frame`, `web worker`, `shared worker`, `service worker`. */
  kind: string;
  /** Without query values and fragment. */
  url: string;
  /** `navigator.userAgent`. */
  agent: string;
  /** ms since the epoch at which the clock of this thread was 0: `performance.timeOrigin`. */
  origin: number;
  /**
   * What the thread's clock has to do with the collector's: µs of this one, of the collector's when that was sent, of this one when the collector's answer
   * came. The collector's was `at - got … at - sent` ahead.
   */
  clock: readonly (readonly [sent: number, at: number, got: number])[];
  /** Thread whose clock is 0 at `origin`, of which this one is a part: session of the page that made the worker. */
  parent?: string | undefined;
}

export interface BatchHead {
  /** 32 hex digits: the thread. */
  session: string;
  /** Counts up from 1 within the thread. What has been stored is not stored again. */
  seq: number;
  /** Lets this page in; not kept. */
  token: string;
  hello?: Hello | undefined;
  /** Words of the thread before these. */
  at: number;
  /** Words dropped so far. */
  lost: number;
  /** `[position, µs of the thread's clock]`: see `Samples`. So are times in words, and fields `micros` of notes. */
  samples: readonly (readonly [at: number, micros: number])[];
  notes: readonly Note[];
  /** Site ids that modules begin with which began since the last batch. */
  modules?: readonly number[] | undefined;
  /** Counted calls since the last batch: site, calls, site, calls … */
  counts?: readonly number[] | undefined;
  /** Where the values' bytes begin in the thread's, and `Values.counts`. */
  values?: { from: number; counts: readonly number[] } | undefined;
  /** Nothing more comes: µs of the thread's clock. */
  end?: number | undefined;
}

export interface Batch {
  head: BatchHead;
  words: Int32Array;
  values: Uint8Array;
}

/** What the collector says, as JSON texts. */
export type CollectorMessage =
  /** So many batches, from the first on, are kept, whatever happens to the collector. */
  | { t: 'kept'; seq: number }
  /** Answer to a ping: what the page sent, and the collector's clock when that came, µs. */
  | { t: 'pong'; sent: number; at: number }
  /** Nothing will be kept: why. */
  | { t: 'refused'; reason: string }
  /** Whose batches these are is not known here: this collector writes another run than the one before. A `hello` is to come, and all that waits again. */
  | { t: 'who' };

/** Who sends, where its first batch is kept by somebody else. */
export interface Introduction {
  session: string;
  token: string;
  hello: Hello;
}

/** What a page says beside batches, as JSON texts. */
export type PageMessage = { t: 'ping'; sent: number } | ({ t: 'hello' } & Introduction);

export function encodeBatch(
  head: BatchHead,
  words: Int32Array,
  values: Uint8Array,
  utf8: (text: string) => Uint8Array,
): Uint8Array<ArrayBuffer> {
  // First: what makes JSON may run code of a program (`toJSON`), which may write words over these.
  const packed = pack(words);
  const json = utf8(JSON.stringify(head));
  const valuesAt = BATCH_HEAD_BYTES + json.length + packed.length;
  const bytes = new Uint8Array(valuesAt + values.length);
  new Uint32Array(bytes.buffer, 0, BATCH_HEAD_BYTES / 4).set([
    BATCH_MAGIC,
    json.length,
    words.length,
    values.length,
  ]);
  bytes.set(json, BATCH_HEAD_BYTES);
  bytes.set(packed, BATCH_HEAD_BYTES + json.length);
  bytes.set(values, valuesAt);
  return bytes;
}
