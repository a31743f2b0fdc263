import { afterAll, beforeAll, expect, test } from 'vitest';
import { Workspace } from '../store/fixtures/workspace.ts';
import { buildRun, latestLike, openSession, type Session } from './index.ts';

const workspace = new Workspace();
let session: Session;
const request = { t: 'task', id: 7, kind: 'request', name: 'GET /' };
const error = (message: string) => [request, { t: 'error', id: 1, name: 'Error', message }];
/** A request: two calls of b and one of the async A, which waits once; n throws. */
const picture = (times: number) =>
  `a{ }a [7 c{ ${'b{ }b '.repeat(times)}A1{ ~1 n{ ^1n !n }c ]7 [7 >1 }1 ]7 .7`;

beforeAll(async () => {
  const runs = [
    ['20261121-a', 2, 'no order 17 of "Ann"'],
    ['20261122-b', 2, 'no order 4 of "Bob"'],
    ['20261123-c', 3, 'no customer'],
  ] as const;
  runs.forEach(([id, times, message], at) =>
    workspace.run(
      id,
      { '7-0': [{ picture: picture(times), notes: error(message), end: true }] },
      { startedAt: 1_790_000_000_000 + at },
    ),
  );
  workspace.run(
    '20261124-other',
    { '7-0': [{ picture: 'a{ }a', end: true }] },
    { command: ['node', 'other.js'], startedAt: 1 },
  );
  session = await openSession(workspace.root, { run: '20261123' });
});
afterAll(() => {
  session.close();
  workspace.remove();
});

const built = async (pattern = '^b$') => {
  const runs = await latestLike(session.db, session.run, 9);
  return await Promise.all(runs.map((run) => buildRun(session.db, run, pattern)));
};

test('runs of the same command, the oldest first', async () => {
  expect((await built()).map(({ run }) => run.id)).toEqual(['20261121-a', '20261122-b', '20261123-c']);
  expect((await latestLike(session.db, session.run, 2)).map(({ id }) => id)).toEqual([
    '20261122-b',
    '20261123-c',
  ]);
});

test('functions with what they did, those that never ran, too', async () => {
  const [{ functions }] = await built();
  const hits = Object.fromEntries(functions.map(({ name, hits }) => [name, hits]));
  expect(hits).toMatchObject({ a: 1, b: 2, c: 1, A: 1, n: 1, z: 0 });
});

test('a task: calls, awaits and queries, busy time without what it waited for', async () => {
  const tasks = (await built()).map((run) => run.tasks.find(({ kind }) => kind === 'request')!);
  expect(
    tasks.map(({ name, count, calls, awaits, queries }) => ({ name, count, calls, awaits, queries })),
  ).toEqual(
    [2, 2, 3].map((times) => ({
      name: 'GET /',
      count: 1,
      calls: times + 3,
      awaits: 1,
      queries: { 'ts:src/a.ts#b': times },
    })),
  );
  for (const { busyMs, p50Ms } of tasks) {
    expect(busyMs).toBeGreaterThan(0);
    expect(busyMs).toBeLessThan(p50Ms);
  }
});

test('errors that differ in numbers and quotations are one, others are not', async () => {
  const [first, second, third] = (await built()).map(({ errors }) =>
    errors.map(({ signature }) => signature),
  );
  expect(first).toEqual(second);
  expect(first).not.toEqual(third);
});
