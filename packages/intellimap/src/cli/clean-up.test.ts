import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEFAULTS } from '../base/settings/index.ts';
import { protect, recordingFacts, release, removeEverything } from '../record/recordings.ts';
import { Workspace } from '../store/fixtures/workspace.ts';
import { compactStore, openReading, openStore, refresh, storeFile } from '../store/index.ts';
import { carryOut, cleanAfter, planned } from './clean-up.ts';

let workspace: Workspace;
beforeEach(() => void (workspace = new Workspace()));
afterEach(() => workspace.remove());

const DAY = 86_400_000;
const NONE = { keep: null, olderThanMs: null, maxBytes: null };
/** A run of some days ago. */
const record = (id: string, days: number, facts: object = {}): void =>
  void workspace.run(
    id,
    { '7-0': [{ picture: 'a{ b{ }b }a', end: true }] },
    { startedAt: Date.now() - days * DAY, ...facts },
  );
const folders = (): string[] => readdirSync(join(workspace.root, '.intellimap', 'runs')).toSorted();
const rows = async (): Promise<unknown[]> => {
  const db = await openReading(workspace.root);
  const found = await db.all(
    'SELECT id, (SELECT count(*) FROM all_runs.calls WHERE run_id = id) AS calls FROM all_runs.runs ORDER BY id',
  );
  db.close();
  return found.map((row) => Object.values(row).join(' '));
};

test('rows and folders go together, and the others are as they were', async () => {
  for (const [id, days] of [
    ['a', 3],
    ['b', 2],
    ['c', 1],
  ] as const)
    record(id, days);
  await refresh(workspace.root);
  const plan = planned(workspace.root, { ...NONE, keep: 2 });
  expect(plan.gone).toEqual([{ id: 'a', bytes: expect.any(Number) as number, reason: 'count' }]);
  expect(await carryOut(workspace.root, plan)).toBeGreaterThan(0);
  expect(folders()).toEqual(['b', 'c']);
  expect(await rows()).toEqual(['b 2', 'c 2']);
  expect(readdirSync(join(workspace.root, '.intellimap')).toSorted()).toEqual(['runs', 'store.duckdb']);
});

describe('what stays', () => {
  const held = (): (string | null)[] => recordingFacts(workspace.root, Date.now()).map((each) => each.held);
  test('a protected run, until it is released', () => {
    record('a', 9);
    protect(workspace.root, 'a', 'before the migration');
    expect(held()).toEqual(['protected: before the migration']);
    expect(release(workspace.root, 'a')).toBe(true);
    expect(held()).toEqual([null]);
    expect(release(workspace.root, 'a')).toBe(false);
  });
  test('a run that a baseline names', () => {
    record('20261101-120000-aaaa', 9);
    record('20261101-120000-bbbb', 8);
    const folder = join(workspace.root, '.intellimap', 'baselines');
    mkdirSync(folder);
    writeFileSync(join(folder, 'main.json'), '{ "runs": ["20261101-120000-aaaa"] }');
    expect(held()).toEqual(['baseline main', null]);
  });
  test('a run that goes on: its recorder or one of its processes lives, or its folder changes', () => {
    const long = new Date(Date.now() - DAY);
    const quiet = (id: string): void => {
      for (const entry of readdirSync(workspace.runDir(id), { recursive: true, withFileTypes: true }))
        if (entry.isFile()) utimesSync(join(entry.parentPath, entry.name), long, long);
    };
    const noEnd = { endedAt: undefined };
    record('a', 5, { ...noEnd, recorder: process.pid });
    record('b', 4, noEnd);
    mkdirSync(join(workspace.runDir('b'), 'processes'));
    writeFileSync(join(workspace.runDir('b'), 'processes', String(process.pid)), '');
    record('c', 3, noEnd);
    record('d', 2, { ...noEnd, recorder: 2 ** 30 });
    for (const id of ['a', 'b', 'd']) quiet(id);
    expect(held()).toEqual(['running', 'running', 'running', null]);
  });
  test('what is held does not go, whatever the limits say', async () => {
    record('a', 3);
    record('b', 2);
    protect(workspace.root, 'a', '');
    await carryOut(workspace.root, planned(workspace.root, { keep: 0, olderThanMs: 0, maxBytes: 0 }));
    expect(folders()).toEqual(['a']);
  });
});

describe('after a run', () => {
  const settings = { ...DEFAULTS.retention, maxSize: '1K' };
  test('the oldest go, and never the run just made', async () => {
    record('a', 2);
    record('b', 1);
    const done = await cleanAfter(workspace.root, 'b', settings);
    expect(done?.gone.map(({ id, reason }) => [id, reason])).toEqual([['a', 'size']]);
    expect(folders()).toEqual(['b']);
    expect(await cleanAfter(workspace.root, 'b', settings)).toBeUndefined();
  });
  test('nothing happens below the limits, or where it is not wanted', async () => {
    record('a', 400);
    record('b', 1);
    expect(await cleanAfter(workspace.root, 'b', DEFAULTS.retention)).toBeUndefined();
    expect(await cleanAfter(workspace.root, 'b', { ...settings, automatic: false })).toBeUndefined();
    expect(folders()).toEqual(['a', 'b']);
  });
});

test('everything: but baselines, reports and seals stay', () => {
  record('a', 2);
  const folder = join(workspace.root, '.intellimap');
  mkdirSync(join(folder, 'baselines'));
  writeFileSync(join(folder, 'history.ndjson'), '');
  removeEverything(workspace.root);
  expect(readdirSync(folder)).toEqual(['baselines']);
  rmSync(join(folder, 'baselines'), { recursive: true });
  removeEverything(workspace.root);
  removeEverything(workspace.root);
  expect(existsSync(folder)).toBe(false);
});

test('a removal that was killed goes on with the next one', async () => {
  record('a', 2);
  record('b', 1);
  mkdirSync(join(workspace.root, '.intellimap', 'removed-x'));
  await carryOut(workspace.root, planned(workspace.root, { ...NONE, keep: 1 }));
  expect(existsSync(join(workspace.root, '.intellimap', 'removed-x'))).toBe(false);
});

test('the database becomes smaller when much of it is no longer needed, and says the same', async () => {
  record('a', 1);
  await refresh(workspace.root);
  expect(await compactStore(workspace.root)).toBe(false);
  const store = await openStore(workspace.root);
  await store.connection.run(`
    INSERT INTO calls BY NAME SELECT 'gone' AS run_id, 1 AS thread_id, i AS call_id, 1 AS task_id, 1 AS function_id, random() AS start_us,
      random() AS self_us, random() AS wait_us, 'returned' AS outcome, random() AS uncertainty_us FROM range(1000000) t(i)`);
  await store.connection.run('CHECKPOINT');
  await store.connection.run("DELETE FROM calls WHERE run_id = 'gone'");
  store.close();
  const before = statSync(storeFile(workspace.root)).size;
  expect(await compactStore(workspace.root)).toBe(true);
  expect(statSync(storeFile(workspace.root)).size).toBeLessThan(before / 2);
  expect(await rows()).toEqual(['a 2']);
  expect(readdirSync(join(workspace.root, '.intellimap')).toSorted()).toEqual(['runs', 'store.duckdb']);
  const anew = await openStore(workspace.root);
  expect(anew.rebuilt).toBeNull();
  const [{ n }] = await anew.all<{ n: number }>(
    'SELECT count(*) AS n FROM duckdb_columns() WHERE NOT internal AND comment IS NULL',
  );
  expect(n).toBe(0);
  anew.close();
});
