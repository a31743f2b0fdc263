/** Texts whose functions have the names of the pictures' letters, and what runs saw of them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Workspace } from '../store/fixtures/workspace.ts';
import { calls } from './commands/calls.ts';
import { runCommand } from './fixtures/terminal.ts';
import { SCHEMAS } from './shapes/index.ts';
import { query } from './commands/query.ts';

const workspace = new Workspace();
beforeAll(() => {
  mkdirSync(join(workspace.root, 'src'));
  const write = (path: string, text: string): void => writeFileSync(join(workspace.root, path), text);
  write('package.json', '{}');
  write(
    'src/a.ts',
    `import { n, o } from './b.ts';
export function a() { b(n); c(); d(); e(); }
export function b(given) { given(); }
export function c() { if (isOdd) o(); }
export function d() { setTimeout(f, 1); }
export function e(x) { x.work(); return unknown.thing.work(); }
export function f() {}
export function g(x = h()) { return x; }
export function h() {}
export function i() { g(); }
`,
  );
  write('src/b.ts', 'export function n() {}\nexport function o() { n(); }\n');
  // In the first, `e` calls `f`, in a way that nobody sees in the text.
  workspace.run(
    'r1',
    { '7-0': [{ picture: 'a{ b{ n{ }n }b c{ }c d{ }d e{ f{ }f }e }a i{ h{ }h g{ }g }i', end: true }] },
    { startedAt: 1 },
  );
  workspace.run('r2', { '7-0': [{ picture: 'a{ b{ }b c{ o{ }o }c }a', end: true }] }, { labels: ['ci'] });
});
afterAll(() => workspace.remove());

const shown = async (name: string, values = {}): Promise<string[]> => {
  const { stdout } = await runCommand(calls, workspace.root, [name], values);
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  return stdout.split('\n').map((line) => line.trim().replaceAll(/ {2,}/g, '  '));
};

test('callers and callees, with the reason, and what runs saw', async () => {
  expect(await shown('a')).toEqual([
    'a  function  src/a.ts:2',
    '2 calls',
    'may call',
    '2×  b  direct  src/a.ts:3',
    '2×  c  direct  src/a.ts:4',
    '1×  d  direct  src/a.ts:5',
    '1×  e  direct  src/a.ts:6',
  ]);
  expect(await shown('c')).toEqual([
    'c  function  src/a.ts:4',
    '2 calls',
    'may be called by',
    '2×  a  direct  src/a.ts:2',
    'may call',
    '1× in tests  o  import  src/b.ts:2',
  ]);
  expect((await shown('b')).slice(-2)).toEqual(['may call', '1×  n  points to  src/b.ts:1']);
});

test('what the text says and no run did; what is called by others, later', async () => {
  expect((await shown('o')).slice(-2)).toEqual(['may call', 'never  n  direct  src/b.ts:1']);
  expect((await shown('d')).slice(-1)).toEqual(['called by others  f  callback of setTime…  src/a.ts:7']);
});

test('what defaults of parameters call is, for a run, called by who calls the function, and nobody says that it never was', async () => {
  expect((await shown('g')).slice(-2)).toEqual([
    'may call',
    'called by others  h  parameter default  src/a.ts:9',
  ]);
  expect((await shown('i')).slice(-2)).toEqual([
    'called, though the text does not tell',
    '1×  h  parameter default  src/a.ts:9',
  ]);
  const sql = "SELECT evidence FROM call_evidence WHERE dst LIKE '%#h'";
  const { stdout } = await runCommand(query, workspace.root, [sql], { run: 'r1', json: true });
  expect(JSON.parse(stdout)).toEqual([{ evidence: 'called by others' }]);
});

test('what a run did and the text does not tell, with the reason; calls that lead nowhere known', async () => {
  expect(await shown('e', { all: true })).toEqual([
    'e  function  src/a.ts:6',
    '1 call',
    'may be called by',
    '1×  a  direct  src/a.ts:2',
    'called, though the text does not tell',
    '1×  f  through outside code  src/a.ts:7',
    'calls of which nothing is known',
    'line 6  x.work  method',
  ]);
});

test('as JSON, as its schema says', async () => {
  const { stdout } = await runCommand(calls, workspace.root, ['e'], { json: true });
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  expect(ajv.validate(SCHEMAS['calls'] as object, JSON.parse(stdout)) || ajv.errors).toBe(true);
  const [e] = JSON.parse(stdout).matches;
  expect(e.callers).toMatchObject([{ name: 'a', kind: 'direct', confidence: 'certain', atLine: 2, runs: 1, evidence: 'seen' }]); // prettier-ignore
  expect(e.unknownCallees).toMatchObject([{ name: 'f', calls: 1, testCalls: 0, last: 'r1' }]);
});

test('the views say the same of each run', async () => {
  const asked = async (sql: string): Promise<unknown> =>
    JSON.parse((await runCommand(query, workspace.root, [sql], { json: true })).stdout);
  expect(
    await asked(
      "SELECT run_id AS run, evidence FROM all_runs.call_evidence WHERE src LIKE '%#c' ORDER BY run",
    ),
  ).toEqual([
    { run: 'r1', evidence: 'never' },
    { run: 'r2', evidence: 'seen' },
  ]);
  expect(await asked('SELECT run_id AS run, reason FROM all_runs.blind_spots ORDER BY reason')).toEqual([
    { run: 'r1', reason: 'parameter default' },
    { run: 'r1', reason: 'through outside code' },
  ]);
});

test('nothing is called so', async () => {
  await expect(runCommand(calls, workspace.root, ['nobody'])).rejects.toThrow('no function of the source');
  await expect(runCommand(calls, workspace.root, [])).rejects.toThrow('which function?');
});
