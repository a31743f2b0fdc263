// The floor: what storing the words costs when nothing but that is done. One pair is what an instrumented call writes, an ENTER and a LEAVE
// word, into an Int32Array of the ring's size on a SharedArrayBuffer, round and round, so that the same memory is touched.
//
// What it does not do: call anything, ask a gate, keep the word to leave with, try … finally, look for the limit, make room, wait for a reader. Nobody
// reads, nothing is encoded. Words are constants, as they are in instrumented code. The loop itself, an addition and a comparison a pair, counts.
//
//   floor            the cursor lives in shared memory, as the recorder's does: loaded and stored for each word. Whoever reads sees each word at once, and
//                    functions that know nothing of each other can write. Bound by the latency of that load after that store.
//   floor_published  the cursor is kept in a register and stored after each word. One loop can do this, functions apart cannot.
//   floor_register   the cursor is kept in a register and stored at the end: nobody can follow. What the memory can take.
import { apart } from './_calls.mjs';
import { CHUNK_WORDS, CONTROL_WORDS, Control, dataWords } from '../packages/probe/dist/wire/index.js';

const ENTER = 33;
const LEAVE = 34;

/** Arrays are variables from outside, which V8 folds into the code, as in the recorder. */
const floorsOf = (R, M, C) => ({
  floor(pairs) {
    for (let at = 0; at < pairs; at++) {
      const q = C[0];
      R[q & M] = ENTER;
      C[0] = q + 1;
      const p = C[0];
      R[p & M] = LEAVE;
      C[0] = p + 1;
    }
  },
  floor_published(pairs) {
    let q = C[0];
    for (let at = 0; at < pairs; at++) {
      R[q & M] = ENTER;
      C[0] = q = (q + 1) | 0;
      R[q & M] = LEAVE;
      C[0] = q = (q + 1) | 0;
    }
  },
  floor_register(pairs) {
    let q = C[0];
    for (let at = 0; at < pairs; at++) {
      R[q & M] = ENTER;
      q = (q + 1) | 0;
      R[q & M] = LEAVE;
      q = (q + 1) | 0;
    }
    C[0] = q;
  },
});

/** A part as those of the program, one pair a call. */
export function floorPart(name, pairs) {
  const data = new Int32Array(new SharedArrayBuffer(dataWords(CHUNK_WORDS) * 4));
  const control = new Int32Array(new SharedArrayBuffer(CONTROL_WORDS * 4));
  if (Control.CURSOR !== 0) throw new Error('the cursor has moved');
  const store = floorsOf(data, data.length - 1, control)[name];
  return { name, run: apart(store, pairs), calls: pairs };
}
