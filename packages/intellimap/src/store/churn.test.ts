import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { surveyWorkspace } from '../graph/index.ts';
import { refreshChanged } from './load.ts';

let root: string;
let head: string | null;
let asked: string[][];
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'intellimap-churn-')));
  mkdirSync(join(root, '.intellimap'));
  [head, asked] = ['c1', []];
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const refreshed = () =>
  refreshChanged(root, {
    sources: async (known) => surveyWorkspace(root, known),
    churn: {
      head: async () => head,
      churn: async (functions) => {
        asked.push(functions.map(({ id, line, endLine }) => `${id} ${line}-${endLine}`));
        return functions.map(({ id, path }) => ({ id, path, commits: 2, lastAt: 1_767_225_600_000 }));
      },
    },
    ask: (db) => db.all('SELECT ast_node_id AS id, commits, last_at FROM function_churn ORDER BY id'),
  });

test('changes are counted once for each commit and text', async () => {
  writeFileSync(join(root, 'a.mjs'), 'let a;\nexport function f() {\n  return a;\n}\n');
  const rows = await refreshed();
  expect(rows).toMatchObject([
    { id: 'ts:a.mjs#', commits: 2 },
    { id: 'ts:a.mjs#f', commits: 2 },
  ]);
  expect(await refreshed()).toEqual(rows);
  expect(asked).toEqual([['ts:a.mjs# 1-5', 'ts:a.mjs#f 2-4']]);
  head = 'c2';
  await refreshed();
  expect(asked).toHaveLength(2);
  writeFileSync(join(root, 'a.mjs'), '// new\nlet a;\nexport function f() {\n  return a;\n}\n');
  await refreshed();
  expect(asked[2]).toEqual(['ts:a.mjs# 1-6', 'ts:a.mjs#f 3-5']);
});

test('without a repository there are none', async () => {
  writeFileSync(join(root, 'a.mjs'), 'f();\n');
  expect(await refreshed()).toHaveLength(1);
  head = null;
  expect(await refreshed()).toEqual([]);
  expect(asked).toHaveLength(1);
});
