/**
 * Where a page's words lie until they are sent. Whoever reads them is the thread that writes them, so that there is nothing to share and nothing to wait for: they are
 * taken, and the next ones begin at the start again.
 */
import { needRoom } from '../core/stack-room.ts';
import {
  CHECK_WORDS,
  Control,
  CONTROL_WORDS,
  MAX_COUNTED_SITES,
  SLACK_WORDS,
  type Ring,
} from '../wire/ring.ts';
import { Kind, wordOf } from '../wire/words.ts';

/** Pages are many and small: 2 MiB, of which is used what is touched. */
const WORDS = 1 << 19;
/** From here on there must be room. Behind it: as many enters as a stack holds before one leave, what is written until the next look, and as many again. */
const END = WORDS - 3 * SLACK_WORDS;

export interface PageRing extends Pick<Ring, 'data' | 'control' | 'hits' | 'gates'> {
  /** Called when the cursor has passed its limit. */
  full: () => void;
  /** Words that were written so far; what was dropped is none. */
  position: () => number;
  /** Of these, the ones that were not taken yet. */
  waiting: () => number;
  /** There must be room now, or words are dropped, and counted. */
  isFull: () => boolean;
  /** All that were not taken yet: a view, valid until the next word is written. */
  take: () => Int32Array;
  /** Takes the last words back; false: they were taken. */
  undo: (words: number) => boolean;
}

/** @param sites ids of the build's sites are 1 … sites; 0: nobody knows how many there will be @param checked called every CHECK_WORDS */
export function createRing(sites: number, checked: () => void): PageRing {
  const data = new Int32Array(WORDS);
  const control = new Int32Array(CONTROL_WORDS);
  const places = sites > 0 && sites < MAX_COUNTED_SITES ? sites + 1 : MAX_COUNTED_SITES;
  let taken = 0;
  /** What comes behind this word is dropped; 0: nothing is. */
  let edge = 0;
  /** Since that was last told. */
  let dropped = 0;

  const moveTo = (cursor: number): void => {
    control[Control.CURSOR] = cursor;
    control[Control.LIMIT] = cursor + CHECK_WORDS;
  };
  const drop = (): void => {
    const words = control[Control.CURSOR] - edge;
    dropped += words;
    control[Control.LOST] += words;
  };
  moveTo(0);

  return {
    data,
    control,
    hits: new Float64Array(places),
    gates: new Uint8Array(places),
    full() {
      if (edge > 0) drop();
      else if (control[Control.CURSOR] > END) edge = control[Control.CURSOR];
      moveTo(edge || control[Control.CURSOR]);
      try {
        needRoom();
        checked();
      } catch {
        // The program's stack is full, and this the first leave after many enters: one of the next, further up, comes back.
      }
    },
    position: () => taken + (edge || control[Control.CURSOR]),
    waiting: () => edge || control[Control.CURSOR],
    isFull: () => edge > 0,
    take() {
      let words = data.subarray(0, edge || control[Control.CURSOR]);
      taken += words.length;
      if (edge > 0) drop();
      edge = 0;
      moveTo(0);
      if (dropped > 0) {
        // What says so stands where they begin.
        words = words.slice();
        data[0] = wordOf(Kind.LOST, 0);
        data[1] = dropped;
        dropped = 0;
        moveTo(2);
      }
      return words;
    },
    undo(words) {
      const start = control[Control.CURSOR] - words;
      const isThere = start >= 0 && edge === 0;
      if (isThere) control[Control.CURSOR] = start;
      return isThere;
    },
  };
}
