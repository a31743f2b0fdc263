/** Errors over time. Of the letters program only src/b.ts throws. In pictures `^1n` throws error 1 in n, `!n` leaves n by an exception, `v1n` is a catch clause in n; each event takes 10 µs. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Workspace } from '../store/fixtures/workspace.ts';
import { issues, openSession, type Session, verdict } from './index.ts';

let workspace: Workspace;
beforeEach(() => void (workspace = new Workspace()));
afterEach(() => workspace.remove());

const error = (id: number, name: string, message = 'no') => ({ t: 'error', id, name, message });
const request = (id: number, name: string) => ({ t: 'task', id, kind: 'request', name });
const record = (id: string, picture: string, notes: { t: string }[], startedAt = 1_790_000_000_000): string =>
  workspace.run(id, { '7-0': [{ picture, notes, end: true }] }, { startedAt, endedAt: startedAt + 1 });

async function ask<T>(question: (session: Session) => Promise<T>): Promise<T> {
  const session = await openSession(workspace.root);
  try {
    return await question(session);
  } finally {
    session.close();
  }
}

test('where all are known by the calls that they left, all have their time', async () => {
  // Four times, of which the error table knows the first of each message.
  record('r1', 'n{ ^1n !n b{ }b b{ }b n{ ^1n !n n{ ^2n !n b{ }b n{ ^1n !n', [
    error(1, 'TypeError', 'no 1'),
    error(2, 'TypeError', 'no 2'),
  ]);
  const { signatures, to } = await ask((session) => issues(session, 10));
  expect(to).toBe(1000);
  expect(signatures).toHaveLength(1);
  expect(signatures[0]).toMatchObject({ count: 4, timed: 4, template: 'no #', function: 'n' });
  expect(signatures[0].counts).toEqual([2, 2, 0, 0, 0, 0, 0, 0, 0, 0]);
});

test('where a function has several, the first of each is known', async () => {
  record('r1', 'n{ ^1n !n n{ ^2n !n n{ ^1n !n', [error(1, 'TypeError'), error(2, 'RangeError')]);
  const { signatures } = await ask((session) => issues(session, 10));
  expect(signatures.map(({ name, count, timed }) => [name, count, timed])).toEqual([['TypeError', 2, 1], ['RangeError', 1, 1]]);
}); // prettier-ignore

test('the first leads to its call, and tells its stack', async () => {
  record('r1', 'n{ }n b{ n{ ^1n !n v1b }b', [error(1, 'TypeError')]);
  const { signatures } = await ask((session) => issues(session, 10));
  expect(signatures[0].first).toEqual({ t: 40, thread: 1, call: '2', function: 'ts:src/b.ts#n', path: 'src/b.ts', line: 141 });
  expect(signatures[0].stack.map(({ name, line }) => [name, line])).toEqual([['n', 141], ['b', 20]]);
}); // prettier-ignore

test('the verdict: who met it, in how many requests, since when', async () => {
  const notes = [
    error(1, 'TypeError', 'no rate'),
    ...[1, 2, 3, 4].map((id) => request(id, `GET /carts/${id}`)),
  ];
  record('r1', '[1 a{ }a ]1 .1 [2 a{ }a ]2 .2', notes, 1_780_000_000_000);
  record('r2', '[1 a{ }a ]1 .1 [2 a{ n{ ^1n !n !a ]2 .2 [3 a{ }a ]3 .3 [4 a{ }a ]4 .4', notes);
  const answer = await ask((session) => verdict(session));
  expect(answer).toMatchObject({
    tone: 'bad',
    sentence: '1 in 4 requests GET /carts/* ran into a TypeError in n, and it began in this run.',
    against: { run: 'r1', why: 'the complete run of the same command and tier before it' },
    moment: { thread: 1, function: 'ts:src/b.ts#n', line: 141 },
  });
  expect(answer.prompt).toContain(
    'Error: TypeError: no rate\n\nPlace: src/b.ts:141, in n\n\nStack, innermost first:\n  n (src/b.ts:141)\n  a (src/a.ts:10)',
  );
});

test('the verdict: an error that no recorded code saw leads to the call that it left first', async () => {
  record('r1', '[1 n{ a{ }a }n ]1 .1 [2 n{ a{ !a !n ]2 .2', [request(1, 'GET /'), request(2, 'GET /')]);
  const answer = await ask((session) => verdict(session));
  expect(answer).toMatchObject({
    tone: 'bad',
    sentence: '1 in 2 requests GET / ran into an error in a.',
    moment: { call: '3', function: 'ts:src/a.ts#a' },
  });
  expect(answer.moment!.t).not.toBeNull();
  record(
    'r2',
    '[1 n{ a{ }a }n ]1 .1 [2 n{ a{ !a !n ]2 .2',
    [request(1, 'GET /'), request(2, 'GET /')],
    1_795_000_000_000,
  );
  expect((await ask((session) => verdict(session))).sentence).toBe(
    '1 in 2 requests GET / ran into an error in a, as in earlier runs.',
  );
});

test('the verdict: nothing is wrong', async () => {
  record('r1', 'a{ }a', []);
  expect(await ask((session) => verdict(session))).toMatchObject({
    tone: 'good',
    sentence: 'No errors.',
    prompt: null,
    against: null,
  });
});
