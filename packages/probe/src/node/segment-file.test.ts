import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import {
  CONTROL_WORDS,
  Control,
  Kind,
  MAX_COUNTED_SITES,
  SEGMENT_BYTES,
  VERSION,
  dataWords,
  decodeEvents,
  readSegment,
  wordOf,
} from '../wire/index.ts';
import { createRecorder } from '../core/index.ts';
import { RingConsumer } from './consume.ts';
import { SegmentFiles } from './segment-file.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'intellimap-files-'));
afterEach(() => {
  vi.restoreAllMocks();
  fs.rmSync(folder, { recursive: true, force: true });
});

const header = {
  version: VERSION,
  pid: 1,
  ppid: 0,
  tid: 0,
  name: 'main',
  argv: [],
  execPath: '',
  node: '',
  tier: 'performance',
  startMicros: 0,
  startEpochMs: 0,
};
const CHUNK = 1 << 16;
const newRing = () => ({
  data: new Int32Array(dataWords(CHUNK)),
  control: new Int32Array(new SharedArrayBuffer(CONTROL_WORDS * 4)),
  hits: new Float64Array(2000),
  gates: new Uint8Array(MAX_COUNTED_SITES),
  chunkWords: CHUNK,
});

test('a long recording is cut into files, each with the state at its start', () => {
  const ring = newRing();
  const files = new SegmentFiles(folder, header);
  const consumer = new RingConsumer(ring, files, 0);
  let now = 0;
  const waitForSpace = (): boolean => {
    consumer.tick((now += 1000), 0, false);
    return true;
  };
  const probe = createRecorder(ring, {
    clock: () => 0,
    sign: () => 0,
    waitForSpace,
    waitForReader: () => {},
    isGenerator: () => false,
  });
  probe.e(wordOf(Kind.ENTER, 1));
  const calls = 3_000_000;
  // Sites in no order at all: nothing to guess, so the bytes are many.
  for (let call = 0; call < calls; call++) {
    const site = Math.imul(call, 0x9e3779b1) >>> 4;
    probe.e(wordOf(Kind.ENTER, site));
    probe.l(wordOf(Kind.LEAVE, site));
  }
  ring.control[Control.FLUSH] = 1;
  consumer.flush(1, (now += 1000), 0);
  files.close();
  const names = fs.readdirSync(folder);
  expect(names).toEqual(['000001.seg', '000002.seg']);
  let words = 0;
  for (const [at, name] of names.entries()) {
    const bytes = fs.readFileSync(path.join(folder, name));
    expect(bytes.length).toBeLessThan(SEGMENT_BYTES + (1 << 20));
    const parts = [...readSegment(bytes)];
    const [first, second] = parts;
    expect(first).toMatchObject({ type: 'header', header: { segment: at + 1 } });
    if (second.type !== 'keyframe') throw new Error('keyframe expected');
    expect(second.keyframe.words).toBe(words);
    expect([...second.keyframe.stack.sites].slice(0, 1)).toEqual(at === 0 ? [] : [1]);
    for (const part of parts) {
      if (part.type !== 'events') continue;
      expect(part.frame.firstWord).toBe(words);
      const { sampleAt, sampleMicros } = part.frame;
      expect(sampleAt[0]).toBe(0);
      expect(sampleAt.at(-1)).toBeGreaterThanOrEqual(part.frame.words);
      expect([...sampleMicros]).toEqual([...sampleMicros].toSorted((a, b) => a - b));
      decodeEvents(part.frame, (_, count) => (words += count));
    }
  }
  expect(words).toBe(2 * calls + 1);
});

test('a full disk: the ring is emptied all the same, the loss is counted and the reason is told', () => {
  const ring = newRing();
  const files = new SegmentFiles(folder, header);
  const consumer = new RingConsumer(ring, files, 0);
  const probe = createRecorder(ring, {
    clock: () => 0,
    sign: () => 0,
    waitForSpace: () => (consumer.tick(0, 0, false), true),
    waitForReader: () => {},
    isGenerator: () => false,
  });
  const { writeSync } = fs;
  let room = 2000;
  vi.spyOn(fs, 'writeSync').mockImplementation(((
    fd: number,
    bytes: Uint8Array,
    at: number,
    length: number,
  ) => {
    if (room <= 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    const part = Math.min(length, room);
    room -= part;
    return writeSync(fd, bytes, at, part);
  }) as typeof fs.writeSync);
  for (let call = 0; call < 1_000_000; call++) probe.l(wordOf(Kind.LEAVE, Math.imul(call, 0x9e3779b1) >>> 4));
  ring.control[Control.FLUSH] = 1;
  consumer.flush(1, 0, 0);
  expect(ring.control[Control.FLUSHED]).toBe(1);
  const written = files.writer.stack.wordCount;
  expect(ring.control[Control.LOST]).toBeGreaterThanOrEqual(1_000_000 - written);
  const told = JSON.parse(fs.readFileSync(path.join(folder, 'drain-error.json'), 'utf8')) as object;
  expect(told).toMatchObject({ code: 'ENOSPC', message: 'no space left on device', segment: 1 });
  const parts = [...readSegment(fs.readFileSync(path.join(folder, '000001.seg')))];
  expect(parts.map(({ type }) => type)).toEqual(['header', 'keyframe', 'truncated']);
});

test.each<[string, (ring: ReturnType<typeof newRing>) => void, boolean]>([
  ['has all that it wrote: it ends with the time', () => {}, true],
  [
    'while it waits for room, too',
    ({ control }) => {
      control[Control.CHUNK_END] = control[Control.CURSOR];
      control[Control.PRODUCED] = 1;
    },
    true,
  ],
  [
    'within an event: it is cut off',
    ({ data, control }) => {
      data[control[Control.CURSOR]++] = wordOf(Kind.FRAME_ENTER, 3);
    },
    false,
  ],
  [
    'where nobody reads, as it may not wait: it is cut off',
    ({ control }) => {
      control[Control.CURSOR] = 4 * CHUNK + 7;
    },
    false,
  ],
])('a thread that is terminated %s', (_, stop, hasEnd) => {
  const ring = newRing();
  const consumer = new RingConsumer(ring, new SegmentFiles(folder, header), 0);
  ring.data[ring.control[Control.CURSOR]++] = wordOf(Kind.ENTER, 1);
  ring.data[ring.control[Control.CURSOR]++] = wordOf(Kind.ENTER, 2);
  stop(ring);
  consumer.finish(30_000, 0);
  const parts = [...readSegment(fs.readFileSync(path.join(folder, '000001.seg')))];
  const ends = parts.flatMap((part) => (part.type === 'end' ? [part.totals] : []));
  expect(ends).toMatchObject(hasEnd ? [{ calls: 2, words: 2, micros: 30_000 }] : []);
});

test('counters are written as what was added', () => {
  const ring = newRing();
  const files = new SegmentFiles(folder, header);
  const consumer = new RingConsumer(ring, files, 0);
  ring.hits[7] = 3;
  consumer.tick(10_000, 1000, false);
  ring.hits[7] = 10;
  ring.hits[999] = 1;
  consumer.tick(20_000, 1000, false);
  consumer.finish(30_000, 1000);
  const parts = [...readSegment(fs.readFileSync(path.join(folder, '000001.seg')))];
  const counts = parts.flatMap((part) =>
    part.type === 'counts' ? [[part.counts.micros, [...part.counts.sites], [...part.counts.deltas]]] : [],
  );
  expect(counts).toEqual([
    [10_000, [7], [3]],
    [20_000, [7, 999], [7, 1]],
  ]);
});
