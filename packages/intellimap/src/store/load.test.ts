import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freshStore } from './fixtures/stored.ts';
import { loadRun } from './index.ts';

const stored = freshStore();
const { open, rows, one } = stored;

const PICTURE = 'a{ b{ n{ }n }b C1{ ~1 }a >1 c{ ^1c !c !1';
const NOTES = [{ t: 'error', id: 1, name: 'TypeError', message: "it's\0 ''; DROP TABLE runs; --" }];

test('becomes rows of every table', async () => {
  const dir = stored.workspace.run('r1', { '7-0': [{ picture: PICTURE, notes: NOTES, end: true }] });
  await open();
  expect(await loadRun(stored.store, dir)).toBe(true);
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
    await rows(`SELECT src, dst, count, total_ms, round(latency_p95_ms, 3) FROM edges_runtime ORDER BY ALL`),
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
  stored.workspace.run('r1', { '7-0': [{ picture: 'a{ }a' }] }, { labels: ['eu', 'prod'] });
  stored.workspace.run('r2', { '7-0': [{ picture: 'a{ }a' }] }, { labels: 7 as unknown as string[] });
  await open();
  for (const id of ['r1', 'r2']) await loadRun(stored.store, stored.workspace.runDir(id));
  expect(await rows('SELECT id, labels FROM runs ORDER BY id')).toEqual(['r1 ["eu","prod"]', 'r2 []']);
});

test('is loaded once, and again when its files change', async () => {
  const dir = stored.workspace.run('r1', { '7-0': [{ picture: 'a{ }a' }] });
  await open();
  expect(await loadRun(stored.store, dir)).toBe(true);
  expect(await loadRun(stored.store, dir)).toBe(false);
  expect(await one('SELECT complete FROM runs')).toEqual({ complete: false });
  stored.workspace.run('r1', { '7-0': [{ picture: 'a{ b{ }b }a', end: true }] });
  expect(await loadRun(stored.store, dir)).toBe(true);
  expect(await rows('SELECT count(*) FROM runs')).toEqual(['1']);
  expect(await rows('SELECT count(*) FROM calls')).toEqual(['2']);
  utimesSync(join(dir, 'run.json'), 1, 1);
  expect(await loadRun(stored.store, dir)).toBe(true);
});

test('threads and processes share functions', async () => {
  const dir = stored.workspace.run('r1', {
    '7-0': [{ picture: 'a{ }a', end: true }],
    '7-1': [{ picture: 'a{ }a', end: true }],
    '8-0': [{ picture: 'b{ a{ }a }b', end: true }],
  });
  await open();
  await loadRun(stored.store, dir);
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
  const dir = stored.workspace.run(
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
  await loadRun(stored.store, dir);
  expect(await rows('SELECT ast_node_id, hits, self_ms, roots FROM nodes_runtime ORDER BY 1')).toEqual([
    'ts:src/a.ts#a 12  ',
    'ts:src/b.ts#n 2  ',
  ]);
  expect(await rows('SELECT used FROM imports GROUP BY 1 ORDER BY 1')).toEqual(['false', '']);
  expect(await one('SELECT complete FROM runs')).toEqual({ complete: true });
});

test('a run of tier edges has callers and callees, and no times', async () => {
  const dir = stored.workspace.run(
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
  await loadRun(stored.store, dir);
  expect(
    await rows('SELECT src, dst, count, total_ms, latency_p50_ms FROM edges_runtime ORDER BY 1, 2'),
  ).toEqual([
    'ts:src/a.ts#a ts:src/a.ts#b 15  ',
    'ts:src/a.ts#b ts:src/a.ts#b 2  ',
    'ts:src/a.ts#b ts:src/b.ts#n 1099511627776  ',
  ]);
  expect(await rows('SELECT ast_node_id, hits, roots, threw, self_ms FROM nodes_runtime ORDER BY 1')).toEqual(
    ['ts:src/a.ts#a 1 1  ', 'ts:src/a.ts#b 17 0  ', 'ts:src/a.ts#c 4 0  ', 'ts:src/b.ts#n 1099511627776 0  '],
  );
  expect(await rows('SELECT edgeless_calls FROM threads ORDER BY thread_id')).toEqual(['4', '0']);
  expect(await rows("SELECT used FROM imports WHERE src = 'src/a.ts' AND dst = 'src/b.ts' ORDER BY line")).toEqual([
    'true', '', '',
  ]); // prettier-ignore
});

test('processes that ran unrecorded are counted, and what was not seen may have happened', async () => {
  const dir = stored.workspace.run('r1', { '7-0': [{ counts: [[1, 5]], end: true }] }, { tier: 'minimal' });
  await open();
  await loadRun(stored.store, dir);
  const facts =
    'SELECT processes_unrecorded, complete, (SELECT count(*) > 0 FROM imports WHERE NOT used) AS unused FROM runs';
  expect(await one(facts)).toEqual({ processes_unrecorded: 0, complete: true, unused: true });
  stored.workspace.write('r1', 'unrecorded.ndjson', '{"pid":8,"ppid":7}\n{"pid":9,"ppid":7}\n');
  await loadRun(stored.store, dir);
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
  const dir = stored.workspace.run('r1', {
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
  await loadRun(stored.store, dir);
  expect(await rows('SELECT kind, count, path, line, stack[-14:] FROM errors ORDER BY line')).toEqual([
    'uncaught 1 src/b.ts 11 src/a.ts:31:3)',
    'uncaught 1 src/a.ts 31 src/a.ts:31:3)',
  ]);
});

test('imports whose functions never ran are unused; when others called them, nothing is known', async () => {
  await open();
  const used = async (id: string, picture: string) => {
    await loadRun(stored.store, stored.workspace.run(id, { '7-0': [{ picture, end: true }] }));
    return await rows(
      `SELECT used FROM imports WHERE run_id = '${id}' AND src = 'src/a.ts' AND NOT type_only AND dst = 'src/b.ts' ORDER BY line`,
    );
  };
  expect(await used('r1', 'a{ b{ }b }a')).toEqual(['false', 'false']);
  expect(await used('r2', 'a{ }a n{ }n')).toEqual(['', 'false']);
  expect(await used('r3', 'o{ n{ }n }o')).toEqual(['', '']);
});
