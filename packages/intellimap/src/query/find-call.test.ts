/** Any call can be asked for; those without a row are found in the recording again, and are the same. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Workspace } from '../store/fixtures/workspace.ts';
import { openStore } from '../store/index.ts';
import { type CallFacts, findCall } from './find-call.ts';
import { openSession } from './session.ts';

const workspace = new Workspace();
const withRows: (CallFacts | undefined)[] = [];
const CALLS = 9;

/** Each picture is a frame of its own; `b` and `n` go on from one to the next. */
const PICTURES = ['a{ b{ n{ }n }b b{ n{ ', '}n a{ ^1a !a }b n{ }n b{', 'n{ }n }b }a b{ }b'];

beforeAll(async () => {
  const segments = PICTURES.map((picture, at) => ({ picture, end: at === PICTURES.length - 1 }));
  workspace.run('r1', { '7-0': segments });
  const session = await openSession(workspace.root);
  for (let call = 0; call < CALLS; call++) withRows.push(await findCall(session, 1, call));
  session.close();
});
afterAll(() => workspace.remove());

/** As it is when a run has too many calls for rows of all. */
async function withoutRows(): Promise<void> {
  const store = await openStore(workspace.root);
  await store.connection.run('DELETE FROM calls');
  store.close();
}

test('a call is told with those that called it', () => {
  expect(withRows.every((call) => call?.hasRow)).toBe(true);
  expect(withRows.map((call) => [call!.name, ...call!.callers.map(({ name }) => name)].join(' < '))).toEqual([
    'a',
    'b < a',
    'n < b < a',
    'b < a',
    'n < b < a',
    'a < b < a',
    'n < a',
    'b < a',
    'n < b < a',
  ]);
});

test('one without a row, too, whichever frame it begins and ends in', async () => {
  await withoutRows();
  const session = await openSession(workspace.root, { load: false });
  for (let call = 0; call < CALLS; call++)
    expect(await findCall(session, 1, call), `call ${call}`).toEqual({ ...withRows[call], hasRow: false });
  expect(await findCall(session, 1, 1000)).toBeUndefined();
  expect(await findCall(session, 2, 0)).toBeUndefined();
  session.close();
});
