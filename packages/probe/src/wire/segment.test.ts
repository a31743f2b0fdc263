import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wholeEvents } from './codec.ts';
import { anyWords, programWords } from './fixtures/words.ts';
import { decodeEvents, readSegment, type Part } from './read.ts';
import { FRAME_HEADER_BYTES, SegmentWriter, frameCrc, type SegmentHeader } from './segment.ts';
import { Kind, VERSION, wordOf } from './words.ts';

const header: SegmentHeader = {
  version: VERSION,
  pid: 1,
  ppid: 0,
  tid: 0,
  name: 'main',
  argv: ['node'],
  execPath: '/node',
  node: 'v0',
  tier: 'performance',
  startMicros: 5,
  startEpochMs: 6,
  segment: 1,
};

/** A segment of one EVENTS frame per batch, then a note, counts and the end. */
function segmentOf(batches: Int32Array[]): Uint8Array {
  const pieces: Uint8Array[] = [];
  const writer = new SegmentWriter((bytes) => pieces.push(bytes.slice()));
  writer.begin(header);
  for (const words of batches) {
    const first = writer.stack.wordCount;
    const at = Float64Array.from([first, first + words.length]);
    writer.events(words, 0, words.length, { count: 2, at, micros: Float64Array.from([10, 20]) });
  }
  writer.note({ t: 'error', id: 1, name: 'TypeError', message: 'ü' });
  writer.values(1e10, [Uint8Array.of(1, 2), Uint8Array.of(3)], [5, 2 ** 31, 0]);
  writer.counts([3, 9], [1, 2 ** 40], 2, 77);
  writer.edges(
    { callers: [0, 9], callees: [2 ** 28 - 1, 3], calls: [1, 2 ** 40], count: 2, roomless: 5 },
    78,
  );
  writer.end(99);
  return Uint8Array.from(pieces.flatMap((piece) => [...piece]));
}

const types = (parts: Iterable<Part>): string => [...parts].map(({ type }) => type).join(' ');

function wordsOf(parts: Iterable<Part>): number[] {
  const all: number[] = [];
  for (const part of parts) {
    if (part.type === 'events')
      decodeEvents(part.frame, (words, count) => all.push(...words.subarray(0, count)));
  }
  return all;
}

test('what is written is read', () => {
  const words = Int32Array.from([wordOf(Kind.ENTER, 7), wordOf(Kind.ENTER, 8), wordOf(Kind.LEAVE, 8)]);
  const parts = [...readSegment(segmentOf([words, Int32Array.from([wordOf(Kind.LEAVE, 7)])]))];
  expect(types(parts)).toBe('header keyframe events events note values counts edges end');
  expect(parts[0]).toMatchObject({ header });
  expect(parts[3]).toMatchObject({
    frame: { firstCall: 2, firstEvent: 3, firstWord: 3, lost: 0, words: 1, calls: 0, events: 1 },
  });
  const [, , , second] = parts;
  if (second?.type !== 'events') throw new Error('events expected');
  expect([...second.frame.stack.sites]).toEqual([7]);
  expect([...second.frame.stack.calls]).toEqual([0]);
  expect([...second.frame.sampleAt]).toEqual([0, 1]);
  expect([...second.frame.sampleMicros]).toEqual([10, 20]);
  expect(parts[4]).toMatchObject({ note: { name: 'TypeError', message: 'ü' } });
  expect(parts[5]).toMatchObject({
    values: { from: 1e10, bytes: Uint8Array.of(1, 2, 3), counts: [5, 2 ** 31, 0] },
  });
  expect(parts[6]).toMatchObject({ counts: { micros: 77 } });
  expect(parts[7]).toMatchObject({ edges: { micros: 78, roomless: 5 } });
  expect(parts[8]).toMatchObject({ totals: { calls: 2, events: 4, words: 4, micros: 99 } });
});

test('any words in any batches come back', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(anyWords, programWords), { maxLength: 4 }), (batches) => {
      const parts = [...readSegment(segmentOf(batches))];
      expect(types(parts)).not.toMatch(/damaged|truncated/);
      // A cut event at the end of a batch is not taken; here nobody offers it again.
      const whole = batches.flatMap((words) => [...words.subarray(0, wholeEvents(words, 0, words.length))]);
      expect(wordsOf(parts)).toEqual(whole);
    }),
    { numRuns: 200 },
  );
});

test('any edges come back', () => {
  const site = fc.integer({ min: 0, max: 2 ** 28 - 1 });
  const edge = fc.tuple(site, site, fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }));
  fc.assert(
    fc.property(fc.array(edge), fc.nat(), fc.nat(), (edges, roomless, micros) => {
      const pieces: number[] = [];
      const writer = new SegmentWriter((bytes) => pieces.push(...bytes));
      const [callers, callees, calls] = [0, 1, 2].map((field) => edges.map((each) => each[field]));
      writer.edges({ callers, callees, calls, count: edges.length, roomless }, micros);
      const parts = [...readSegment(Uint8Array.from(pieces))];
      const isNothing = edges.length === 0 && roomless === 0;
      expect(types(parts)).toBe(isNothing ? '' : 'edges');
      if (parts[0]?.type !== 'edges') return;
      const { edges: read } = parts[0];
      expect([...read.calls].map((times, at) => [read.callers[at], read.callees[at], times])).toEqual(edges);
      expect([read.roomless, read.micros]).toEqual([roomless, micros]);
    }),
  );
});

