/** Who has nothing to load waits for nobody: questions are asked side by side, however long one of them takes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Workspace } from './fixtures/workspace.ts';
import { isFresh } from './fresh.ts';
import { openReading, openStore, refresh, storeFile } from './index.ts';

const PICTURE = [{ picture: 'a{ }a', end: true }];
let workspace: Workspace;

beforeEach(() => {
  workspace = new Workspace();
});
afterEach(() => workspace.remove());

/** Another process has the database open for reading meanwhile. */
async function besideAReader(work: () => Promise<void>): Promise<void> {
  const script = `require('@duckdb/node-api').DuckDBInstance.create(process.argv[1], { access_mode: 'READ_ONLY' })
    .then(() => { console.log('open'); setInterval(() => {}, 1e6); });`;
  const reader = spawn(process.execPath, ['-e', script, storeFile(workspace.root)], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(reader, 'exit');
  try {
    await once(reader.stdout, 'data');
    await work();
  } finally {
    reader.kill();
    await gone;
  }
}

test('what is there already is asked beside another reader; what is new waits for it to end', async () => {
  const { root } = workspace;
  workspace.run('r1', { '7-0': PICTURE });
  await refresh(root);
  await besideAReader(async () => {
    expect(await refresh(root, { waitMs: 0 })).toEqual({ loaded: [], failed: [] });
    (await openReading(root, { waitMs: 0 })).close();
    workspace.run('r2', { '7-0': PICTURE });
    await expect(refresh(root, { waitMs: 0 })).rejects.toThrow(/in use by another IntelliMap/);
  });
  expect(await refresh(root)).toEqual({ loaded: ['r2'], failed: [] });
});

test('a run more, one less, one that changed, other tables or views: not fresh', async () => {
  const { root } = workspace;
  expect(await isFresh(root)).toBe(false);
  const folder = workspace.run('r1', { '7-0': PICTURE });
  const fresh = async (): Promise<boolean> => {
    await refresh(root);
    return await isFresh(root);
  };
  expect(await fresh()).toBe(true);
  utimesSync(join(folder, 'run.json'), 1e9, 1e9);
  expect(await isFresh(root)).toBe(false);
  expect(await fresh()).toBe(true);
  workspace.run('r2', { '7-0': PICTURE });
  expect(await isFresh(root)).toBe(false);
  expect(await fresh()).toBe(true);
  const store = await openStore(root);
  await store.connection.run(`CREATE OR REPLACE VIEW views_version AS SELECT 'older' AS fingerprint`);
  expect(await isFresh(root), 'while this process has it open').toBe(false);
  store.close();
  expect(await isFresh(root)).toBe(false);
  expect(await fresh()).toBe(true);
});
