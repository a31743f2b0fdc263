/** What is said of a span, as bits; those of a window's lines begin with the same. */
export const SPAN = {
  /** It ended by an exception. */
  FAILED: 1,
  /** Of an async function or a generator. */
  ASYNC: 2,
  /** It had not ended when the recording did. */
  OPEN: 4,
  /** It goes on with a call that had been suspended. */
  RESUMED: 8,
  /** It began before the part of the recording that is being read: its row is written down by itself. */
  CROSSES: 128,
} as const;

/** Depths of each thread that are cut into buckets, from the outermost call; deeper ones are found where words are read. */
export const INDEXED = 16;
/** The row after them is for spans of all greater depths that failed, by the moment when they did: no error is lost, whatever its depth. */
export const DEEP = 16;
export const ROWS = INDEXED + 1;
/** Where `SpanSink.quick` says when `tick` is due. */
export const DUE = 2 * ROWS;
/** Depths that anything is told of. */
export const TOLD = 255;
