/** Each question of the contract, asked over the wire of a run that has something to say to each. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COLUMNS_TYPE, decodeColumns } from '../base/columns.ts';
import { unpacked, type Packed } from '../base/packed.ts';
import { Workspace } from '../store/fixtures/workspace.ts';
import { type Browser, opened } from './fixtures/browser.ts';
import type { CallTree, OfRun, Questions } from './contract.ts';
import { ROUTES } from './routes/index.ts';

const workspace = new Workspace();
let browser: Browser;
beforeAll(async () => {
  const notes = [
    { t: 'error', id: 1, name: 'TypeError', message: 'no rate' },
    { t: 'task', id: 1, kind: 'request', name: 'GET /' },
  ];
  const picture = '[1 a{ n{ ^1n !n v1a b{ }b }a ]1 .1';
  workspace.run('r1', { '7-0': [{ picture, notes, end: true }] }, { startedAt: 1_780_000_000_000 });
  workspace.run('r2', { '7-0': [{ picture, notes, end: true }] });
  browser = await opened(workspace.root);
});
afterAll(async () => {
  await browser.server.close();
  workspace.remove();
});

/** What each is asked by; of those that stand in for many, one. */
const ASKS: { [Name in keyof typeof ROUTES]: Questions[Name]['ask'] } = {
  workspace: {},
  summary: { run: 'r2' },
  home: {},
  report: { name: 'errors' },
  reports: {},
  functions: { text: 'a' },
  function: { function: 'ts:src/a.ts#a' },
  issues: { buckets: 5 },
  source: { path: 'src/a.ts' },
  drift: { against: 'r1' },
  compare: { against: 'r1' },
  compareTree: { against: 'r1' },
  map: { against: 'r1' },
  inside: { path: 'src/a.ts' },
  neighbourhood: { function: 'ts:src/a.ts#a', depth: 1 },
  slowest: { function: 'ts:src/a.ts#a' },
  overview: { px: 100 },
  window: { t0: 0, t1: 100, px: 100, threads: [1] },
  tasks: { t0: 0, t1: 100 },
  frame: { t: 25 },
  step: { t: 0, direction: 'next', what: 'call' },
  tree: { thread: 1, call: 0 },
  why: { thread: 1, call: 1 },
  lines: { path: 'src/a.ts', thread: 1, call: 0 },
  call: { thread: 1, call: 1 },
  prompt: { thread: 1, call: 1 },
  tables: {},
  gates: {},
};

/** As the page does. */
async function ask<Name extends keyof typeof ROUTES>(name: Name, by: Questions[Name]['ask']): Promise<any> {
  const words = Object.entries(by as OfRun).map(([key, value]): [string, string] => [key, String(value)]);
  const answer = await browser.get(`/api/${name}?${new URLSearchParams(words).toString()}`);
  expect(answer.status, answer.text.slice(0, 300)).toBe(200);
  if (!answer.headers['content-type']!.startsWith(COLUMNS_TYPE)) return answer.json;
  const { buffer, byteOffset, byteLength } = answer.body;
  return decodeColumns(buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer);
}

test.each(Object.keys(ROUTES) as (keyof typeof ROUTES)[])('%s', async (name) => {
  const answer = await ask(name, ASKS[name]);
  expect(answer === null ? 'nothing' : typeof answer).toBe(name === 'gates' ? 'nothing' : 'object');
});

test('they are about the same run', async () => {
  expect((await ask('home', {})).verdict.sentence).toBe(
    'GET / ran into a TypeError in n, as in earlier runs.',
  );
  expect((await ask('map', ASKS.map)).head.facts).toMatchObject({ run: 'r2', other: 'r1' });
  expect((await ask('overview', ASKS.overview)).head.run).toBe('r2');
  const tree = unpacked<CallTree>((await ask('tree', ASKS.tree)) as Packed<CallTree>);
  expect([...tree.call]).toEqual([0, 1, 2]);
  expect(
    (await ask('frame', ASKS.frame)).threads[0].stack.map((each: { name: string }) => each.name),
  ).toEqual(['a', 'n']);
  expect(await ask('call', ASKS.call)).toMatchObject({
    name: 'n',
    outcome: 'threw',
    values: [],
    changeCount: 0,
  });
});
