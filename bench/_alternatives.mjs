// Enter and leave as they are, and as they could be: what `probes` compares. Each makes `e`, `l` and `a` (and `o`, what is done behind a closed gate) for a
// ring that nobody reads: when it is full, it begins anew, as if all had been read. Those that are not today's have the same slow path for all, which does
// what ours does where there is room: every CHECK_WORDS a look at the clock. What differs is said at each; none but `today` makes a recording that could
// be read.
import { createRecorder } from '../packages/probe/dist/core/index.js';
import { microsLow } from '../packages/probe/dist/node/clock.js';
import {
  CHECK_WORDS,
  CHUNK_WORDS,
  CONTROL_WORDS,
  Control,
  dataWords,
  LATE_MICROS,
  MAX_COUNTED_SITES,
  SLACK_WORDS,
} from '../packages/probe/dist/wire/index.js';

const shared = (bytes) => new SharedArrayBuffer(bytes);

function makeRing() {
  const data = new Int32Array(shared(dataWords(CHUNK_WORDS) * 4));
  return {
    data,
    control: new Int32Array(shared(CONTROL_WORDS * 4)),
    hits: new Float64Array(shared(MAX_COUNTED_SITES * 8)),
    gates: new Uint8Array(shared(MAX_COUNTED_SITES)),
    chunkWords: CHUNK_WORDS,
    mask: data.length - 1,
    end: data.length - SLACK_WORDS,
  };
}

/** Behind a closed gate, as in the recorder. */
const aside = (H, G) => (word) => {
  const site = word >>> 4;
  if (G[site] !== 2) H[site]++;
  return 0;
};

/** Cursor → where to go on, and the limit from there. */
function roomOf(end, start = 0) {
  let writtenTo = microsLow();
  return (cursor) => {
    const now = microsLow();
    if (((now - writtenTo) | 0) > LATE_MICROS) writtenTo = now;
    const from = cursor > end ? start : cursor;
    return { from, limit: Math.min(from + CHECK_WORDS, end) };
  };
}

/** C[cursor] and C[limit], when a limit is passed. */
function fullOf(C, end, start = 0) {
  const room = roomOf(end, start);
  const full = () => {
    const { from, limit } = room(C[0]);
    C[1] = limit;
    C[0] = from;
  };
  C[0] = start;
  full();
  return full;
}

// Variables are parameters, as in the recorder: V8 folds those.

function today({ data, control, hits, gates, chunkWords }) {
  const ring = { data, control, hits, gates, chunkWords };
  const { e, l, a, o } = createRecorder(ring, {
    clock: microsLow,
    sign: () => 0,
    waitForSpace: (consumed) => {
      control[Control.CONSUMED] = consumed;
      return true;
    },
    waitForReader: () => {
      control[Control.WRITTEN_TO] = microsLow();
    },
  });
  return { e, l, a, o };
}

/** Today's probes by the slow path of this file: tells whether that makes a difference. */
const same = (R, M, C, full) => ({
  e: (word) => {
    const c = C;
    const q = c[0];
    R[q & M] = word;
    c[0] = q + 1;
    return word | 2;
  },
  l: (word) => {
    const c = C;
    const q = c[0];
    R[q & M] = word;
    c[0] = q + 1;
    if (q > c[1]) full();
  },
  a: (word) => {
    const c = C;
    const q = c[0];
    R[q & M] = word;
    R[(q + 1) & M] = word + 1;
    c[0] = q + 2;
    if (q > c[1]) full();
  },
});

const inside = (R, M, C, full, G, o) => ({
  e: (word) => {
    if (G[word >>> 4] !== 0) return o(word);
    const c = C;
    const q = c[0];
    R[q & M] = word;
    c[0] = q + 1;
    return word | 2;
  },
  l: same(R, M, C, full).l,
  a: (word) => {
    if (G[word >>> 4] !== 0) {
      o(word);
      return;
    }
    const c = C;
    const q = c[0];
    R[q & M] = word;
    R[(q + 1) & M] = word + 1;
    c[0] = q + 2;
    if (q > c[1]) full();
  },
});

