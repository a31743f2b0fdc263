import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SCHEMA_VERSION, type Table, TABLES } from '../schema/index.ts';
import { freshStore } from './fixtures/stored.ts';
import { openStore, refresh, removeRuns, storeFile } from './index.ts';

const stored = freshStore();
const { open, rows } = stored;

test('the live database explains every table and column', async () => {
  await open();
  const undocumented = await stored.store.all(
    "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND (comment IS NULL OR comment = '')",
  );
  expect(undocumented).toEqual([]);
  expect(
    await stored.store.all("SELECT table_name FROM duckdb_tables() WHERE comment IS NULL OR comment = ''"),
  ).toEqual([]);
  const found = await rows(
    'SELECT table_name, count(*) FROM duckdb_columns() SEMI JOIN duckdb_tables() USING (table_name) GROUP BY ALL ORDER BY ALL',
  );
  expect(found).toEqual(
    Object.entries(TABLES as Record<string, Table>)
      .map(([name, table]) => `${name} ${Object.keys(table.columns).length}`)
      .toSorted(),
  );
});

describe('the database', () => {
  test('that is broken is set aside and rebuilt from the recordings', async () => {
    stored.workspace.run('r1', { '7-0': [{ picture: 'a{ }a', end: true }] });
    await refresh(stored.workspace.root);
    const messages: string[] = [];
    for (const rubbish of [
      Buffer.alloc(5000, 7),
      readFileSync(storeFile(stored.workspace.root)).fill(9, 20, 9000),
    ]) {
      writeFileSync(storeFile(stored.workspace.root), rubbish);
      expect(
        await refresh(stored.workspace.root, { onMessage: (message) => messages.push(message) }),
      ).toEqual({
        loaded: ['r1'],
        failed: [],
      });
    }
    expect(messages.length).toBe(2);
    expect(messages[0]).toContain('set aside');
    // The last one.
    expect(
      readdirSync(join(stored.workspace.root, '.intellimap')).filter((name) => name.includes('broken'))
        .length,
    ).toBe(1);
  });
  test('of an older version is rebuilt, of a newer one is left alone', async () => {
    await open();
    await stored.store.connection.run('UPDATE schema_version SET version = 0');
    stored.store.close();
    await open();
    expect(stored.store.rebuilt).toContain('version 0');
    await stored.store.connection.run(`UPDATE schema_version SET version = ${SCHEMA_VERSION + 1}`);
    stored.store.close();
    await expect(open()).rejects.toThrow(/newer IntelliMap/);
    await expect(open()).rejects.toThrow(/newer IntelliMap/);
  });
  test('in use in this process: wait, say so, give up', async () => {
    await open();
    const messages: string[] = [];
    await expect(
      openStore(stored.workspace.root, { waitMs: 600, onMessage: (message) => messages.push(message) }),
    ).rejects.toThrow(/in use by another IntelliMap/);
    expect(messages.length).toBe(1);
    setTimeout(() => stored.store.close(), 200);
    (await openStore(stored.workspace.root, { waitMs: 5000 })).close();
  });
  test('in use in another process: the same', async () => {
    await open();
    stored.store.close();
    const script = `const { DuckDBInstance } = require('@duckdb/node-api'); DuckDBInstance.create(${JSON.stringify(storeFile(stored.workspace.root))}).then(() => { console.log('open'); setTimeout(() => process.exit(0), 1500); setInterval(() => {}, 1e6); });`;
    const child = spawn(process.execPath, ['-e', script], {
      cwd: import.meta.dirname,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const gone = new Promise((resolve) => child.once('exit', resolve));
    await new Promise((resolve) => child.stdout.once('data', resolve));
    await expect(openStore(stored.workspace.root, { waitMs: 200 })).rejects.toThrow(
      /in use by another IntelliMap/,
    );
    (await openStore(stored.workspace.root, { waitMs: 10_000 })).close();
    await gone;
  });
  test('forgets runs that are removed', async () => {
    await removeRuns(stored.workspace.root, ['r1']);
    expect(existsSync(storeFile(stored.workspace.root))).toBe(false);
    for (const id of ['r1', 'r2']) stored.workspace.run(id, { '7-0': [{ picture: 'a{ }a', end: true }] });
    await refresh(stored.workspace.root);
    await removeRuns(stored.workspace.root, ['r1']);
    await open();
    expect(await rows('SELECT run_id, count(*) FROM calls GROUP BY 1')).toEqual(['r2 1']);
  });
});
