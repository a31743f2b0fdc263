import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ANALYSES } from '../analyses/index.ts';
import { storeFile } from '../store/index.ts';
import { Workspace } from '../store/fixtures/workspace.ts';
import { listRuns, openSession, runSummary, type Session, showFunction, sql } from './index.ts';

const workspace = new Workspace();
let session: Session;
const NOTES = [{ t: 'error', id: 1, name: 'TypeError', message: 'no cart' }];
beforeAll(async () => {
  workspace.run(
    '20261120-old',
    { '7-0': [{ picture: 'a{ }a', end: true }] },
    { startedAt: 1_780_000_000_000 },
  );
  workspace.run("20261121-it's new", {
    '7-0': [{ picture: 'a{ b{ n{ }n }b b{ n{ ^1n !n !b }a', notes: NOTES, end: true }],
  });
  workspace.run(
    '20261119-min',
    { '7-0': [{ counts: [[1, 5]], end: true }] },
    { startedAt: 1_770_000_000_000, tier: 'minimal' },
  );
  session = await openSession(workspace.root);
});
afterAll(() => {
  session.close();
  workspace.remove();
});

describe('runs', () => {
  test('newest first', async () => {
    expect(
      (await listRuns(session.db)).map(({ id, calls, errors, command }) => [
        id,
        calls,
        errors,
        command.join(' '),
      ]),
    ).toEqual([
      ["20261121-it's new", 5, 1, 'node app.js'],
      ['20261120-old', 1, 0, 'node app.js'],
      ['20261119-min', 5, 0, 'node app.js'],
    ]);
  });
  test('the latest is meant, or the one an id begins with', async () => {
    expect(session.run.id).toBe("20261121-it's new");
    session.close();
    session = await openSession(workspace.root, { run: '20261120' });
    expect(session.run.id).toBe('20261120-old');
    session.close();
    await expect(openSession(workspace.root, { run: '2026' })).rejects.toThrow(/could be any of 3 runs/);
    await expect(openSession(workspace.root, { run: "x' OR 1=1 --" })).rejects.toThrow(/there is no run/);
    session = await openSession(workspace.root, { load: false });
  });
});

test('the summary', async () => {
  const summary = await runSummary(session);
  expect(summary).toMatchObject({
    calls: 5,
    functions: { hit: 2, all: 51, unwatched: 0 },
    modules: { loaded: 3, instrumented: 2, all: 3 },
    eventsLost: 0,
    overhead: { eventsMs: null },
    errors: { count: 1, places: 1 },
    tasks: { count: 1 },
    skipped: [{ path: 'src/c.ts', reason: 'cannot be parsed' }],
    gates: { count: 0, top: [], stop: null },
    flight: null,
    sampling: null,
    certainty: {
      complete: true,
      certainUntilUs: 110,
      damagedSegments: 0,
      gaps: 0,
      orphans: 0,
      callsOpen: 0,
      callsKept: 5,
      callsRule: 'all',
    },
  });
  expect(summary.hottest.map(({ name, hits, selfMs }) => [name, hits, selfMs])).toEqual([
    ['b', 2, 0.04],
    ['n', 2, 0.03],
    ['a', 1, 0.03],
  ]);
  expect(summary.errors.top[0]).toMatchObject({
    name: 'TypeError',
    path: 'src/b.ts',
    line: 141,
    function: 'n',
    stack: 'n (src/b.ts:141)\nb (src/a.ts:20)\na (src/a.ts:10)',
  });
  expect(summary.imports).toMatchObject({
    used: 1,
    unknown: 2,
    unused: [{ src: 'src/a.ts', line: 2, dst: 'src/b.ts' }],
  });
});

test('the start is among the slowest tasks of a script, and passed over where requests were answered', async () => {
  const served = new Workspace();
  const notes = [{ t: 'task', id: 7, kind: 'request', name: 'GET /' }];
  served.run('20261121-served', { '7-0': [{ picture: 'a{ b{ }b }a [7 c{ }c ]7 .7', notes, end: true }] });
  served.run('20261120-script', { '7-0': [{ picture: 'a{ b{ }b }a c{ }c', end: true }] });
  for (const [run, kinds, passedOver] of [
    ['20261121-served', ['request'], 1],
    ['20261120-script', ['main', 'callback'], 0],
  ] as const) {
    const opened = await openSession(served.root, { run });
    const { tasks } = await runSummary(opened);
    expect([tasks.slowest.map(({ kind }) => kind), tasks.passedOver]).toEqual([kinds, passedOver]);
    opened.close();
  }
  served.remove();
});

