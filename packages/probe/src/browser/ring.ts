/** A ring in memory of the thread's own: whoever reads it is the same thread. */
import { CONTROL_WORDS, dataWords, MAX_COUNTED_SITES, MIN_CHUNK_WORDS, type Ring } from '../wire/ring.ts';

/** Pages are many and small: 2 MiB. Sites and gates take what is touched of them. */
export const newRing = (): Ring => ({
  data: new Int32Array(dataWords(MIN_CHUNK_WORDS)),
  control: new Int32Array(CONTROL_WORDS),
  hits: new Float64Array(MAX_COUNTED_SITES),
  gates: new Uint8Array(MAX_COUNTED_SITES),
  chunkWords: MIN_CHUNK_WORDS,
});
