/** Errors by signature, and failures that nobody saw. In pictures `!a` leaves a by an exception, `^1a` throws, `v1a` is a catch clause in a. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Workspace } from '../store/fixtures/workspace.ts';
import { failures, openSession, type Session, silentFailures } from './index.ts';

let workspace: Workspace;
beforeEach(() => void (workspace = new Workspace()));
afterEach(() => workspace.remove());

const error = (id: number, message: string) => ({ t: 'error', id, name: 'TypeError', message });
const request = (id: number, name: string) => ({ t: 'task', id, kind: 'request', name });

async function ask<T>(question: (session: Session) => Promise<T>, run?: string): Promise<T> {
  const session = await openSession(workspace.root, run === undefined ? {} : { run });
  try {
    return await question(session);
  } finally {
    session.close();
  }
}
const silent = async (picture: string, ...notes: { t: string }[]): Promise<string[]> => {
  workspace.run('r1', { '7-0': [{ picture, notes: [error(1, 'no'), ...notes], end: true }] });
  const found = await ask(silentFailures);
  return found.map(({ name, count, calls, tasks }) => [name, `${count}/${calls}`, ...tasks].join(' '));
};

test('messages of one template are one failure; earlier runs are counted', async () => {
  const notes = [error(1, 'no cart 1'), error(2, 'no cart 2')];
  workspace.run(
    'r1',
    { '7-0': [{ picture: 'a{ ^1a !a', notes, end: true }] },
    { startedAt: 1_780_000_000_000 },
  );
  workspace.run('r2', { '7-0': [{ picture: 'a{ ^1a !a a{ ^2a !a a{ ^2a !a', notes, end: true }] });
  expect(await ask(failures, 'r2')).toMatchObject([
    {
      template: 'no cart #',
      message: 'no cart 2',
      count: 3,
      uncaught: 0,
      runs: 2,
      before: 1,
      since: 1_780_000_000_000,
      newAfter: 0,
    },
  ]);
  // Of the first run, the other one is none before.
  expect(await ask(failures, 'r1')).toMatchObject([{ runs: 2, before: 0 }]);
});

test('what no earlier run of the command had is new', async () => {
  const run = (id: string, startedAt: number, text: string, command = ['node', 'app.js']): string =>
    workspace.run(id, { '7-0': [{ picture: 'a{ ^1a !a', notes: [error(1, text)], end: true }] }, { startedAt, command });
  run('r1', 1_780_000_000_000, 'no x');
  run('r2', 1_781_000_000_000, 'no y', ['other']);
  run('r3', 1_782_000_000_000, 'no y');
  run('r4', 1_783_000_000_000, 'no y');
  const news: [string, number][] = [];
  for (const id of ['r1', 'r2', 'r3', 'r4']) news.push([id, (await ask(failures, id))[0].newAfter]);
  expect(news).toEqual([['r1', 0], ['r2', 0], ['r3', 1], ['r4', 0]]);
}); // prettier-ignore

test('what the language throws in a function is known by the calls it left', async () => {
  expect(await silent('a{ b{ c{ !c !b !a a{ }a c{ }c')).toEqual(['c 1/2 a']);
});
test('what a statement threw is known', async () => {
  expect(await silent('a{ b{ ^1b !b !a')).toEqual([]);
});
test('what a recorded catch clause saw is known', async () => {
  expect(await silent('a{ b{ c{ !c !b v1a }a')).toEqual([]);
});
test('a catch clause whose site is unknown hides nothing', async () => {
  const picture = 'a{ b{ c{ !c !b b{ }b }a c{ }c z{ v1z }z';
  workspace.run('r1', { '7-0': [{ picture, notes: [error(1, 'no')], end: true }] });
  rmSync(join(workspace.runDir('r1'), 'sites/bbbb.json'));
  expect((await ask(silentFailures)).map(({ name, endedIn }) => [name, endedIn])).toEqual([['c', 'a']]);
});
test('of a function that throws, too, the calls that it did not throw in are left', async () => {
  expect(await silent('c{ ^1c !c c{ !c c{ !c')).toEqual(['c 2/3 c']);
});
test('requests are told by what they are alike', async () => {
  const notes = [request(7, 'GET /carts/17?a=1'), request(8, 'GET /carts/4'), request(9, 'GET /v1/x9-f3')];
  const turns = [7, 8, 9].map((id) => `[${id} c{ !c ]${id} .${id}`).join(' ');
  expect(await silent(turns, ...notes)).toEqual(['c 3/3 GET /carts/* GET /v1/*']);
});
test('an async call that awaits what failed is not where it began', async () => {
  expect(await silent('A1{ B2{ ~2 ~1 >2 !2 >1 !1')).toEqual(['B 1/1 A']);
});
