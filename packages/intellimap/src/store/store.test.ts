import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SCHEMA_VERSION, type Table, TABLES } from '../schema/index.ts';
import { loadRun, openStore, refresh, removeRuns, type Store, storeFile } from './index.ts';
import { Workspace } from './fixtures/workspace.ts';

let workspace: Workspace;
let store: Store | null = null;
beforeEach(() => void (workspace = new Workspace()));
afterEach(() => {
  store?.close();
  store = null;
  workspace.remove();
});

const open = async (): Promise<Store> => (store = await openStore(workspace.root, { waitMs: 300 }));
const rows = async (sql: string) =>
  (await store!.all<Record<string, unknown>>(sql)).map((row) => Object.values(row).join(' '));
const one = async <R extends object>(sql: string): Promise<R> => (await store!.all<R>(sql))[0];

const PICTURE = 'a{ b{ n{ }n }b C1{ ~1 }a >1 c{ ^1c !c !1';
const NOTES = [{ t: 'error', id: 1, name: 'TypeError', message: "it's\0 ''; DROP TABLE runs; --" }];

test('the live database explains every table and column', async () => {
  await open();
  const undocumented = await store!.all(
    "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND (comment IS NULL OR comment = '')",
  );
  expect(undocumented).toEqual([]);
  expect(
    await store!.all("SELECT table_name FROM duckdb_tables() WHERE comment IS NULL OR comment = ''"),
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

describe('a run', () => {
  test('becomes rows of every table', async () => {
    const dir = workspace.run('r1', { '7-0': [{ picture: PICTURE, notes: NOTES, end: true }] });
    await open();
    expect(await loadRun(store!, dir)).toBe(true);
    expect(
      await rows(
        'SELECT call_id, parent_call_id, f.name, start_us, end_us, self_us, wait_us, outcome, uncertainty_us FROM calls JOIN functions f USING (run_id, function_id) ORDER BY call_id',
      ),
    ).toEqual([
      '0  a 0 70 30 0 returned 10',
      '1 0 b 10 40 20 0 returned 10',
      '2 1 n 20 30 10 0 returned 10',
      '3 0 C 50 120 30 20 threw 0',
      '4 3 c 90 110 20 0 threw 10',
    ]);
    expect(
      await rows(
        'SELECT f.name, hits, roots, threw, self_ms, total_ms, wait_ms FROM nodes_runtime JOIN functions f USING (run_id, ast_node_id) ORDER BY 1',
      ),
    ).toContain('C 1 0 1 0.03 0.07 0.02');
    expect(
      await rows(
        `SELECT src, dst, count, total_ms, round(latency_p95_ms, 3) FROM edges_runtime ORDER BY ALL`,
      ),
    ).toEqual([
      'ts:src/a.ts#a ts:src/a.ts#b 1 0.03 0.031',
      'ts:src/a.ts#a ts:src/b.ts#C 1 0.07 0.07',
      'ts:src/a.ts#b ts:src/b.ts#n 1 0.01 0.01',
      'ts:src/b.ts#C ts:src/a.ts#c 1 0.02 0.021',
    ]);
    expect(await one('SELECT * EXCLUDE (run_id) FROM errors')).toEqual({
      path: 'src/b.ts',
      name: 'TypeError',
      message: "it's\ufffd ''; DROP TABLE runs; --",
      count: 1,
      kind: 'thrown',
      stack: 'c (src/a.ts:30)\nC (src/b.ts:290)',
      ast_node_id: 'ts:src/b.ts#c/throw',
      function: 'ts:src/b.ts#n',
      line: 31,
      column: 2,
      first_us: 100,
      thread_id: 1,
      task_id: 1,
      note: null,
      signature: expect.stringMatching(/^[0-9a-f]{12}$/) as string,
      causes: null,
      template: "it's\ufffd '…'; DROP TABLE runs; --",
    });
    expect(await rows('SELECT kind, name, duration_ms, calls, errors, open FROM tasks')).toEqual([
      'main a 0.12 5 1 false',
    ]);
    expect(
      await rows('SELECT path, loaded, instrumented, functions, functions_hit, ms FROM modules ORDER BY 1'),
    ).toEqual(['src/a.ts true true 12 2 1.5', 'src/b.ts true true 39 2 2.5', 'src/c.ts true false   ']);
    expect(
      await rows('SELECT src, specifier, names, dst, calls, used FROM imports ORDER BY src, line'),
    ).toEqual([
      'src/a.ts ./b.ts ["n"] src/b.ts 2 true',
      'src/a.ts ./b.ts ["z"] src/b.ts 2 false',
      'src/a.ts ./b.ts ["T"] src/b.ts  ',
      'src/a.ts node:fs ["*"] node:fs  ',
      'src/b.ts ./a.ts ["b"] src/a.ts 1 ',
    ]);
    expect(
      await one(
        'SELECT id, "commit", complete, calls_total, calls_kept, calls_rule, events, events_lost, certain_until_us, ts FROM runs',
      ),
    ).toEqual({
      id: 'r1',
      commit: 'c0ffee',
      complete: true,
      calls_total: 5,
      calls_kept: 5,
      calls_rule: 'all',
      events: 13,
      events_lost: 0,
      certain_until_us: 130,
      ts: 1_790_000_000_000,
    });
    expect(await rows('SELECT name, frames, damaged FROM segments')).toEqual(['threads/7-0/000001.seg 5 0']);
  });

  test('has the labels it was given', async () => {
    workspace.run('r1', { '7-0': [{ picture: 'a{ }a' }] }, { labels: ['eu', 'prod'] });
    workspace.run('r2', { '7-0': [{ picture: 'a{ }a' }] }, { labels: 7 as unknown as string[] });
    await open();
    for (const id of ['r1', 'r2']) await loadRun(store!, workspace.runDir(id));
    expect(await rows('SELECT id, labels FROM runs ORDER BY id')).toEqual(['r1 ["eu","prod"]', 'r2 []']);
  });

  test('is loaded once, and again when its files change', async () => {
    const dir = workspace.run('r1', { '7-0': [{ picture: 'a{ }a' }] });
    await open();
    expect(await loadRun(store!, dir)).toBe(true);
    expect(await loadRun(store!, dir)).toBe(false);
    expect(await one('SELECT complete FROM runs')).toEqual({ complete: false });
    workspace.run('r1', { '7-0': [{ picture: 'a{ b{ }b }a', end: true }] });
    expect(await loadRun(store!, dir)).toBe(true);
    expect(await rows('SELECT count(*) FROM runs')).toEqual(['1']);
    expect(await rows('SELECT count(*) FROM calls')).toEqual(['2']);
    utimesSync(join(dir, 'run.json'), 1, 1);
    expect(await loadRun(store!, dir)).toBe(true);
  });

  test('threads and processes share functions', async () => {
    const dir = workspace.run('r1', {
      '7-0': [{ picture: 'a{ }a', end: true }],
      '7-1': [{ picture: 'a{ }a', end: true }],
      '8-0': [{ picture: 'b{ a{ }a }b', end: true }],
    });
    await open();
    await loadRun(store!, dir);
    expect(await rows('SELECT ast_node_id, hits FROM nodes_runtime ORDER BY 1')).toEqual([
      'ts:src/a.ts#a 3',
      'ts:src/a.ts#b 1',
    ]);
    expect(await rows('SELECT thread_id, pid, tid, calls FROM threads ORDER BY 1')).toEqual([
      '1 7 0 1',
      '2 7 1 1',
      '3 8 0 2',
    ]);
  });

  test('a minimal run has hits and no times', async () => {
    const dir = workspace.run(
      'r1',
      {
        '7-0': [
          {
            counts: [
              [1, 5],
              [14, 2],
            ],
          },
          { counts: [[1, 7]], end: true },
        ],
      },
      { tier: 'minimal' },
    );
    await open();
    await loadRun(store!, dir);
    expect(await rows('SELECT ast_node_id, hits, self_ms, roots FROM nodes_runtime ORDER BY 1')).toEqual([
      'ts:src/a.ts#a 12  ',
      'ts:src/b.ts#n 2  ',
    ]);
    expect(await rows('SELECT used FROM imports GROUP BY 1 ORDER BY 1')).toEqual(['false', '']);
    expect(await one('SELECT complete FROM runs')).toEqual({ complete: true });
  });

  test('a run of tier edges has callers and callees, and no times', async () => {
    const dir = workspace.run(
      'r1',
      {
        '7-0': [
          { edges: [[0, 1, 1], [1, 2, 5], [2, 2, 2]] }, // prettier-ignore
          { edges: [[1, 2, 7], [2, 14, 2 ** 40]], counts: [[3, 4]], roomless: 4, end: true }, // prettier-ignore
        ],
        '8-0': [{ edges: [[1, 2, 3]], end: true }],
      },
      { tier: 'edges' },
    );
    await open();
    await loadRun(store!, dir);
    expect(
      await rows('SELECT src, dst, count, total_ms, latency_p50_ms FROM edges_runtime ORDER BY 1, 2'),
    ).toEqual([
      'ts:src/a.ts#a ts:src/a.ts#b 15  ',
      'ts:src/a.ts#b ts:src/a.ts#b 2  ',
      'ts:src/a.ts#b ts:src/b.ts#n 1099511627776  ',
    ]);
    expect(
      await rows('SELECT ast_node_id, hits, roots, threw, self_ms FROM nodes_runtime ORDER BY 1'),
    ).toEqual([
      'ts:src/a.ts#a 1 1  ',
      'ts:src/a.ts#b 17 0  ',
      'ts:src/a.ts#c 4 0  ',
      'ts:src/b.ts#n 1099511627776 0  ',
    ]);
    expect(await rows('SELECT edgeless_calls FROM threads ORDER BY thread_id')).toEqual(['4', '0']);
    expect(await rows("SELECT used FROM imports WHERE src = 'src/a.ts' AND dst = 'src/b.ts' ORDER BY line")).toEqual([
      'true', '', '',
    ]); // prettier-ignore
  });

  test('processes that ran unrecorded are counted, and what was not seen may have happened', async () => {
    const dir = workspace.run('r1', { '7-0': [{ counts: [[1, 5]], end: true }] }, { tier: 'minimal' });
    await open();
    await loadRun(store!, dir);
    const facts =
      'SELECT processes_unrecorded, complete, (SELECT count(*) > 0 FROM imports WHERE NOT used) AS unused FROM runs';
    expect(await one(facts)).toEqual({ processes_unrecorded: 0, complete: true, unused: true });
    workspace.write('r1', 'unrecorded.ndjson', '{"pid":8,"ppid":7}\n{"pid":9,"ppid":7}\n');
    await loadRun(store!, dir);
    expect(await one(facts)).toEqual({ processes_unrecorded: 2, complete: false, unused: false });
  });

  test('an uncaught error carries the stack of V8', async () => {
    const uncaught = (error: number) => ({
      t: 'uncaught',
      name: 'TypeError',
      message: 'x',
      stack: 'TypeError: x\n    at c (/app/src/a.ts:31:3)',
      origin: 'uncaughtException',
      micros: START_ERROR,
      error,
    });
    const START_ERROR = 1100;
    const dir = workspace.run('r1', {
      '7-0': [
        {
          picture: 'a{ ^1a !a',
          notes: [{ t: 'error', id: 1, name: 'TypeError', message: 'x' }, uncaught(2)],
          end: true,
        },
      ],
      '8-0': [{ picture: 'a{ !a', notes: [uncaught(3)], end: true }],
    });
    await open();
    await loadRun(store!, dir);
    expect(await rows('SELECT kind, count, path, line, stack[-14:] FROM errors ORDER BY line')).toEqual([
      'uncaught 1 src/b.ts 11 src/a.ts:31:3)',
      'uncaught 1 src/a.ts 31 src/a.ts:31:3)',
    ]);
  });

  test('imports whose functions never ran are unused; when others called them, nothing is known', async () => {
    await open();
    const used = async (id: string, picture: string) => {
      await loadRun(store!, workspace.run(id, { '7-0': [{ picture, end: true }] }));
      return await rows(
        `SELECT used FROM imports WHERE run_id = '${id}' AND src = 'src/a.ts' AND NOT type_only AND dst = 'src/b.ts' ORDER BY line`,
      );
    };
    expect(await used('r1', 'a{ b{ }b }a')).toEqual(['false', 'false']);
    expect(await used('r2', 'a{ }a n{ }n')).toEqual(['', 'false']);
    expect(await used('r3', 'o{ n{ }n }o')).toEqual(['', '']);
  });
});

describe('damage', () => {
  const damage = (file: string, at: number) => {
    const bytes = readFileSync(file);
    bytes[at] = bytes[at] ^ 0x55;
    writeFileSync(file, bytes);
  };
  test('a cut segment gives what is whole', async () => {
    const dir = workspace.run('r1', { '7-0': [{ picture: 'a{ b{ }b' }, { picture: 'c{ }c }a', end: true }] });
    const file = join(dir, 'threads/7-0/000002.seg');
    truncateSync(file, readFileSync(file).length - 5);
    await open();
    await loadRun(store!, dir);
    expect(await rows('SELECT name, damaged FROM segments ORDER BY 1')).toEqual([
      'threads/7-0/000001.seg 0',
      'threads/7-0/000002.seg 0',
    ]);
    expect(await one('SELECT complete, calls_total FROM runs')).toEqual({ complete: false, calls_total: 3 });
  });
  test('a damaged part in the middle is a gap; what follows is right again', async () => {
    const dir = workspace.run('r1', {
      '7-0': [{ picture: 'a{ b{' }, { picture: '}b c{' }, { picture: 'd{ }d }c }a', end: true }],
    });
    const file = join(dir, 'threads/7-0/000002.seg');
    damage(file, readFileSync(file).length - 3);
    await open();
    await loadRun(store!, dir);
    expect(
      await rows(
        'SELECT call_id, parent_call_id, f.name, outcome FROM calls JOIN functions f USING (function_id) ORDER BY 1',
      ),
    ).toEqual(['0  a returned', '1 0 b unknown', '2 0 c returned', '3 2 d returned']);
    expect(await one('SELECT gaps, orphans, certain_until_us FROM threads')).toEqual({
      gaps: 1,
      orphans: 0,
      certain_until_us: 20,
    });
    expect(await one('SELECT certain_until_us FROM segments WHERE damaged > 0')).toEqual({
      certain_until_us: 20,
    });
  });
  test('a missing segment is a gap', async () => {
    const dir = workspace.run('r1', {
      '7-0': [{ picture: 'A1{ ~1 a{ b{' }, { picture: '}b c{' }, { picture: '}c }a >1 }1', end: true }],
    });
    writeFileSync(join(dir, 'threads/7-0/000002.seg'), '');
    await open();
    await loadRun(store!, dir);
    expect(await one('SELECT gaps, orphans, calls_open FROM threads')).toEqual({
      gaps: 1,
      orphans: 0,
      calls_open: 0,
    });
  });
  test('rubbish in JSON files is passed over; a run without run.json does not hide the others', async () => {
    const dir = workspace.run('r1', { '7-0': [{ picture: 'a{ }a', end: true }] });
    writeFileSync(
      join(dir, 'modules/7-0.ndjson'),
      `{"t":"lo\n${readFileSync(join(dir, 'modules/7-0.ndjson'), 'utf8')}\n{"cut`,
    );
    workspace.write('r0', 'run.json', '{');
    const { loaded, failed } = await refresh(workspace.root);
    expect([loaded, failed.map(({ run }) => run)]).toEqual([['r1'], ['r0']]);
  });
});

describe('the database', () => {
  test('that is broken is set aside and rebuilt from the recordings', async () => {
    workspace.run('r1', { '7-0': [{ picture: 'a{ }a', end: true }] });
    await refresh(workspace.root);
    const messages: string[] = [];
    for (const rubbish of [
      Buffer.alloc(5000, 7),
      readFileSync(storeFile(workspace.root)).fill(9, 20, 9000),
    ]) {
      writeFileSync(storeFile(workspace.root), rubbish);
      expect(await refresh(workspace.root, { onMessage: (message) => messages.push(message) })).toEqual({
        loaded: ['r1'],
        failed: [],
      });
    }
    expect(messages.length).toBe(2);
    expect(messages[0]).toContain('set aside');
    // The last one.
    expect(
      readdirSync(join(workspace.root, '.intellimap')).filter((name) => name.includes('broken')).length,
    ).toBe(1);
  });
  test('of an older version is rebuilt, of a newer one is left alone', async () => {
    await open();
    await store!.connection.run('UPDATE schema_version SET version = 0');
    store!.close();
    await open();
    expect(store!.rebuilt).toContain('version 0');
    await store!.connection.run(`UPDATE schema_version SET version = ${SCHEMA_VERSION + 1}`);
    store!.close();
    await expect(open()).rejects.toThrow(/newer IntelliMap/);
    await expect(open()).rejects.toThrow(/newer IntelliMap/);
  });
  test('in use in this process: wait, say so, give up', async () => {
    await open();
    const messages: string[] = [];
    await expect(
      openStore(workspace.root, { waitMs: 250, onMessage: (message) => messages.push(message) }),
    ).rejects.toThrow(/in use by another IntelliMap/);
    expect(messages.length).toBe(1);
    setTimeout(() => store!.close(), 200);
    (await openStore(workspace.root, { waitMs: 5000 })).close();
  });
  test('in use in another process: the same', async () => {
    await open();
    store!.close();
    const script = `const { DuckDBInstance } = require('@duckdb/node-api'); DuckDBInstance.create(${JSON.stringify(storeFile(workspace.root))}).then(() => { console.log('open'); setTimeout(() => process.exit(0), 1500); setInterval(() => {}, 1e6); });`;
    const child = spawn(process.execPath, ['-e', script], {
      cwd: import.meta.dirname,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const gone = new Promise((resolve) => child.once('exit', resolve));
    await new Promise((resolve) => child.stdout.once('data', resolve));
    await expect(openStore(workspace.root, { waitMs: 200 })).rejects.toThrow(/in use by another IntelliMap/);
    (await openStore(workspace.root, { waitMs: 10_000 })).close();
    await gone;
  });
  test('forgets runs that are removed', async () => {
    await removeRuns(workspace.root, ['r1']);
    expect(existsSync(storeFile(workspace.root))).toBe(false);
    for (const id of ['r1', 'r2']) workspace.run(id, { '7-0': [{ picture: 'a{ }a', end: true }] });
    await refresh(workspace.root);
    await removeRuns(workspace.root, ['r1']);
    await open();
    expect(await rows('SELECT run_id, count(*) FROM calls GROUP BY 1')).toEqual(['r2 1']);
  });
});
