/** What threads tell the drain beside their words. */
import type { EdgeTable, Note, SegmentHeader } from '../wire/index.ts';

/** A ring and whose it is. */
export interface RingAnnouncement {
  t: 'ring';
  tid: number;
  header: Omit<SegmentHeader, 'segment'>;
  data: Int32Array;
  control: Int32Array;
  hits: Float64Array;
  gates: Uint8Array;
  chunkWords: number;
  values?: Uint8Array | undefined;
  edges?: EdgeTable | undefined;
  notes?: Uint8Array | undefined;
}

export type Message =
  | RingAnnouncement
  /** For the thread's recording. */
  | { t: 'note'; tid: number; note: Note }
  /** The thread ended, perhaps in the middle of something. */
  | { t: 'gone'; tid: number }
  /** The bell was rung while the drain waited in its event loop. */
  | { t: 'wake' };