test('of tasks that were left out, the last total counts; what did not run may have run in them', async () => {
  const left = new Workspace();
  const told = (micros: number, words: number) => ({
    t: 'sampling', micros, tasksKept: 1, tasksLeftOut: 3, tasksPartly: 1, words, events: words / 2, timed: 2,
  }); // prettier-ignore
  const rate = { t: 'rate', micros: 5, rate: 0.5, reason: 'sample 0.5' };
  left.run('20261121-some', {
    '7-0': [{ picture: 'a{ }a', notes: [told(1, 10), rate, told(2, 40)], end: true }],
  });
  const opened = await openSession(left.root);
  const { imports, sampling, run } = await runSummary(opened);
  expect(sampling).toEqual({ tasksLeftOut: 3, tasksPartly: 1, wordsLeftOut: 40, changes: 1 });
  expect(run).toMatchObject({ events: 22, events_timed: 2, calls_total: 1, complete: true });
  expect(imports.unused).toEqual([]);
  expect((await showFunction(opened, 'ts:src/b.ts#z')).matches[0]).toMatchObject({
    hits: 0,
    tasksLeftOut: 3,
  });
  expect(await opened.db.all('SELECT rate, reason FROM rate_changes')).toEqual([
    { rate: 0.5, reason: 'sample 0.5' },
  ]);
  opened.close();
  left.remove();
});

describe('a function', () => {
  test('by name, with neighbours and errors', async () => {
    const { matches, found } = await showFunction(session, 'b');
    expect(found).toBe(1);
    expect(matches[0]).toMatchObject({
      id: 'ts:src/a.ts#b',
      path: 'src/a.ts',
      line: 20,
      hits: 2,
      selfMs: 0.04,
      totalMs: 0.07,
    });
    expect(matches[0].callers.map(({ name, count }) => [name, count])).toEqual([['a', 2]]);
    expect(matches[0].callees.map(({ name, count }) => [name, count])).toEqual([['n', 2]]);
    expect((await showFunction(session, 'ts:src/b.ts#n')).matches[0].errors).toMatchObject([
      { message: 'no cart', function: 'n' },
    ]);
  });
  test('that was never called, and that is not there', async () => {
    expect((await showFunction(session, 'ts:src/b.ts#z')).matches[0]).toMatchObject({
      hits: 0,
      selfMs: null,
      callers: [],
    });
    expect(await showFunction(session, "'; DROP TABLE runs; --")).toEqual({ matches: [], found: 0 });
  });
});

describe('SQL', () => {
  test('plain names mean the run, all_runs every run', async () => {
    expect((await sql(session, 'select count(*) from calls')).rows).toEqual([[5]]);
    expect((await sql(session, 'select count(*) from all_runs.calls')).rows).toEqual([[6]]);
    expect(await sql(session, '-- names\nwith x as (from runs) select id, ts from x')).toEqual({
      columns: ['id', 'ts'],
      types: ['VARCHAR', 'TIMESTAMP_MS'],
      rows: [["20261121-it's new", '2026-09-21 14:13:20']],
      more: false,
    });
  });
  test('rows have a limit', async () => {
    const { rows, more } = await sql(session, 'select * from range(100000)', { limit: 3 });
    expect([rows, more]).toEqual([[[0], [1], [2]], true]);
    expect((await sql(session, 'select * from range(3)', { limit: 3 })).more).toBe(false);
  });
  test('time has a limit', async () => {
    await expect(
      sql(session, 'select count(*) from range(100000000) a, range(100000) b', { timeoutMs: 200 }),
    ).rejects.toThrow(/took longer/);
    expect((await sql(session, 'select 1')).rows).toEqual([[1]]);
  });
  test('other ways to read work', async () => {
    for (const text of [
      'describe calls',
      'summarize tasks',
      'explain select 1',
      'show tables',
      '(select 1)',
      '/* a * b */ -- c\n ( /**/ select 1)',
      'explain analyze select 1',
      'values (1)',
      'table runs',
    ])
      expect((await sql(session, text)).rows.length, text).toBeGreaterThan(0);
  });
  test('a hostile beginning takes no time', async () => {
    for (const text of [
      '('.repeat(200_000),
      '/*'.repeat(100_000),
      '--\n'.repeat(100_000),
      '/**/'.repeat(100_000),
    ])
      await expect(sql(session, text)).rejects.toMatchObject({ exitCode: 2 });
  });
  const file = `${workspace.root}/out.csv`;
  const refused = [
    '',
    ' ',
    ';',
    'selec 1',
    'select * from nowhere',
    'select 1; select 2',
    'select 1; drop view calls',
    `attach '${file}' as x`,
    'detach all_runs',
    `copy calls to '${file}'`,
    `copy (select 1) to '${file}'`,
    `export database '${file}'`,
    `select * from read_csv('/etc/passwd')`,
    `select * from read_text('/etc/passwd')`,
    `select * from read_blob('/etc/passwd')`,
    `select * from '/etc/passwd'`,
    `select * from glob('/etc/*')`,
    `select * from sniff_csv('/etc/passwd')`,
    `select * from read_json('http://localhost:1/x')`,
    'pragma version',
    'pragma database_list',
    'pragma enable_profiling',
    'call pragma_version()',
    'set threads = 1',
    'reset lock_configuration',
    'use all_runs',
    'insert into all_runs.runs(id) values (1)',
    'delete from all_runs.calls',
    'update all_runs.runs set id = 1',
    'drop view calls',
    'create table x(a int)',
    'create macro m() as 1',
    'install httpfs',
    'load httpfs',
    'checkpoint',
    'begin',
    'prepare p as select 1',
    'explain analyze drop view calls',
    `explain analyze copy calls to '${file}'`,
    '/* x */ vacuum',
    "select * from duckdb_secrets(); attach 'x'",
    "execute immediate 'select 1'",
  ];
  test.each(refused)('refused: %s', async (text) => {
    await expect(sql(session, text)).rejects.toMatchObject({ name: 'Fault', exitCode: 2 });
    expect((await sql(session, 'select count(*) from calls')).rows).toEqual([[5]]);
  });
});

