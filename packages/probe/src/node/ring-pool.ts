/**
 * Rings of workers: lent by the thread that starts them, and used again when they have ended. V8 does not count shared memory: a ring that were made for
 * each worker would stay as long as the drain, which allocates hardly anything else, does not collect its garbage.
 *
 * A ring is free again when the thread that had it has ended, as its parent sees, and its reader is done with it, or never knew of it.
 */
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import type { ProbeShared } from '../wire/registry.ts';
import { clearEdges, newEdgeTable } from '../wire/edges.ts';
import {
  CONTROL_WORDS,
  Control,
  dataWords,
  gateNamed,
  MAX_COUNTED_SITES,
  NOTE_RING_BYTES,
  Reader,
  type Ring,
  VALUE_RING_BYTES,
} from '../wire/ring.ts';
import type { RingLender } from './follow-workers.ts';

// Taken now: programs delete globals, and put others into the place of methods.
const { compareExchange, load } = Atomics;
const { apply } = Reflect;
const { min } = Math;
type Filled = Int32Array | Float64Array | Uint8Array;
const { fill } = Object.getPrototypeOf(Int32Array.prototype) as { fill: unknown };
const filled = (array: Filled, value: number, end: number): unknown =>
  apply(fill as (this: Filled, ...numbers: number[]) => unknown, array, [value, 0, end]);

/** Name of the worker environment data that carries a ring to the worker that is being made. */
const RING_KEY = 'intellimap.ring.1';

/** Rings kept for later workers; of more that came back, the oldest are left to the garbage collector. */
const MAX_KEPT = 256;

/** Longest event, in words. */
const MAX_EVENT_WORDS = 3;

type Shared = Pick<ProbeShared, 'chunkWords' | 'gates' | 'values' | 'siteCounter' | 'tier'>;

/** Untouched memory costs nothing: of the 13 MiB, a short program touches some pages. */
export function newRing({ chunkWords, gates, values, tier }: Omit<Shared, 'siteCounter'>): Ring {
  const ring = {
    data: new Int32Array(new SharedArrayBuffer(dataWords(chunkWords) * 4)),
    control: new Int32Array(new SharedArrayBuffer(CONTROL_WORDS * 4)),
    hits: new Float64Array(new SharedArrayBuffer(MAX_COUNTED_SITES * 8)),
    gates: new Uint8Array(new SharedArrayBuffer(MAX_COUNTED_SITES)),
    chunkWords,
    ...(values && { values: new Uint8Array(new SharedArrayBuffer(VALUE_RING_BYTES)) }),
    notes: new Uint8Array(new SharedArrayBuffer(NOTE_RING_BYTES)),
    ...(tier === 'edges' && { edges: newEdgeTable() }),
  };
  // Until the drain knows of the thread.
  if (gates !== 'open') filled(ring.gates, gateNamed(gates), MAX_COUNTED_SITES);
  return ring;
}

/** As a new one, for all that its next thread and the reader can see. Only what was used is cleared; of values and notes, nobody sees what lies behind the end. */
export function renew(ring: Ring, { gates, siteCounter }: Pick<Shared, 'gates' | 'siteCounter'>): void {
  const { data, control, hits, chunkWords } = ring;
  const sites = min(load(new Int32Array(siteCounter), 0), MAX_COUNTED_SITES);
  const cursor = control[Control.CURSOR];
  // One that never left its first chunk has written nowhere else; an event that was cut may lie behind the cursor.
  const isFirst = control[Control.PRODUCED] === 0 && cursor < chunkWords;
  const used = isFirst ? cursor + MAX_EVENT_WORDS : data.length;
  filled(data, 0, used);
  filled(hits, 0, sites);
  if (ring.edges !== undefined) clearEdges(ring.edges, control[Control.EDGES]);
  const base = gateNamed(gates);
  // Gate 0 is nobody's, and tells with what all of them were filled.
  filled(ring.gates, base, ring.gates[0] === base ? sites : MAX_COUNTED_SITES);
  filled(control, 0, CONTROL_WORDS);
}

/** The workers' parent: `isRead` says whether somebody still reads rings; otherwise they would never come back. */
export function lendingRings(shared: Shared, isRead: () => boolean): RingLender {
  const kept: Ring[] = [];

  /** The one that came back last: its memory is most likely at hand. */
  const free = (): Ring | undefined => {
    for (let at = kept.length - 1; at >= 0; at -= 1) {
      const ring = kept[at];
      if (load(ring.control, Control.READER) === Reader.READS) continue;
      for (let next = at + 1; next < kept.length; next += 1) kept[next - 1] = kept[next];
      kept.length -= 1;
      renew(ring, shared);
      return ring;
    }
    return undefined;
  };

  return {
    lend() {
      if (!isRead()) return undefined;
      const ring = free() ?? newRing(shared);
      setEnvironmentData(RING_KEY, ring);
      return ring;
    },
    lent: () => setEnvironmentData(RING_KEY, undefined),
    giveBack(ring) {
      if (!isRead()) kept.length = 0;
      else if (kept.length < MAX_KEPT) kept[kept.length] = ring;
    },
  };
}

/** A worker's side: the ring that its parent lent it; undefined: there is none, or it has another holder. */
export function takeLent(tid: number): Ring | undefined {
  const ring = getEnvironmentData(RING_KEY) as Ring | undefined;
  if (ring === undefined) return undefined;
  // Or workers of this one would find it.
  setEnvironmentData(RING_KEY, undefined);
  return compareExchange(ring.control, Control.HOLDER, 0, tid) === 0 ? ring : undefined;
}
