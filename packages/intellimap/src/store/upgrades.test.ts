/** Databases as they were written then, in `fixtures/version-<n>.duckdb.gz`; each becomes one of today, with all that was in it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SCHEMA_VERSION, type Table, TABLES } from '../schema/index.ts';
import { Workspace } from './fixtures/workspace.ts';
import { storeFile } from './store-file.ts';
import { openStore } from './store.ts';

let workspace: Workspace;
beforeEach(() => void (workspace = new Workspace()));
afterEach(() => workspace.remove());

function place(version: number): void {
  const file = storeFile(workspace.root);
  mkdirSync(dirname(file), { recursive: true });
  const old = readFileSync(new URL(`fixtures/version-${version}.duckdb.gz`, import.meta.url));
  writeFileSync(file, gunzipSync(old));
}

test.each([
  // To be loaded again.
  [5, 'version 6'],
  [6, 'version 6'],
  [7, expect.stringMatching(/^[0-9a-f]{32}$/)],
  [8, expect.stringMatching(/^[0-9a-f]{32}$/)],
])(
  'version %i, a recording of e2e/programs/esm: its rows stay, and the tables are those of today',
  async (version, state) => {
    place(version);
    const store = await openStore(workspace.root);
    try {
      expect(store.rebuilt).toBe(null);
      expect(await store.all('SELECT version FROM schema_version')).toEqual([{ version: SCHEMA_VERSION }]);
      expect(await store.all('SELECT calls_total, complete, loaded_state FROM runs')).toEqual([
        { calls_total: 55, complete: true, loaded_state: state },
      ]);
      expect(await store.all('SELECT tid, kind, url FROM threads')).toEqual([
        { tid: 0, kind: 'main', url: null },
      ]);
      expect(
        await store.all('SELECT hits FROM nodes_runtime WHERE ast_node_id LIKE $id', { id: '%#risky' }),
      ).toEqual([{ hits: 4 }]);
      const columns = await store.all<{ t: string; c: string }>(
        'SELECT table_name AS t, column_name AS c FROM duckdb_columns() SEMI JOIN duckdb_tables() USING (table_name) ORDER BY t, column_index',
      );
      // In order, as rows are written by the place of a column.
      expect(columns.map(({ t, c }) => `${t}.${c}`)).toEqual(
        Object.entries(TABLES as Record<string, Table>)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .flatMap(([t, table]) => Object.keys(table.columns).map((c) => `${t}.${c}`)),
      );
    } finally {
      store.close();
    }
  },
);
