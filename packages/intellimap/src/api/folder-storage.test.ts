import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StorageExtension } from '../base/extension/index.ts';
import { storageContract } from './extend-testing.ts';
import { folderStorage } from './extend.ts';

let root: string;
let made = 0;
beforeAll(() => void (root = mkdtempSync(join(tmpdir(), 'intellimap-folder-'))));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const empty = () => folderStorage({ name: 'team/archive', path: join(root, `${++made}`) });

describe('a folder', () => {
  for (const { name, run } of storageContract(empty)) test(name, run);

  test('leaves nothing beside its runs, and passes over what is none', async () => {
    const path = join(root, `${made + 1}`);
    const storage = empty();
    const from = join(root, 'from');
    mkdirSync(from);
    const run = { id: 'r1', startedAt: 1, command: ['a'] };
    writeFileSync(join(from, 'export.json'), JSON.stringify({ run }));
    await storage.put(run, from);
    await storage.put(run, from);
    rmSync(join(from, 'export.json'));
    await expect(storage.put({ ...run, id: 'r2' }, from)).rejects.toThrow('export.json');
    expect(readdirSync(path)).toEqual(['r1']);
    mkdirSync(join(path, 'other'));
    writeFileSync(join(path, 'note.txt'), '');
    expect(await storage.list()).toEqual([run]);
  });

  test.each(['../r', '.r', 'a/b', ''])('takes no id that leads elsewhere: %j', async (id) => {
    const run = { id, startedAt: 1, command: [] };
    await expect(empty().put(run, root)).rejects.toThrow('is no id of a run');
    await expect(empty().get(id, root)).rejects.toThrow('is no id of a run');
  });
});

/** Each is wrong in one way; the case that is to notice it does. */
describe('the contract notices', () => {
  const wrong = (change: (right: StorageExtension) => Partial<StorageExtension>) => () => {
    const right = empty();
    return { ...right, ...change(right) };
  };
  test.each<[string, ReturnType<typeof wrong>]>([
    ['has no run', wrong(() => ({ list: async () => [{ id: 'x', startedAt: 1, command: [] }] }))],
    ['lists what', wrong((right) => ({ list: async () => (await right.list()).map((run) => ({ ...run, command: [] })) }))],
    ['gives back', wrong((right) => ({ get: async (id, to) => { await right.get(id, to); rmSync(join(to, 'gaps.parquet'), { force: true }); } }))],
    ['keeps runs apart', wrong((right) => ({ list: async () => (await right.list()).slice(0, 1) }))],
    ['replaces', wrong((right) => ({ put: async (run, from) => ((await right.list()).some(({ id }) => id === run.id) ? undefined : right.put(run, from)) }))],
    ['rejects', wrong((right) => ({ get: async (id, to) => right.get(id, to).catch(() => undefined) }))],
    ['lists nothing', wrong((right) => ({ put: async (run, from) => right.put(run, from).catch(() => undefined) }))],
  ])('%s …', async (name, make) => {
    const failed: string[] = [];
    for (const each of storageContract(make)) await each.run().catch(() => failed.push(each.name));
    expect(failed.some((each) => each.startsWith(name))).toBe(true);
  }); // prettier-ignore
});
