/** A prompt says what was recorded of a thing: place, stack, values, causes. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Workspace } from '../../store/fixtures/workspace.ts';
import { openSession, type Session } from '../session.ts';
import { promptAbout } from './prompt-about.ts';

let workspace: Workspace;
let session: Session;
beforeEach(async () => {
  workspace = new Workspace();
  const texts = ['{"n":"0code","v":["vip1"]}', '["c.tier","vip1"]', '"vip1"', '{"n":"0cart","v":[{"id":7}]}'];
  const notes = [
    { t: 'error', id: 1, name: 'TypeError', message: "Cannot read properties of undefined (reading 'tier')" },
    { t: 'task', id: 7, kind: 'request', name: 'GET /cart' },
  ];
  const picture = '[7 b{ d{ $1d2 }d n{ $0n0 $3n1 }n o{ $0o3 ^1o !o !b ]7 .7';
  workspace.run('r1', { '7-0': [{ picture, notes, values: { texts }, end: true }] });
  session = await openSession(workspace.root);
});
afterEach(() => {
  session.close();
  workspace.remove();
});

test('of an error: message, values of its call as people read them, and its causes', async () => {
  const [{ signature }] = await session.db.all<{ signature: string }>('SELECT signature FROM errors');
  const text = await promptAbout(session, { error: signature });
  expect(text).toContain("Error: TypeError: Cannot read properties of undefined (reading 'tier')");
  expect(text).toContain('It was seen once');
  expect(text).toContain('argument cart: {id: 7}');
  expect(text).toContain('n wrote c.tier = "vip1" (src/b.ts:140) [order]');
});

test('of a call: how it ended, who called it', async () => {
  const text = await promptAbout(session, { thread: 1, call: 3 });
  expect(text).toContain('The call of o (src/b.ts:150)');
  expect(text).toContain('ended thus: threw');
  expect(text).toContain('Callers, innermost first:\n  b (src/a.ts:20)');
});

test('of a function: the call of it that threw', async () => {
  const [{ id }] = await session.db.all<{ id: string }>(
    "SELECT ast_node_id AS id FROM functions WHERE name = 'o'",
  );
  const text = await promptAbout(session, { function: id });
  expect(text).toContain('It was called once, and left by an exception once');
  expect(text).toContain('argument cart: {id: 7}');
});

test('what its thread waited for the recorder is none of the time that a call took', async () => {
  session.close();
  workspace.run('r2', { '7-0': [{ picture: 'n{ % % % % }n n{ .9 .9 }n', end: true }] });
  session = await openSession(workspace.root, { run: 'r2' });
  expect(await promptAbout(session, { thread: 1, call: 0 })).toContain('took 0.01 ms, of which 0.01 ms in itself');
  const [{ id }] = await session.db.all<{ id: string }>("SELECT ast_node_id AS id FROM functions WHERE name = 'n'");
  expect(await promptAbout(session, { function: id })).toContain('The call of n (src/b.ts:140) at 0.000 s took 0.03 ms');
}); // prettier-ignore

test('of what is not there: nothing', async () => {
  expect(await promptAbout(session, { error: 'none' })).toBeUndefined();
  expect(await promptAbout(session, { thread: 1, call: 99 })).toBeUndefined();
  expect(await promptAbout(session, { function: 'fn:none#x' })).toBeUndefined();
});
