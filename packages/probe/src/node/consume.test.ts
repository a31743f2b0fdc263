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

test('looked at rarely: a tick writes all that is there, and until the next one the thread does not find its reader late', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'intellimap-consume-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const files = new SegmentFiles(folder, header);
  files.ready();
  const ring = newRing();
  let now = micros();
  let late = 0;
  const { mark } = recorder(ring, { clock: () => now | 0, waitForReader: () => late++ });
  const consumer = new RingConsumer(ring, files, now);
  consumer.grace = GRACE;
  consumer.tick(now, 1, false);
  for (let words = 3; words <= 300; words += 3) {
    now += SLEEP / 10;
    mark(wordOf(Kind.TIME, 0), 0);
    if (words % 30 !== 0) continue;
    consumer.tick(now, 1, false);
    expect(wordsIn(folder)).toBe(words);
  }
  expect(late).toBe(0);
  now += SLEEP + 50_000;
  mark(wordOf(Kind.TIME, 0), 0);
  expect(late).toBe(1);
  files.close();
});
