/** Several recordings of a workspace that one program has open. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Workspace } from '../store/fixtures/workspace.ts';
import { openStore } from '../store/index.ts';
import { openBeside, type Session, sql } from './index.ts';

let workspace: Workspace;
beforeEach(() => {
  workspace = new Workspace();
  record('r1', 'a{ }a', { startedAt: 1 });
  record('r2', 'a{ }a b{ }b', { startedAt: 2 });
});
afterEach(() => workspace.remove());

const record = (id: string, picture: string, facts = {}): string =>
  workspace.run(id, { '7-0': [{ picture, end: true }] }, facts);
const calls = async (session: Session): Promise<unknown> =>
  (await sql(session, 'SELECT count(*) FROM calls')).rows[0][0];
/** Whoever opens the database for writing is let in: nobody has it. */
const isFree = async (): Promise<boolean> =>
  await openStore(workspace.root, { waitMs: 0 }).then(
    (store) => (store.close(), true),
    () => false,
  );

test('two runs, each asked about itself, also when the first one that was opened is closed', async () => {
  const last = await openBeside(workspace.root);
  const first = await openBeside(workspace.root, { run: 'r1' });
  expect([last.run.id, await calls(last), first.run.id, await calls(first)]).toEqual(['r2', 2, 'r1', 1]);
  last.close();
  last.close();
  expect(await calls(first)).toBe(1);
  expect(await isFree()).toBe(false);
  first.close();
  expect(await isFree()).toBe(true);
});

test('at the same time, and one of a run that is not there', async () => {
  const wanted = ['r1', 'r2', 'r1', 'r3'].map((run) => openBeside(workspace.root, { run }));
  const opened = await Promise.allSettled(wanted);
  const sessions = opened.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  expect(await Promise.all(sessions.map(calls))).toEqual([1, 2, 1]);
  expect(opened[3]).toMatchObject({ reason: { message: 'there is no run "r3"' } });
  for (const session of sessions) session.close();
  expect(await isFree()).toBe(true);
});

test('what was recorded since is told to be missing, at once, and can be asked when all are closed', async () => {
  const session = await openBeside(workspace.root, { run: 'r1' });
  record('r3', 'a{ }a a{ }a a{ }a', { startedAt: 3 });
  await expect(openBeside(workspace.root)).rejects.toThrow('changed since this program opened one of them');
  await expect(openBeside(workspace.root, { run: 'r3' })).rejects.toThrow('changed since this program');
  const known = await openBeside(workspace.root, { run: 'r2' });
  expect(await calls(known)).toBe(2);
  known.close();
  session.close();
  const last = await openBeside(workspace.root);
  expect(await calls(last)).toBe(3);
  last.close();
});
