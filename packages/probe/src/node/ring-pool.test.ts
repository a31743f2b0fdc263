import { setEnvironmentData } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { createEdgeRecorder, createRecorder } from '../core/index.ts';
import { EDGE_SLOTS } from '../wire/edges.ts';
import {
  chunkWordsFor,
  Control,
  Gate,
  GATE_NAMES,
  gateNamed,
  MAX_COUNTED_SITES,
  Reader,
  SLACK_WORDS,
  type GateName,
  type Ring,
} from '../wire/ring.ts';
import type { RingLender } from './follow-workers.ts';
import { Kind, wordOf } from '../wire/words.ts';
import { lendingRings, newRing, renew, takeLent } from './ring-pool.ts';

const SITES = 500;
const sharedWith = (gates: GateName) => {
  const siteCounter = new SharedArrayBuffer(4);
  new Int32Array(siteCounter)[0] = SITES;
  return { gates, siteCounter, chunkWords: chunkWordsFor(1 << 19), tier: 'edges', resources: false };
};
const shared = sharedWith('open');
let read = true;
const pool = (): RingLender => lendingRings(shared, () => read);
afterEach(() => {
  read = true;
  setEnvironmentData('intellimap.ring.1', undefined);
});

/** As its thread and its reader leave it. */
const used = (ring: Ring, reader: number): Ring => {
  ring.control[Control.HOLDER] = 7;
  ring.control[Control.READER] = reader;
  return ring;
};

const hostOf = ({ control }: Ring): Parameters<typeof createRecorder>[1] => ({
  clock: () => 5,
  sign: () => 0,
  isGenerator: () => false,
  waitForSpace: (consumed) => ((control[Control.CONSUMED] = consumed), true),
  waitForReader: () => {},
});

/** Records calls, with a reader that follows at once. */
function record(ring: Ring, words: number): void {
  const probe = createRecorder(ring, hostOf(ring));
  for (let at = 0; at < words; at += 2) {
    probe.e(wordOf(Kind.ENTER, at % SITES));
    probe.l(wordOf(Kind.LEAVE, at % SITES));
  }
}

/** Of some, the place is taken. */
function recordEdges(ring: Ring): void {
  const probe = createEdgeRecorder(ring, ring.edges!, hostOf(ring));
  for (const site of [1, 2, EDGE_SLOTS + 1, EDGE_SLOTS + 2]) probe.a(wordOf(Kind.ENTER, site));
}

const places = (array: Int32Array | Float64Array | Uint8Array, expected: number): number[] => {
  const found: number[] = [];
  for (let at = 0; at < array.length && found.length < 5; at++) if (array[at] !== expected) found.push(at);
  return found;
};

test.each([
  ['nothing', 0, 0],
  ['a few words', 6, 0],
  ['all of a chunk but its slack', shared.chunkWords - SLACK_WORDS - 2, 0],
  ['more than the ring holds', 1 << 20, 0],
  ['calls that never end, beyond the chunk', 100, shared.chunkWords + 100],
])('a ring used again is as a new one: %s', (_what, words, open) => {
  for (const gates of GATE_NAMES) {
    const of = sharedWith(gates);
    const ring = newRing(of);
    record(ring, words);
    for (let at = 0; at < open; at++) ring.data[ring.control[Control.CURSOR]++] = wordOf(Kind.ENTER, 3);
    ring.hits.fill(9, 0, SITES);
    const { table, list } = ring.edges!;
    recordEdges(ring);
    expect([places(table, 0).length, places(list, 0).length]).toEqual([5, 5]);
    const known = ring.control[Control.EDGES];
    ring.gates.fill(Gate.OPEN, 100, SITES);
    for (let at = 0; at < ring.control.length; at++) if (at > Control.PRODUCED) ring.control[at] ^= -1;
    ring.control[Control.EDGES] = known;
    renew(ring, of);
    expect([
      places(ring.data, 0),
      places(ring.hits, 0),
      places(ring.control, 0),
      places(ring.gates, gateNamed(gates)),
      places(table, 0),
      places(list, 0),
    ]).toEqual([[], [], [], [], [], []]);
  }
});

test('an emergency stop has closed all gates, those of functions to come, too', () => {
  const ring = newRing(shared);
  ring.gates.fill(Gate.OFF);
  renew(ring, shared);
  expect(places(ring.gates, Gate.OPEN)).toEqual([]);
  expect(ring.gates.length).toBe(MAX_COUNTED_SITES);
});

/** Rings by the letters of their order: comparing memory takes long. */
const lettersFor = (): ((ring: Ring | undefined) => string) => {
  const known: (Ring | undefined)[] = [];
  return (ring) => {
    if (!known.includes(ring)) known.push(ring);
    return ring === undefined ? 'none' : 'ABCDEF'[known.indexOf(ring)];
  };
};

test('lent again when its thread has ended and its reader is done', () => {
  const rings = pool();
  const letter = lettersFor();
  const [a, b] = [rings.lend()!, rings.lend()!];
  expect([a, b].map(letter).join('')).toBe('AB');
  rings.giveBack(used(a, Reader.READS));
  expect(letter(rings.lend()), 'A is still read').toBe('C');
  a.control[Control.READER] = Reader.DONE;
  rings.giveBack(used(b, Reader.READS));
  expect(letter(rings.lend())).toBe('A');
  expect(a.control[Control.HOLDER]).toBe(0);
  expect(letter(rings.lend()), 'B is still read').toBe('D');
});

test('a thread that recorded nothing gives its ring back at once', () => {
  const rings = pool();
  const letter = lettersFor();
  const a = rings.lend()!;
  letter(a);
  rings.giveBack(used(a, Reader.NONE));
  expect(letter(rings.lend())).toBe('A');
});

test('nobody reads any more: no ring is lent, none is kept', () => {
  const rings = pool();
  const letter = lettersFor();
  const [a, b] = [rings.lend()!, rings.lend()!];
  [a, b].forEach(letter);
  rings.giveBack(used(a, Reader.DONE));
  read = false;
  expect(letter(rings.lend())).toBe('none');
  rings.giveBack(used(b, Reader.DONE));
  read = true;
  expect('AB').not.toContain(letter(rings.lend()));
});

test('one thread takes a lent ring, once', () => {
  const rings = pool();
  const letter = lettersFor();
  const a = rings.lend()!;
  letter(a);
  rings.lent();
  expect(letter(takeLent(3)), 'not a worker that is made later').toBe('none');
  rings.giveBack(a);
  rings.lend();
  expect(letter(takeLent(4))).toBe('A');
  expect(letter(takeLent(4)), 'nor workers of its own').toBe('none');
  setEnvironmentData('intellimap.ring.1', a);
  expect(letter(takeLent(5)), 'it has a holder').toBe('none');
});
