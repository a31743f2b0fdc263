/** Files that are written, moved and removed in a folder that is watched for real. */
import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../store/index.ts';
import { watchGraph, type WatchAnswer } from './graph-watch.ts';

let root: string;
let ends: AbortController;
let watching: Promise<void>;
let updates: WatchAnswer[];
const said: string[] = [];

beforeEach(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'intellimap-watch-')));
  put('package.json', '{ "type": "module" }');
  put('src/a.js', 'export let a = 1;');
  put('.gitignore', 'dist/\n');
  put('dist/b.js', '');
  spawnSync('git', ['init', '-q'], { cwd: root });
  ends = new AbortController();
  updates = [];
  said.length = 0;
  await new Promise<void>((resolve, reject) => {
    watching = watchGraph(root, {
      out: { progress() {}, say: (text) => said.push(text) },
      onReady: () => resolve(),
      onUpdate: (answer) => updates.push(answer),
      signal: ends.signal,
    });
    watching.catch(reject);
  });
});
afterEach(async () => {
  ends.abort();
  await watching;
  rmSync(root, { recursive: true, force: true });
});

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Until so many updates were told, and what they said. */
async function told(count: number): Promise<string[]> {
  for (const until = Date.now() + 30_000; updates.length < count && Date.now() < until;) await sleep(10);
  return updates.map(({ made, removed, whole }) => [...made, ...removed.map((path) => `-${path}`), ...(whole ? ['whole'] : [])].join(' ')); // prettier-ignore
}

/** Until nothing has been told for a while. */
async function quiet(): Promise<void> {
  for (let count = -1; count !== updates.length; await sleep(400)) count = updates.length;
}

/** Somebody else waits for the database and asks, and writes if he will. */
async function asked(...statements: string[]): Promise<unknown[]> {
  const store = await openStore(root, { onMessage: (message) => said.push(message) });
  for (const statement of statements) await store.connection.run(statement);
  const rows = await store.all("SELECT path, text FROM ast_nodes WHERE kind = 'Identifier' ORDER BY path");
  store.close();
  return rows.map((row) => Object.values(row).join(' '));
}

test('a file that is written, one that takes the place of another, one that is written as it was', async () => {
  put('src/a.js', 'export let b = 1;');
  expect(await told(1)).toEqual(['src/a.js']);
  put('src/.a.js.swap', 'export let c = 1;');
  renameSync(join(root, 'src/.a.js.swap'), join(root, 'src/a.js'));
  expect(await told(2)).toEqual(['src/a.js', 'src/a.js']);
  put('src/a.js', 'export let c = 1;');
  put('dist/b.js', 'let b;');
  put('notes.txt', '');
  put('src/a.js', 'export let d = 1;');
  expect((await told(3))[2]).toEqual('src/a.js');
});

test('folders that come, move and go, and what is written in them from then on', async () => {
  put('new/deep/b.js', 'let b;');
  expect((await told(1)).join(' ')).toContain('new/deep/b.js');
  await quiet();
  renameSync(join(root, 'new'), join(root, 'src/moved'));
  await quiet();
  put('src/moved/deep/b.js', 'let moved;');
  await quiet();
  rmSync(join(root, 'src/moved'), { recursive: true });
  put('src/moved/b.js', 'let again;');
  await quiet();
  put('src/moved/b.js', 'let last;');
  await quiet();
  expect(await asked()).toEqual(['src/a.js a', 'src/moved/b.js last']);
});

test('who waits for the database gets it at once, and what he writes there is found', async () => {
  put('src/a.js', 'export let b = 1;');
  await told(1);
  expect(await asked()).toEqual(['src/a.js b']);
  put('src/a.js', 'export let c = 1;');
  expect(await told(2)).toEqual(['src/a.js', 'src/a.js']);
  await asked('DELETE FROM ast_nodes', 'DELETE FROM graph_files', 'DELETE FROM source_files');
  put('package.json', '{ "type": "commonjs" }');
  expect((await told(3))[2]).toBe('src/a.js whole');
  expect(await asked()).toEqual(['src/a.js c']);
  expect(said).toEqual([]);
});