function closure(R, M, room) {
  let { from: q, limit } = room(0);
  const full = () => {
    ({ from: q, limit } = room(q));
  };
  return {
    e: (word) => {
      R[q & M] = word;
      q = (q + 1) | 0;
      return word | 2;
    },
    l: (word) => {
      R[q & M] = word;
      q = (q + 1) | 0;
      if (q > limit) full();
    },
    a: (word) => {
      R[q & M] = word;
      R[(q + 1) & M] = word + 1;
      q = (q + 2) | 0;
      if (q > limit) full();
    },
  };
}

const bounds = (R, C, full) => ({
  e: (word) => {
    const c = C;
    const q = c[0];
    R[q] = word;
    c[0] = q + 1;
    return word | 2;
  },
  l: (word) => {
    const c = C;
    const q = c[0];
    R[q] = word;
    if ((c[0] = q + 1) > c[1]) full();
  },
  a: (word) => {
    const c = C;
    const q = c[0];
    R[q] = word;
    R[q + 1] = word + 1;
    if ((c[0] = q + 2) > c[1]) full();
  },
});

/** The last word is the ENTER that this LEAVE (or THROW) belongs to: it becomes one word for both. */
const folded = (R, M, C, full) => ({
  e: same(R, M, C, full).e,
  l: (word) => {
    const c = C;
    const q = c[0];
    const p = (q - 1) & M;
    if (R[p] === ((word & -16) | 1)) {
      R[p] = word | 12;
      return;
    }
    R[q & M] = word;
    c[0] = q + 1;
    if (q > c[1]) full();
  },
  a: (word) => {
    const c = C;
    const q = c[0];
    R[q & M] = word | 14;
    c[0] = q + 1;
    if (q > c[1]) full();
  },
});

const onShared = (probesOf) => (ring) => {
  const { data, mask, control, end, gates, hits } = ring;
  return probesOf(data, mask, control, fullOf(control, end), gates, aside(hits, gates));
};

const GATED = /\$imG\[\d+\]\?\$imO\(\d+\):(\$im[EAF]\(\d+\))/g;
const ungated = (code) => code.replace(GATED, '$1');

/** `text` changes the instrumented text; `closed`: all gates are off; `silent`: no words are to be seen. */
export const ALTERNATIVES = {
  structure: {
    says: 'probes that do nothing: gates, try … finally, calls',
    make: () => ({ e: (word) => word | 2, l: () => {}, a: () => {} }),
    silent: true,
  },
  today: { says: 'as they are', make: today },
  same: { says: 'as they are, slow path as below', make: onShared(same) },
  inside: { says: 'gate in the probe, not in the text', make: onShared(inside), text: ungated },
  closure: {
    says: 'cursor and limit in variables, not in shared memory',
    make: ({ data, mask, end }) => closure(data, mask, roomOf(end)),
  },
  one_array: {
    says: 'cursor and limit in the array of the words',
    // Masked indices reach the control words, too: the ring keeps clear of them by its start alone.
    make: ({ data, mask, end }) => same(data, mask, data, fullOf(data, end, CONTROL_WORDS)),
  },
  folded: { says: 'one word for a leaf, made when it is left', make: onShared(folded) },
  bounds: {
    says: 'bounds check in place of the mask',
    make: ({ data, control, end }) => bounds(data, control, fullOf(control, end)),
  },
  closed: { says: 'as they are, gates off', make: today, closed: true, silent: true },
  inside_closed: {
    says: 'gate in the probe, gates off',
    make: onShared(inside),
    text: ungated,
    closed: true,
    silent: true,
  },
};

/** A few words there are always: a module has no gate. */
const FEW = 100;

/** What `replace` wants to know of the alternative; `hasWords`: whether the ring is as it ought to be. */
export function probesOf(name) {
  const { make, closed, silent = false } = ALTERNATIVES[name];
  const ring = makeRing();
  const probes = { o: aside(ring.hits, ring.gates), g: ring.gates, ...make(ring) };
  if (closed) ring.gates.fill(2);
  const hasWords = () => ring.data.filter((word) => word !== 0).length < FEW === silent;
  return { probes, hasWords };
}