test('analyses: check, describe, summarise', async () => {
  const say = async (of: Session) => {
    const lines: string[] = [];
    // The others have tests of their own.
    const { errors, hottest, slowestTasks, neverUsedImports, slowResources } = ANALYSES;
    for (const { check, describe, summarise, name } of [
      errors,
      hottest,
      slowestTasks,
      neverUsedImports,
      slowResources,
    ] as {
      name: string;
      check: Function;
      describe: Function;
      summarise: Function;
    }[]) {
      const verdict = await check(of);
      if (verdict.holds === 'yes')
        lines.push(`${name}: ${summarise(verdict.findings)}; ${describe(verdict.findings[0])}`);
      else lines.push(`${name}: ${verdict.holds} ${verdict.why ?? ''}`);
    }
    return lines;
  };
  expect(await say(session)).toEqual([
    'errors: 1 error at 1 place, 0 uncaught; TypeError: no cart (thrown) at src/b.ts:141 in n',
    'hottest: 3 functions took 0.10 ms of their own, most of all b; b (src/a.ts:20) took 0.04 ms of its own in 2 calls',
    'slowest-tasks: the slowest of the tasks took 0.10 ms; main a (src/a.ts:10) took 0.10 ms: 5 calls, 1 error',
    'never-used-imports: 1 import never used; src/a.ts:2 imports ./b.ts, and nothing that it names there ran',
    'slow-resources: no ',
  ]);
  session.close();
  const old = await openSession(workspace.root, { run: '20261120' });
  expect((await say(old))[3]).toBe(
    // The other import of the same file was used in another run.
    'never-used-imports: 1 import never used; src/a.ts:2 imports ./b.ts, and nothing that it names there ran',
  );
  old.close();
  const minimal = await openSession(workspace.root, { run: '20261119' });
  expect(await say(minimal)).toEqual([
    'errors: no ',
    'hottest: unknown a minimal run does not record it; record with the performance tier',
    'slowest-tasks: unknown a minimal run does not record it; record with the performance tier',
    'never-used-imports: 1 import never used; src/a.ts:2 imports ./b.ts, and nothing that it names there ran',
    'slow-resources: no ',
  ]);
  minimal.close();
  session = await openSession(workspace.root);
});

test('no recording, and a database that cannot be read', async () => {
  const empty = new Workspace();
  await expect(openSession(empty.root)).rejects.toMatchObject({ name: 'Fault', exitCode: 3 });
  await expect(openSession(`${empty.root}/nowhere`, { load: false })).rejects.toMatchObject({ exitCode: 3 });
  mkdirSync(dirname(storeFile(empty.root)), { recursive: true });
  writeFileSync(storeFile(empty.root), 'rubbish');
  await expect(openSession(empty.root, { load: false })).rejects.toMatchObject({ exitCode: 4 });
  empty.remove();
});
