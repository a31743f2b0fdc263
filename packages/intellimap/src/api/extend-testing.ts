/** `intellimap/extend/testing`: what every storage must do, for any test runner. I/O: folders for a while, in the system's own. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StorageExtension, StoredRun } from '../base/extension/index.ts';

export interface ContractCase {
  /** A sentence: what holds. */
  name: string;
  /** Rejects when it does not. */
  run: () => Promise<void>;
}

type Files = Record<string, Uint8Array>;

interface Tools {
  storage: StorageExtension;
  /** Puts a run of these files, and removes what it was put from. */
  put: (run: StoredRun, files: Files) => Promise<void>;
  get: (id: string) => Promise<Files>;
  ids: () => Promise<string[]>;
  /** A new folder, empty, that goes when the case is over. */
  folder: () => Promise<string>;
}

const bytes = Uint8Array.from({ length: 1000 }, (_, at) => at % 256);
const stored = (id: string): StoredRun => ({
  id,
  startedAt: 1_790_000_000_123,
  command: ['node', 'a b.js', 'ü'],
});
const manifest = (run: StoredRun): Uint8Array =>
  Buffer.from(JSON.stringify({ format: 'intellimap-parquet', version: 1, schema: 1, run, tables: [] }));

const CASES: Record<string, (tools: Tools) => Promise<void>> = {
  'has no run before one is put': async ({ ids }) => assert.deepEqual(await ids(), []),
  'lists what was put: id, start, command': async ({ storage, put }) => {
    const run = stored('20260101-000000-aaaa');
    await put(run, { 'calls.parquet': bytes });
    const { id, startedAt, command } = (await storage.list())[0];
    assert.deepEqual({ id, startedAt, command: [...command] }, run);
  },
  'gives back every file, byte for byte': async ({ put, get }) => {
    const run = stored('20260101-000000-bbbb');
    await put(run, { 'calls.parquet': bytes, 'gaps.parquet': new Uint8Array(0) });
    const files = await get(run.id);
    assert.deepEqual(Object.keys(files).toSorted(), ['calls.parquet', 'export.json', 'gaps.parquet']);
    assert.deepEqual(files['calls.parquet'], bytes);
    assert.equal(files['gaps.parquet'].length, 0);
    assert.deepEqual(files['export.json'], Uint8Array.from(manifest(run)));
  },
  'keeps runs apart': async ({ put, get, ids }) => {
    await put(stored('20260101-000000-cccc'), { 'a.parquet': bytes });
    await put(stored('20260101-000000-dddd'), { 'b.parquet': bytes });
    assert.deepEqual((await ids()).toSorted(), ['20260101-000000-cccc', '20260101-000000-dddd']);
    assert.deepEqual(Object.keys(await get('20260101-000000-dddd')).toSorted(), ['b.parquet', 'export.json']);
  },
  'replaces a run that is put again, whole': async ({ put, get, ids }) => {
    const run = stored('20260101-000000-eeee');
    await put(run, { 'old.parquet': bytes });
    await put(run, { 'new.parquet': bytes });
    assert.deepEqual(await ids(), [run.id]);
    assert.deepEqual(Object.keys(await get(run.id)).toSorted(), ['export.json', 'new.parquet']);
  },
  'rejects a run that it does not have, and leaves the folder empty': async ({ storage, folder }) => {
    const to = await folder();
    await assert.rejects(storage.get('20260101-000000-ffff', to));
    assert.deepEqual(await readdir(to), []);
  },
  'lists nothing of a run that could not be put': async ({ storage, folder, ids }) => {
    const from = join(await folder(), 'nowhere');
    await assert.rejects(storage.put(stored('20260101-000000-9999'), from));
    assert.deepEqual(await ids(), []);
  },
};

/**
 * The contract of a storage as cases, each on a storage of its own:
 *
 *     for (const { name, run } of storageContract(() => bucket('test'))) test(name, run);
 *
 * @param make a storage that is empty
 */
export const storageContract = (make: () => StorageExtension | Promise<StorageExtension>): ContractCase[] =>
  Object.entries(CASES).map(([name, check]) => ({
    name,
    async run() {
      const scratch = await mkdtemp(join(tmpdir(), 'intellimap-storage-'));
      try {
        await check(toolsOf(await make(), scratch));
      } finally {
        await rm(scratch, { recursive: true, force: true });
      }
    },
  }));

function toolsOf(storage: StorageExtension, scratch: string): Tools {
  let made = 0;
  const folder = async (): Promise<string> => {
    const path = join(scratch, `${++made}`);
    await mkdir(path);
    return path;
  };
  return {
    storage,
    folder,
    ids: async () => (await storage.list()).map(({ id }) => id),
    async put(run, files) {
      const from = await folder();
      for (const [name, content] of Object.entries({ ...files, 'export.json': manifest(run) }))
        await writeFile(join(from, name), content);
      await storage.put(run, from);
      await rm(from, { recursive: true });
    },
    async get(id) {
      const to = await folder();
      await storage.get(id, to);
      const names = await readdir(to);
      return Object.fromEntries(
        await Promise.all(names.map(async (name) => [name, Uint8Array.from(await readFile(join(to, name)))])),
      ) as Files;
    },
  };
}
