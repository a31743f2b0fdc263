import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { decodeEvents, readSegment, type Note } from '../wire/index.ts';
import { fly, header } from './fixtures/flight.ts';
import { FlightSegments } from './flight.ts';

const LIMIT = 1 << 19;

let folder = '';
beforeEach(
  () => (folder = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'intellimap-flight-')), 'thread')),
);
afterEach(() => fs.rmSync(path.dirname(folder), { recursive: true }));

const files = (): string[] => (fs.existsSync(folder) ? fs.readdirSync(folder).toSorted() : []);

function read() {
  const notes: Note[] = [];
  let words = 0;
  let firstWord = Infinity;
  for (const name of files())
    for (const part of readSegment(fs.readFileSync(path.join(folder, name)))) {
      if (part.type === 'note') notes.push(part.note);
      if (part.type !== 'events') continue;
      firstWord = Math.min(firstWord, part.frame.firstWord);
      decodeEvents(part.frame, (_, count) => (words += count));
    }
  return { notes, words, firstWord };
}

test('nothing is written before something happens; then the last of it', () => {
  const flight = new FlightSegments(folder, header, LIMIT);
  flight.note({ t: 'error', id: 1, name: 'Error', message: 'said long ago' });
  fly(flight, 300_000);
  expect(files()).toEqual([]);
  flight.keep('why not', 7);
  const { notes, words, firstWord } = read();
  expect(firstWord).toBeGreaterThan(0);
  expect(firstWord + words).toBe(600_000);
  expect(notes).toEqual([
    { t: 'kept', reason: 'why not', micros: 7 },
    { t: 'error', id: 1, name: 'Error', message: 'said long ago' },
  ]);
  const bytes = files().reduce((sum, name) => sum + fs.statSync(path.join(folder, name)).size, 0);
  expect(bytes).toBeGreaterThan(LIMIT / 2);
  expect(bytes).toBeLessThan(LIMIT * 2);
});

test('what was kept is not kept again', () => {
  const flight = new FlightSegments(folder, header, LIMIT);
  fly(flight, 1000);
  flight.keep('first', 1);
  const before = files();
  fly(flight, 1000);
  flight.keep('second', 2);
  expect(files().slice(0, before.length)).toEqual(before);
  expect(read()).toMatchObject({ words: 4000, firstWord: 0 });
});

test('the end of the thread is written, and what was not kept is not', () => {
  const flight = new FlightSegments(folder, header, LIMIT);
  fly(flight, 1000);
  flight.ending();
  flight.writer.end(9);
  flight.ended();
  flight.close();
  expect(files().length).toBe(1);
  expect(read()).toMatchObject({ words: 0 });
});

test('what a thread held at its end waits for who keeps it', () => {
  const flight = new FlightSegments(folder, header, LIMIT);
  fly(flight, 1000);
  flight.ending();
  flight.writer.end(9);
  flight.ended();
  flight.close();
  expect(flight.left).toBeGreaterThan(0);
  flight.keepLeft('exit code 1', 10);
  expect(files()).toEqual(['000001.seg', '000002.seg']);
  expect(read()).toMatchObject({ words: 2000, firstWord: 0, notes: [{ t: 'kept', reason: 'exit code 1' }] });
  expect(flight.left).toBe(0);
});

test('a full disk loses it, and says so', () => {
  fs.mkdirSync(folder, { recursive: true });
  fs.chmodSync(folder, 0o555);
  const flight = new FlightSegments(path.join(folder, '\0'), header, LIMIT);
  fly(flight, 10);
  flight.keep('now', 1);
  expect(flight.failure).toBeDefined();
  fly(flight, 10);
  flight.keep('again', 2);
  fs.chmodSync(folder, 0o755);
});

test('of notes without end, only the last are held', () => {
  const flight = new FlightSegments(folder, header, LIMIT);
  for (let at = 0; at < 1500; at++) {
    flight.note({ t: 'gc', pauses: [[at, 1, 'minor']] });
    flight.note({ t: 'error', id: at, name: 'Error', message: '' });
  }
  fly(flight, 10);
  flight.keep('why not', 7);
  const { notes } = read();
  const collections = notes.filter(({ t }) => t === 'gc');
  expect([collections.length, collections[0]]).toEqual([1000, { t: 'gc', pauses: [[500, 1, 'minor']] }]);
  expect(notes.filter(({ t }) => t === 'error')).toHaveLength(1500);
});
