/** A load that is broken off, again and again, ends with the rows of one that was not. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Note } from '@intellimap/probe/wire';
import { TABLES } from '../schema/index.ts';
import { Workspace } from './fixtures/workspace.ts';
import { loadRun, openStore, type Store } from './index.ts';
import { randomFrom, Simulation } from './replay/fixtures/simulation.ts';

let workspace: Workspace;
let store: Store;
beforeEach(async () => {
  workspace = new Workspace();
  store = await openStore(workspace.root);
});
afterEach(() => {
  store.close();
  workspace.remove();
});

class Killed extends Error {}

/** Request `at` begins with its segment, or the one before, and ends two segments later. */
function requestNotes(at: number, segments: number): Note[] {
  const begun = (id: number) => ({
    t: 'resource',
    id,
    kind: 'http',
    method: 'GET',
    url: `http://h/${id}`,
    micros: id,
  });
  const all: Note[] = at % 2 === 0 ? [begun(at + 1), ...(at + 1 < segments ? [begun(at + 2)] : [])] : [];
  return at > 1 ? [...all, { t: 'resource', id: at - 1, took: at, status: 200 }] : all;
}

/** A run of two threads; segments of a few events each. */
function randomRun(seed: number): string {
  const random = randomFrom(seed);
  const segmentsOf = (tokens: string[]) => {
    const pieces: string[][] = [];
    for (let at = 0; at < tokens.length;) pieces.push(tokens.slice(at, (at += 1 + random(12))));
    const { length } = pieces;
    return pieces.map((piece, at) => ({
      picture: [...piece, `@${at + 1}`].join(' '),
      notes: requestNotes(at, length),
      end: at === length - 1,
    }));
  };
  return workspace.run('r1', {
    '7-0': segmentsOf(new Simulation(seed, 60).tokens),
    '7-1': segmentsOf(new Simulation(seed + 1000, 60).tokens),
  });
}

async function rows(): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const table of Object.keys(TABLES))
    found[table] = await store.all(`SELECT * FROM "${table}" ORDER BY ALL`);
  return found;
}

/** Loads; breaks off after some parts. Returns whether it was done. */
async function load(dir: string, parts: number): Promise<boolean> {
  let left = parts;
  try {
    await loadRun(store, dir, {
      checkpointMs: 0,
      // Many leaves of the time index.
      leaves: { words: 20, lines: 17, wordsALine: 1000 },
      onProgress: () => {
        if (left-- === 0) throw new Killed();
      },
    });
    return true;
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    return false;
  }
}

test('with the same rows, wherever it was broken off', async () => {
  for (const seed of [1, 2, 3]) {
    const dir = randomRun(seed);
    await store.connection.run(`UPDATE runs SET loaded_state = ''`);
    expect(await load(dir, Infinity)).toBe(true);
    const whole = await rows();
    await store.connection.run(`UPDATE runs SET loaded_state = ''`);
    const random = randomFrom(seed);
    let times = 0;
    while (!(await load(dir, 3 + random(9)))) times++;
    expect(times).toBeGreaterThan(3);
    expect(await rows()).toEqual(whole);
    expect(existsSync(join(workspace.root, '.intellimap/loading/r1'))).toBe(false);
  }
});

test('what was written down is of no use: it begins anew', async () => {
  const dir = randomRun(6);
  await load(dir, Infinity);
  const whole = await rows();
  const file = join(workspace.root, '.intellimap/loading/r1');
  const damages: ((bytes: Buffer) => Buffer)[] = [
    (bytes) => bytes.subarray(0, bytes.length - 1),
    (bytes) => bytes.subarray(0, 10),
    () => Buffer.alloc(0),
    (bytes) => Buffer.concat([bytes, Buffer.from('x')]),
    (bytes) => Buffer.from(bytes.toString('latin1').replace('"key"', '"kez"'), 'latin1'),
  ];
  for (const damage of damages) {
    await store.connection.run(`UPDATE runs SET loaded_state = ''`);
    expect(await load(dir, 10)).toBe(false);
    writeFileSync(file, damage(readFileSync(file)));
    expect(await load(dir, Infinity)).toBe(true);
    expect(await rows()).toEqual(whole);
  }
});
