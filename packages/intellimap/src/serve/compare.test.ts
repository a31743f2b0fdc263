/** What Compare is told: real recordings, real requests. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeColumns } from '../base/columns.ts';
import { unpacked } from '../base/packed.ts';
import type { CompareTree } from '../query/index.ts';
import { Workspace } from '../store/fixtures/workspace.ts';
import { type Browser, opened } from './fixtures/browser.ts';

const workspace = new Workspace();
let browser: Browser;
beforeAll(async () => {
  const run = (id: string, day: number, picture: string): string =>
    workspace.run(
      id,
      { '7-0': [{ picture, end: true }] },
      { startedAt: 1_790_000_000_000 + day * 86_400_000 },
    );
  run('r1', 1, 'a{ b{ }b }a');
  run('r2', 2, 'a{ b{ }b c{ }c }a');
  browser = await opened(workspace.root);
});
afterAll(async () => {
  await browser.server.close();
  workspace.remove();
});

test('a headline, and each change in words', async () => {
  const { json } = await browser.get('/api/compare');
  expect([json.now, json.before, json.headline]).toEqual([
    'r2',
    'r1',
    'c ran, and did not before (1 call).',
  ]);
  expect(json.changes.map(({ subject, says }: { subject: string; says: string }) => `${subject} ${says}`)).toEqual([
    'c ran, and did not before (1 call)',
  ]);
}); // prettier-ignore

test('the first run has nothing to be compared with; two that are the same do not differ', async () => {
  const alone = await browser.get('/api/compare?run=r1');
  expect([alone.status, alone.json]).toEqual([200, null]);
  expect((await browser.get('/api/compare?run=r1&against=r1')).json.headline).toBe('Nothing differs.');
});

test('both runs as one tree, in columns', async () => {
  const { body } = await browser.get('/api/compareTree?against=r1');
  const tree = unpacked<CompareTree>(
    decodeColumns(body.buffer.slice(body.byteOffset, body.byteOffset + body.length) as ArrayBuffer),
  );
  expect([tree.run, tree.other, tree.measure]).toEqual(['r2', 'r1', 'work']);
  expect([...tree.fn].map((fn, row) => [tree.functions[fn].name, tree.parent[row], tree.callsBefore[row], tree.callsNow[row]])).toEqual([
    ['a', -1, 1, 1], ['b', 0, 1, 1], ['c', 0, 0, 1],
  ]);
}); // prettier-ignore

test('a tree needs a run to compare with, and a measure that there is', async () => {
  expect((await browser.get('/api/compareTree')).status).toBe(400);
  expect((await browser.get('/api/compareTree?against=r1&measure=luck')).status).toBe(400);
  expect((await browser.get('/api/compareTree?against=nobody')).status).toBe(404);
});
