import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { randomOf, TaskMaker } from '../core/fixtures/tasks.ts';
import { isSampled } from '../core/sampling.ts';
import { decodeEvents, readSegment, VERSION, type Note } from '../wire/index.ts';
import { SampledWords } from './consume-sampled.ts';
import { FlightSegments } from './flight.ts';
import { SampleQueue } from '../wire/sample-queue.ts';
import { SegmentFiles } from './segment-file.ts';

const header = {
  version: VERSION, pid: 1, ppid: 0, tid: 0, name: 'main', argv: [], execPath: '/node', node: 'v20', tier: 'performance', startMicros: 0, startEpochMs: 0,
}; // prettier-ignore

const base = fs.mkdtempSync(path.join(os.tmpdir(), 'intellimap-sampled-'));
afterEach(() => fs.rmSync(base, { recursive: true, force: true }));

interface Read {
  words: number[];
  notes: Note[];
  /** Word → it happened not before, and not after. */
  since: number[];
  until: number[];
}

function read(folder: string): Read {
  const found: Read = { words: [], notes: [], since: [], until: [] };
  for (const name of fs.existsSync(folder) ? fs.readdirSync(folder).toSorted() : [])
    for (const part of readSegment(fs.readFileSync(path.join(folder, name)))) {
      if (part.type === 'note') found.notes.push(part.note);
      if (part.type !== 'events') continue;
      const { sampleAt, sampleMicros } = part.frame;
      decodeEvents(part.frame, (words, count) => {
        for (let at = 0; at < count; at++) {
          found.words.push(words[at]);
          const samples = [...sampleAt].map((place, index) => ({ place, micros: sampleMicros[index] }));
          found.since.push(Math.max(-Infinity, ...samples.filter(({ place }) => place <= at).map(({ micros }) => micros))); // prettier-ignore
          found.until.push(Math.min(Infinity, ...samples.filter(({ place }) => place > at).map(({ micros }) => micros))); // prettier-ignore
        }
      });
    }
  return found;
}

/** Word `k` of the thread is written in µs `10 k`; the drain looks now and then, and takes what it saw at the look before. */
function drained(folder: string, seed: number, rate: number) {
  const random = randomOf(seed);
  const { words, owners } = new TaskMaker(random, 400);
  const files = new SegmentFiles(folder, header);
  files.ready();
  const queue = new SampleQueue();
  const sampled = new SampledWords(files, queue, { choose: (nth) => isSampled(nth, 0, rate) });
  const all = Int32Array.from(words);
  queue.add(0, 0);
  let seen = 0;
  for (let place = 0; place < all.length;) {
    place = Math.min(all.length, place + random(200));
    queue.add(place, place * 10);
    sampled.take(all, sampled.read, seen);
    sampled.look(place * 10);
    seen = place;
  }
  sampled.take(all, sampled.read, seen);
  sampled.end(all.length * 10);
  files.close();
  const places = owners.flatMap(({ nth }, place) => (nth === 0 || isSampled(nth, 0, rate) ? [place] : []));
  return { all, places, ...read(folder) };
}

test.each([0.2, 1])('what is kept has the times that it had, at rate %d', (rate) => {
  for (let seed = 1; seed <= 3; seed++) {
    const { all, places, words, since, until, notes } = drained(
      path.join(base, `${rate}-${seed}`),
      seed,
      rate,
    );
    expect(words).toEqual(places.map((place) => all[place]));
    places.forEach((place, at) => {
      expect(since[at]).toBeLessThanOrEqual(place * 10);
      expect(until[at]).toBeGreaterThan(place * 10);
    });
    const told = notes.findLast(({ t }) => t === 'sampling');
    expect(told).toMatchObject({ words: all.length - places.length });
    // Windows stay short where little is left out.
    if (rate === 1) expect(Math.max(...until.map((end, at) => end - since[at]))).toBeLessThanOrEqual(4000);
  }
});

test('what a flight recorder keeps has the turn at hand in it, once it is known whose that is', () => {
  const folder = path.join(base, 'flight');
  const { words } = new TaskMaker(randomOf(5), 40);
  const all = Int32Array.from(words);
  const files = new FlightSegments(folder, header, 1 << 20);
  files.ready();
  const sampled = new SampledWords(files, new SampleQueue(), { choose: () => true });
  let upTo = 0;
  while (!sampled.keepsLater('why')) upTo += sampled.take(all, upTo, upTo + 4);
  sampled.look(1);
  expect(read(folder).words).toEqual([]);
  sampled.take(all, upTo, all.length);
  sampled.look(2);
  const { words: kept, notes } = read(folder);
  expect(kept.length).toBeGreaterThan(upTo);
  expect(notes.filter(({ t }) => t === 'kept')).toEqual([{ t: 'kept', reason: 'why', micros: 2 }]);
});

test('what tasks are is written of those that are kept, also when it is told late', () => {
  const folder = path.join(base, 'notes');
  const { words, tasks } = new TaskMaker(randomOf(3), 200);
  const declared = tasks.filter((task) => task.declared > 0);
  const files = new SegmentFiles(folder, header);
  files.ready();
  const sampled = new SampledWords(files, new SampleQueue(), { choose: (nth) => nth % 3 === 0 });
  const note = (id: number): void => {
    const told = { t: 'task', id, kind: 'request', name: `GET /${id}` } as const;
    if (!sampled.note(told)) files.note(told);
  };
  const half = declared.length >> 1;
  for (const task of declared.slice(0, half)) note(task.declared);
  sampled.take(Int32Array.from(words), 0, words.length);
  for (const task of declared.slice(half)) note(task.declared);
  files.close();
  const { notes } = read(folder);
  expect(notes.map((each) => (each as { id?: number }).id)).toEqual(
    declared.filter(({ nth }) => nth % 3 === 0).map((task) => task.declared),
  );
});
