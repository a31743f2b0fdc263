import { afterAll, beforeAll, expect, test } from 'vitest';
import { ANALYSES, askAnalyses } from '../analyses/index.ts';
import { Workspace } from '../store/fixtures/workspace.ts';
import { listening, openSession, runnable, runSummary, type Session } from './index.ts';

const workspace = new Workspace();
let session: Session;
beforeAll(async () => {
  const notes = [{ t: 'error', id: 1, name: 'TypeError', message: 'no cart' }];
  workspace.run('r1', { '7-0': [{ picture: 'a{ b{ n{ }n }b b{ n{ ^1n !n !b }a', notes, end: true }] });
  session = await openSession(workspace.root);
});
afterAll(() => {
  session.close();
  workspace.remove();
});

test.each([
  ['select $a, $b', { a: "it's", b: 7 }, "select 'it''s', 7"],
  [`select '$a', "$a", $a -- $a`, { a: null }, `select '$a', "$a", NULL -- $a`],
  [
    "select json_extract(facts, '$.flight'), $other",
    { a: 1 },
    "select json_extract(facts, '$.flight'), $other",
  ],
  ['SELECT 1\n     FROM runs\n       WHERE true\n', {}, 'SELECT 1\nFROM runs\n  WHERE true'],
  ['\n  SELECT\n    (SELECT 1) AS a\n', {}, 'SELECT\n  (SELECT 1) AS a'],
])('%j with %j', (sql, values, text) => expect(runnable(sql, values)).toBe(text));

test('what is told is what was asked: it can be asked again, and gives the same', async () => {
  const heard = listening(session);
  const rows = await heard.session.db.all('SELECT name, hits FROM hot_functions WHERE name = $name', {
    name: 'n',
  });
  await heard.session.db.all('SELECT name, hits FROM hot_functions WHERE name = $name', { name: 'n' });
  expect(heard.statements).toEqual(["SELECT name, hits FROM hot_functions WHERE name = 'n'"]);
  const { columns, rows: again } = await session.db.select(heard.statements[0], { limit: 10, timeoutMs: 0 });
  expect(again.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]])))).toEqual(rows);
});

test('every statement of the report is one that "query" answers', async () => {
  const heard = listening(session);
  await runSummary(heard.session);
  const answers = await askAnalyses(session, ANALYSES);
  const all = [...heard.statements, ...answers.flatMap(({ statements }) => statements)];
  expect(all.length).toBeGreaterThan(8);
  // Asked for in columns.
  expect(answers.find(({ name }) => name === 'hot-paths')?.statements).toHaveLength(2);
  for (const sql of all) await session.db.select(sql, { limit: 1000, timeoutMs: 0 });
});

test('an analysis that fails is told, and the next one is asked', async () => {
  const broken = {
    ...ANALYSES.errors,
    name: 'broken',
    check: async (s: Session) => await s.db.all('SELECT x'),
  };
  const answers = await askAnalyses(session, { broken, errors: ANALYSES.errors });
  expect(answers.map(({ name, holds }) => [name, holds])).toEqual([
    ['broken', 'failed'],
    ['errors', 'yes'],
  ]);
  expect(answers[0].why).toContain('x');
});

test('some of them', async () => {
  const names = async (wishes: object) =>
    (await askAnalyses(session, ANALYSES, wishes)).map(({ name }) => name);
  expect(await names({ only: ['errors'] })).toEqual(['errors']);
  expect(await names({ skip: ['errors'] })).not.toContain('errors');
  expect(await names({ only: ['errors'], skip: ['errors'] })).toEqual(['errors']);
  await expect(names({ only: ['erors'] })).rejects.toThrow(
    'there is no analysis "erors"; did you mean "errors"?',
  );
});
