import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSegment } from '../wire/index.ts';
import { fly, header } from './fixtures/flight.ts';
import { HeldFiles, limitHeld } from './held-files.ts';

const LIMIT = 1 << 19;
/** No process has it. */
const GONE = 2 ** 22 + 1;

let run = '';
beforeEach(() => (run = fs.mkdtempSync(path.join(os.tmpdir(), 'intellimap-held-'))));
afterEach(() => fs.rmSync(run, { recursive: true }));

const folderOf = (where: string): string => path.join(run, where, '1-0');
const files = (where: string): string[] =>
  fs.existsSync(folderOf(where)) ? fs.readdirSync(folderOf(where)).toSorted() : [];

/** Notes and words in the order of the files. */
function read(where: string) {
  const notes: string[] = [];
  let words = 0;
  for (const name of files(where))
    for (const part of readSegment(fs.readFileSync(path.join(folderOf(where), name)))) {
      if (part.type === 'note') notes.push(part.note.t);
      if (part.type === 'events') words += part.frame.words;
    }
  return { notes, words };
}

const held = (): HeldFiles => new HeldFiles(run, '1-0', header, LIMIT);

test('all is there when the process is killed, but no more than the last of it', () => {
  const flight = held();
  flight.note({ t: 'error', id: 1, name: 'Error', message: 'said long ago' });
  fly(flight, 300_000);
  expect(files('threads')).toEqual([]);
  const { notes, words } = read('held');
  expect(notes).toEqual(['error']);
  expect(words).toBeGreaterThan(0);
  expect(words).toBeLessThan(600_000);
  const bytes = files('held').reduce(
    (sum, name) => sum + fs.statSync(path.join(folderOf('held'), name)).size,
    0,
  );
  expect(bytes).toBeLessThan(LIMIT * 2);
});

test('what is kept goes where recordings are, and is not kept again', () => {
  const flight = held();
  flight.note({ t: 'error', id: 1, name: 'Error', message: 'said' });
  fly(flight, 1000);
  flight.keep('first', 1);
  expect(files('held')).toEqual([]);
  expect(read('threads')).toEqual({ notes: ['error', 'kept'], words: 2000 });
  flight.note({ t: 'cost', micros: 1, cpu: 1, own: 1 });
  expect(files('held')).toEqual([]);
  fly(flight, 1000);
  flight.keep('second', 2);
  expect(read('threads')).toEqual({ notes: ['error', 'kept', 'cost', 'kept'], words: 4000 });
});

test('notes without end go with the words near by', () => {
  const flight = held();
  flight.note({ t: 'error', id: 1, name: 'Error', message: 'said' });
  for (let at = 0; at < 2000; at++)
    for (const t of ['sampling', 'rate', 'gates', 'gc', 'cost', 'task']) flight.note({ t, micros: at });
  expect(read('held')).toEqual({ notes: ['error'], words: 0 });
  fly(flight, 1);
  expect(read('held').notes).toHaveLength(1 + 1000);
});

test('the end of the thread is written; what came before waits until somebody keeps it, or lets it go', () => {
  for (const isKept of [true, false]) {
    const flight = held();
    fly(flight, 1000);
    flight.ending();
    flight.ready();
    flight.writer.end(9);
    flight.ended();
    flight.close();
    expect(read('threads')).toEqual({ notes: [], words: 0 });
    expect(flight.left).toBeGreaterThan(0);
    if (isKept) flight.keepLeft('exit code 1', 10);
    else flight.letLeftGo();
    expect(files('held')).toEqual([]);
    expect(read('threads')).toEqual(isKept ? { notes: ['kept'], words: 2000 } : { notes: [], words: 0 });
    fs.rmSync(folderOf('threads'), { recursive: true });
  }
});

test('of what processes left that are gone, the oldest goes', () => {
  const leave = (pid: number, bytes: number, at: number): void => {
    const folder = path.join(run, 'held', `${pid}-0`);
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, '000001.seg'), Buffer.alloc(bytes));
    fs.utimesSync(path.join(folder, '000001.seg'), at, at);
  };
  leave(GONE, 1000, 1);
  leave(GONE + 1, 1000, 3);
  leave(GONE + 2, 1000, 2);
  leave(process.pid, 9000, 0);
  limitHeld(run, 2500);
  expect(fs.readdirSync(path.join(run, 'held')).toSorted()).toEqual(
    [`${process.pid}-0`, `${GONE + 1}-0`, `${GONE + 2}-0`].toSorted(),
  );
});