test('a keyframe holds stack and frames in the middle of things', () => {
  const words = Int32Array.from([
    wordOf(Kind.ENTER, 7),
    wordOf(Kind.FRAME_ENTER, 8),
    1,
    100,
    wordOf(Kind.SUSPEND, 9),
    1,
    101,
    wordOf(Kind.ENTER, 10),
    wordOf(Kind.FRAME_ENTER, 11),
    2,
    102,
  ]);
  const pieces: Uint8Array[] = [];
  const writer = new SegmentWriter((bytes) => pieces.push(bytes.slice()));
  writer.stack.follow(words, 0, words.length);
  writer.begin(header);
  const [, part] = [...readSegment(Uint8Array.from(pieces.flatMap((piece) => [...piece])))];
  if (part?.type !== 'keyframe') throw new Error('keyframe expected');
  const { keyframe } = part;
  expect(keyframe).toMatchObject({ calls: 4, events: 5, words: 11, lost: 0 });
  expect([...keyframe.stack.sites]).toEqual([7, 10, 11]);
  expect([...keyframe.stack.calls]).toEqual([0, 2, 3]);
  expect([...keyframe.stack.frames]).toEqual([0, 0, 2]);
  expect([...keyframe.open]).toEqual([
    [1, { site: 8, call: 1, parent: 0, suspended: true }],
    [2, { site: 11, call: 3, parent: 2, suspended: false }],
  ]);
});

const sample = segmentOf([
  Int32Array.from([wordOf(Kind.ENTER, 7), wordOf(Kind.THROWN, 3), 3, wordOf(Kind.LEAVE, 7)]),
  Int32Array.from([wordOf(Kind.ENTER, 9), wordOf(Kind.LEAVE, 9)]),
]);
const sound = [...readSegment(sample)];

test('a flipped bit anywhere is detected and costs only its own frame', () => {
  for (let at = 0; at < sample.length; at++) {
    for (const bit of [1, 16, 128]) {
      const bytes = sample.slice();
      bytes[at] ^= bit;
      const parts = [...readSegment(bytes)];
      const hit = sound.findIndex(({ from, to }) => from <= at && at < to);
      const bad = parts.filter(({ type }) => type === 'damaged' || type === 'truncated');
      expect(bad.length).toBeGreaterThan(0);
      expect(bad[0].from).toBe(sound[hit].from);
      expect(bad.at(-1)!.to).toBe(sound[hit].to);
      expect(parts.length - bad.length).toBe(sound.length - 1);
    }
  }
});

test('a file cut anywhere gives all whole frames before the cut', () => {
  for (let length = 0; length < sample.length; length++) {
    const parts = [...readSegment(sample.slice(0, length))];
    const whole = sound.filter(({ to }) => to <= length);
    const isClean = length === (whole.at(-1)?.to ?? 0);
    expect(types(parts)).toBe(
      [...whole.map(({ type }) => type), ...(isClean ? [] : ['truncated'])].join(' '),
    );
  }
});

test('bytes without sense never throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(), (noise, at) => {
      const cut = at % sample.length;
      for (const bytes of [noise, Uint8Array.from([...sample.subarray(0, cut), ...noise, ...sample])]) {
        for (const part of readSegment(bytes)) expect(part.to).toBeGreaterThan(part.from);
      }
    }),
  );
});

test('a segment from the future says what to do', () => {
  const bytes = sample.slice();
  bytes[4] = VERSION + 1;
  const end = sound[0].to;
  new DataView(bytes.buffer).setUint32(12, frameCrc(bytes, 0, end), true);
  const parts = [...readSegment(bytes)];
  expect(types(parts)).toBe('newer');
  expect(parts[0]).toMatchObject({
    version: VERSION + 1,
    advice: `recorded by a newer IntelliMap (format ${VERSION + 1}); this one reads up to ${VERSION}: update intellimap`,
  });
  expect(end).toBeGreaterThan(FRAME_HEADER_BYTES);
});

test('a segment of version 1, as it was written then', () => {
  const parts = [...readSegment(readFileSync(new URL('fixtures/version-1.seg', import.meta.url)))];
  expect(types(parts)).toBe('header keyframe events note end');
  expect(parts[0]).toMatchObject({ header: { version: 1, startMicros: 5 } });
  const { ENTER, FRAME_ENTER, THROWN, SUSPEND, LEAVE, TASK, TIME } = Kind;
  // prettier-ignore
  expect(wordsOf(parts)).toEqual([
    wordOf(ENTER, 7), wordOf(FRAME_ENTER, 8), 1, 100, wordOf(THROWN, 9), 3, wordOf(SUSPEND, 10), 1, 120,
    wordOf(LEAVE, 7), wordOf(TASK, 0), 4, 130, wordOf(TIME, 0), 0, 140,
  ]);
  expect(parts[4]).toMatchObject({ totals: { calls: 2, words: 16, micros: 160 } });
});
