import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { newRing, recorder } from '../core/fixtures/recorder.ts';
import { decodeEvents, Kind, readSegment, VERSION, wordOf } from '../wire/index.ts';
import { micros } from './clock.ts';
import { RingConsumer } from './consume.ts';
import { SegmentFiles } from './segment-file.ts';

const header = {
  version: VERSION, pid: 1, ppid: 0, tid: 0, name: 'main', argv: [], execPath: '/node', node: 'v20', tier: 'performance', startMicros: 0, startEpochMs: 0,
}; // prettier-ignore

/** As the drain sets it where it sleeps for half a second, beside 5 ms. */
const SLEEP = 500_000;
const GRACE = SLEEP - 5000;

function wordsIn(folder: string): number {
  let words = 0;
  for (const name of fs.readdirSync(folder))
    for (const part of readSegment(fs.readFileSync(path.join(folder, name))))
      if (part.type === 'events') decodeEvents(part.frame, (_, count) => (words += count));
  return words;
}

function consumed() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'intellimap-consume-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const files = new SegmentFiles(folder, header);
  files.ready();
  const ring = newRing();
  const thread = { now: micros(), late: 0 };
  const { mark } = recorder(ring, { clock: () => thread.now | 0, waitForReader: () => thread.late++ });
  const consumer = new RingConsumer(ring, files, thread.now);
  return {
    thread,
    consumer,
    tell: () => mark(wordOf(Kind.TIME, 0), 0),
    tick: (isUrgent = false) => consumer.tick(thread.now, 1, isUrgent),
    written: () => wordsIn(folder),
  };
}

test('looked at rarely: a tick writes all that is there, and until the next one the thread does not find its reader late', () => {
  const { thread, consumer, tell, tick, written } = consumed();
  consumer.grace = GRACE;
  tick();
  for (let words = 3; words <= 300; words += 3) {
    thread.now += SLEEP / 10;
    tell();
    if (words % 30 !== 0) continue;
    tick();
    expect(written()).toBe(words);
  }
  expect(thread.late).toBe(0);
  thread.now += SLEEP + 50_000;
  tell();
  expect(thread.late).toBe(1);
});

test('in a hurry, one tick writes all that is there; otherwise the next one does', () => {
  const { thread, tell, tick, written } = consumed();
  tick();
  tell();
  tick();
  expect(written()).toBe(0);
  tick(true);
  expect(written()).toBe(3);
  tell();
  tick(true);
  expect(written()).toBe(6);
  thread.now += 10_000;
  tell();
  tick();
  thread.now += 10_000;
  tick();
  expect(written()).toBe(9);
});
