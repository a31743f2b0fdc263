/** Analyses of others, asked as ours are, over a run that is a picture. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  defineAnalysis,
  defineEvents,
  type ExtensionFinding,
  type RunQuestions,
} from '../base/extension/index.ts';
import { openSession, type Session } from '../query/index.ts';
import { Workspace } from '../store/fixtures/workspace.ts';
import { ANALYSES, askAnalyses, extendedAnalyses } from './index.ts';

const workspace = new Workspace();
let session: Session;
const shop = defineEvents({
  name: 'shop',
  events: {
    ordered: {
      doc: 'x',
      fields: {
        total: { type: 'number', unit: 'EUR', doc: 'x' },
        items: { type: 'integer', doc: 'x' },
        express: { type: 'boolean', doc: 'x' },
        who: { type: 'text', doc: 'x' },
      },
    },
  },
});

beforeAll(async () => {
  const event = (n: number, id: number, values: object) => ({ t: 'event', id, n, name: 'shop/ordered', values, micros: 1000 + n }); // prettier-ignore
  workspace.run('r', {
    '7-0': [
      {
        // Who told an event stands where its word does: before the note, after it, and nowhere.
        picture: 'a{ @11 b{ @12 }b @13 }a',
        notes: [
          event(1, 11, { total: 12.5, items: 2, express: true, who: 'bob' }),
          event(2, 12, { total: 'much', items: 3.5 }),
          event(3, 99, {}),
          { t: 'event', n: 6 },
          { t: 'event', id: 'x', n: 1, name: 7 },
        ],
      },
      { notes: [event(4, 13, { who: 'eve' })], end: true },
    ],
  });
  session = await openSession(workspace.root, { events: [shop] });
});
afterAll(() => {
  session.close();
  workspace.remove();
});

const ask = async (check: (questions: RunQuestions) => Promise<unknown>, more: object = {}) => {
  const analysis = defineAnalysis({ name: 'acme/a', title: 'A', check: check as never, ...more });
  const [answer] = await askAnalyses(session, extendedAnalyses([analysis]));
  return answer;
};

test('findings are as those of ours, with what was asked', async () => {
  const answer = await ask(async ({ sql, run }) => {
    expect([run.id, run.tier]).toEqual(['r', 'performance']);
    const rows = await sql<{ name: string; n: number }>(
      'SELECT name, count(*) AS n FROM functions WHERE name <> $not GROUP BY 1 ORDER BY 1 LIMIT 1',
      { not: "it's" },
    );
    return rows.map(({ name, n }) => ({
      key: name,
      text: `${name} ${n + 1}`,
      place: { path: 'a.ts', line: 3 },
    }));
  });
  expect(answer).toMatchObject({ holds: 'yes', summary: '1 finding', title: 'A' });
  const [{ finding, text }] = answer.findings;
  expect([finding.id, text, finding.confidence, finding.place]).toEqual([
    'acme/a:A',
    'A 2',
    'certain',
    { path: 'a.ts', line: 3 },
  ]);
  expect(finding.evidence).toEqual([{ run: 'r', table: 'runs', key: { id: 'r' } }]);
  expect(answer.statements).toEqual([expect.stringContaining("WHERE name <> 'it''s'")]);
});

test('its own summary, nothing found, and what is not known', async () => {
  const found: ExtensionFinding[] = [
    { key: 'k', text: 't', evidence: [{ table: 'calls', key: { call_id: 1 } }] },
  ];
  const summarise = (all: readonly ExtensionFinding[]) => `just ${all.length}`;
  expect(await ask(async () => found, { summarise })).toMatchObject({ holds: 'yes', summary: 'just 1' });
  expect(await ask(async () => [])).toMatchObject({ holds: 'no' });
  expect(await ask(async () => ({ unknown: 'no events' }))).toMatchObject({
    holds: 'unknown',
    why: 'no events',
  });
});

test.each<[string, (questions: RunQuestions) => Promise<unknown>, RegExp]>([
  ['it throws', async () => { throw new RangeError('too far\nx'); }, /^acme\/a says: too far$/], // prettier-ignore
  ['it is wrong SQL', ({ sql }) => sql('SELECT nothing FROM calls'), /^acme\/a says: Binder Error/],
  ['it writes', ({ sql }) => sql('DROP VIEW calls'), /only SELECT statements/],
  ['it asks twice', ({ sql }) => sql('SELECT 1; SELECT 2'), /one statement at a time/],
  ['it asks for too much', ({ sql }) => sql('FROM range(100001)'), /more than 100000 rows/],
  ['it reads files', ({ sql }) => sql("FROM read_csv('/etc/passwd')"), /acme\/a says: Permission Error/],
  ['it gives no list', async () => 7, /neither a list of findings nor/],
  ['a finding has no key', async () => [{ text: 'x' }], /finding 1: key is a text/],
  ['it shows what is not there', async () => [{ key: 'k', text: 'x', evidence: [{ table: 'call', key: {} }] }], /evidence names "call"/], // prettier-ignore
])('when %s, that is its failure', async (_, check, why) => {
  const answer = await ask(check);
  expect([answer.holds, answer.why]).toEqual(['failed', expect.stringMatching(why)]);
});

test('a summary that throws is its failure', async () => {
  const summarise = (): never => {
    throw new Error('no words');
  };
  const answer = await ask(async () => [{ key: 'k', text: 'x' }], { summarise });
  expect([answer.holds, answer.why]).toEqual(['failed', 'acme/a says: no words']);
});

test('the others are asked all the same', async () => {
  const broken = defineAnalysis({
    name: 'acme/broken',
    title: 'B',
    check: async () => Promise.reject(new Error('no')),
  });
  const answers = await askAnalyses(session, { ...extendedAnalyses([broken]), errors: ANALYSES.errors });
  expect(answers.map(({ name, holds }) => `${name} ${holds}`)).toEqual(['acme/broken failed', 'errors no']);
});

test('events of the program, with call and task, and a view with columns for their fields', async () => {
  const rows = await session.db.all(
    'SELECT event_id, name, "values", "function", call_id, task_id FROM custom_events ORDER BY event_id',
  );
  expect(rows.map((row) => Object.values(row).join(' '))).toEqual([
    '1 shop/ordered {"total":12.5,"items":2,"express":true,"who":"bob"} ts:src/a.ts#a 0 1',
    '2 shop/ordered {"total":"much","items":3.5} ts:src/a.ts#b 1 1',
    '3 shop/ordered {}   ',
    '4 shop/ordered {"who":"eve"} ts:src/a.ts#a 0 1',
  ]);
  expect(await session.db.all('SELECT thread_id, count FROM custom_events_let_go')).toEqual([
    { thread_id: 1, count: 2 },
  ]);
  const view = await session.db.all(
    'SELECT total, items, express, who, call_id FROM events_shop_ordered ORDER BY event_id',
  );
  expect(view.map((row) => Object.values(row))).toEqual([
    [12.5, 2, true, 'bob', 0],
    [null, expect.anything(), null, null, 1],
    [null, null, null, null, null],
    [null, null, null, 'eve', 0],
  ]);
});
