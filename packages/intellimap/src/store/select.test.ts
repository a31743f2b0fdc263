import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Workspace } from './fixtures/workspace.ts';
import { openReading, type ReadingSession, refresh } from './index.ts';

const workspace = new Workspace();
let db: ReadingSession;
beforeAll(async () => {
  workspace.run('r1', { '7-0': [{ picture: 'a{ }a', end: true }] });
  await refresh(workspace.root);
  for (const left of ['spill-999999999-1', 'store.duckdb.999999999.tmp'])
    mkdirSync(join(workspace.root, '.intellimap', left));
  db = await openReading(workspace.root, {
    limits: { memoryBytes: 2 ** 26, spillBytes: 2 ** 20, threads: 1 },
  });
  await db.show('r1');
});
afterAll(() => {
  db.close();
  workspace.remove();
});

const LIMITS = { limit: 10, timeoutMs: 20_000 };
const ENDLESS = 'select sum(a.range * b.range % 7) from range(4000000) a, range(2000000) b';

describe('only what reads is answered', () => {
  test.each([
    `copy (select 1) to '/tmp/x.csv'`,
    `attach '/tmp/x.db'`,
    'pragma database_list',
    'set threads = 2',
    'install httpfs',
    'load httpfs',
    'insert into calls select * from calls',
    'create table x as select 1',
    'delete from all_runs.runs',
    'explain analyze delete from all_runs.runs',
    'with a as (select 1) insert into all_runs.runs select * from all_runs.runs',
    'select 1; select 2',
    `select * from read_csv('/etc/passwd')`,
    `from '/etc/passwd'`,
    `select * from read_text('/etc/passwd')`,
    `select * from glob('/etc/*')`,
    `select * from 'https://localhost/x.parquet'`,
    `select getenv('HOME')`,
    'select * from enable_logging()',
    'select * from "force_checkpoint"(\'all_runs\')',
    `select current_setting('s3_secret_access_key')`,
  ])('not %s', async (text) => {
    await expect(db.select(text, LIMITS)).rejects.toThrow();
    expect((await db.select('select count(*) from runs', LIMITS)).rows).toEqual([[1]]);
  });
  test('there are no secrets to be read', async () => {
    expect((await db.select('select * from duckdb_secrets()', LIMITS)).rows).toEqual([]);
  });
});

test('values are what JSON has words for, else text', async () => {
  const { rows, columns, types } = await db.select(
    `select 9007199254740993 big, 7::bigint small, 1.50::decimal(4,2) d, 12345678901234567.89::decimal(38,2) exact, [1, null] l,
       {'a': date '2026-01-02'} s, map {'k': 2} m, 'nan'::double n, null::int x, timestamp '2026-01-02 03:04:05' t, 1 as small`,
    LIMITS,
  );
  expect(rows).toEqual([
    [
      '9007199254740993',
      7,
      1.5,
      '12345678901234567.89',
      [1, null],
      { a: '2026-01-02' },
      { k: 2 },
      'NaN',
      null,
      '2026-01-02 03:04:05',
      1,
    ],
  ]);
  expect([columns.at(-1), types.slice(0, 4)]).toEqual([
    'small:1',
    ['BIGINT', 'BIGINT', 'DECIMAL(4,2)', 'DECIMAL(38,2)'],
  ]);
});

test('rows are told as they come, and no more than were asked for', async () => {
  const parts: number[] = [];
  const listener = { head: () => {}, rows: (rows: unknown[]) => void parts.push(rows.length) };
  expect(await db.tell('select * from range(10000)', { ...LIMITS, limit: 5000 }, listener)).toBe(true);
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.reduce((a, b) => a + b, 0)).toBe(5000);
  expect(await db.tell('select * from range(5000)', { ...LIMITS, limit: 5000 }, listener)).toBe(false);
  expect((await db.select('select * from range(3)', { ...LIMITS, limit: 0 })).more).toBe(true);
});

describe('a query ends', () => {
  test('when its time is over', async () => {
    await expect(db.select(ENDLESS, { ...LIMITS, timeoutMs: 50 })).rejects.toThrow('took longer than 0.05 s');
  });
  test('when somebody stops it, and the next one is answered', async () => {
    const controller = new AbortController();
    let told = 0;
    const onProgress = (ms: number): void => {
      told = ms;
      controller.abort();
    };
    const asked = db.select(ENDLESS, { ...LIMITS, timeoutMs: 0, signal: controller.signal, onProgress });
    await expect(asked).rejects.toMatchObject({ exitCode: 130, message: 'the query was stopped' });
    expect(told).toBeGreaterThan(0);
    expect((await db.select('select 1', LIMITS)).rows).toEqual([[1]]);
  });
  test('when it needs more than it may have', async () => {
    await expect(
      db.select('select i, random() r from range(20000000) t(i) order by r', LIMITS),
    ).rejects.toMatchObject({ message: expect.stringContaining('needs more memory') as string });
  });
});

test('nothing is left on disk, and what a killed one left is taken away', async () => {
  writeFileSync(join(workspace.root, '.intellimap', 'history.ndjson'), '');
  db.close();
  const names = readdirSync(join(workspace.root, '.intellimap'));
  expect(names.toSorted()).toEqual(['history.ndjson', 'runs', 'store.duckdb']);
});
