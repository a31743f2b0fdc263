/** Data that is asked for hours: it follows what is recorded, and stands in nobody's way. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Workspace } from '../store/fixtures/workspace.ts';
import { openStore, storeFile } from '../store/index.ts';
import { type Session, sql, standing, type Standing, type StandingOptions } from './index.ts';

let workspace: Workspace;
let data: Standing;
const messages: string[] = [];
beforeEach(() => {
  workspace = new Workspace();
  messages.length = 0;
});
afterEach(async () => {
  await data.close();
  workspace.remove();
});

const begin = (options: StandingOptions = {}): void =>
  void (data = standing(workspace.root, { onMessage: (message) => messages.push(message), ...options }));
const record = (id: string, picture: string, facts = {}): string =>
  workspace.run(id, { '7-0': [{ picture, end: true }] }, facts);
const calls = async (session: Session): Promise<unknown> =>
  (await sql(session, 'SELECT count(*) FROM calls')).rows[0][0];
const ids = async (): Promise<string[]> =>
  await data.ask({}, async ({ db }) => (await db.all<{ id: string }>('SELECT id FROM all_runs.runs ORDER BY id')).map(({ id }) => id)); // prettier-ignore
/** Longer than recordings are looked at. */
const aWhile = () => sleep(300);

test('questions about several runs at a time are each answered about their own', async () => {
  record('r1', 'a{ }a');
  record('r2', 'a{ }a b{ }b');
  begin();
  const answers = await Promise.all(
    ['r1', 'r2', 'r1', 'r2', 'r1'].map((run) => data.ask({ run }, async (session) => [session.run.id, await calls(session)])),
  );
  expect(answers).toEqual([['r1', 1], ['r2', 2], ['r1', 1], ['r2', 2], ['r1', 1]]);
}); // prettier-ignore

test('a run that came, changed or went meanwhile', async () => {
  record('r1', 'a{ }a', { startedAt: 1 });
  begin();
  expect(await data.ask({}, calls)).toBe(1);
  record('r2', 'a{ }a a{ }a', { startedAt: 2 });
  await aWhile();
  expect(await data.ask({}, calls)).toBe(2);
  record('r2', 'a{ }a a{ }a a{ }a', { startedAt: 3 });
  await aWhile();
  expect(await data.ask({}, calls)).toBe(3);
  rmSync(workspace.runDir('r2'), { recursive: true });
  await aWhile();
  expect(await ids()).toEqual(['r1']);
  await expect(data.ask({ run: 'r2' }, calls)).rejects.toThrow('there is no run "r2"');
});

test('the first run of a workspace', async () => {
  begin();
  await expect(data.ask({}, calls)).rejects.toThrow('there is no recording');
  expect(existsSync(join(workspace.root, '.intellimap'))).toBe(false);
  record('r1', 'a{ }a');
  expect(await data.ask({}, calls)).toBe(1);
});

test('closed while idle, and asked again, when all that was asked is about no run', async () => {
  record('r1', 'a{ }a');
  begin({ idleMs: 1 });
  const runs = () => data.askAll(async (db) => (await db.all('SELECT id FROM all_runs.runs')).length);
  expect(await runs()).toBe(1);
  // Longer than it is looked whether it is idle.
  await aWhile();
  // Whoever opens the database for writing is let in: it was closed.
  (await openStore(workspace.root, { waitMs: 0 })).close();
  expect(await runs()).toBe(1);
});

test('a database that was set aside, or removed, by somebody else', async () => {
  record('r1', 'a{ }a');
  begin();
  await data.ask({}, calls);
  const file = storeFile(workspace.root);
  renameSync(file, `${file}.broken-now`);
  await aWhile();
  expect(await data.ask({}, calls)).toBe(1);
  expect(existsSync(file)).toBe(true);
});

test('a database that turns out to be damaged is made anew, and the question is answered', async () => {
  record('r1', 'a{ b{ n{ }n }b b{ n{ }n }b }a');
  begin({ idleMs: 0 });
  await data.ask({}, calls);
  await sleep(500);
  const file = storeFile(workspace.root);
  const out = openSync(file, 'r+');
  for (let at = 12_288; at < statSync(file).size; at += 4096)
    writeSync(out, Buffer.alloc(64, 'damage'), 0, 64, at);
  closeSync(out);
  expect(await data.ask({}, calls)).toBe(5);
  expect(messages.join()).toContain('set aside');
});

/** Another process that writes to the database: prints the ms that it waited. */
async function writer(): Promise<number> {
  const store = fileURLToPath(new URL('../../dist/store/index.js', import.meta.url));
  const program = `
    import { openStore } from ${JSON.stringify(store)};
    const start = Date.now();
    (await openStore(process.argv[1])).close();
    console.log(Date.now() - start);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, workspace.root], { stdio: ['ignore', 'pipe', 'inherit'] }); // prettier-ignore
  let text = '';
  child.stdout.on('data', (part) => (text += part));
  const [code] = await once(child, 'close');
  expect(code).toBe(0);
  return Number(text);
}

test('who wants to write is let in, however often something is asked', async () => {
  record('r1', 'a{ }a');
  begin({ idleMs: 60_000 });
  const done = new AbortController();
  const answers: unknown[] = [];
  const asking = (async () => {
    while (!done.signal.aborted) answers.push(await data.ask({}, calls));
  })();
  await sleep(1000);
  // Otherwise it would give up after 15 s.
  expect(await writer()).toBeLessThan(10_000);
  await sleep(1000);
  done.abort();
  await asking;
  expect(new Set(answers)).toEqual(new Set([1]));
});

test('SQL that takes for ever gives way to who waits for long', async () => {
  record('r1', 'a{ }a');
  begin();
  let begins = (): void => {};
  const begun = new Promise<void>((resolve) => (begins = resolve));
  const endless = data.ask({}, (session, signal) => {
    begins();
    return sql(session, 'select count(*) from range(1000000) a, range(1000000) b where a.range + b.range = 7', { timeoutMs: 0, signal });
  }); // prettier-ignore
  const stopped = expect(endless).rejects.toThrow('the query was stopped');
  // Whoever wants to write before that has nobody to wait for.
  await begun;
  await sleep(500);
  expect(await writer()).toBeLessThan(12_000);
  await stopped;
});

test('what questions remember of a run is kept while it is closed, until the run changes', async () => {
  record('r1', 'a{ }a');
  begin({ idleMs: 0 });
  const remembered = new WeakMap<Session, string>();
  const known = (text: string) =>
    data.ask({}, async (session) => {
      await calls(session);
      const before = remembered.get(session) ?? null;
      remembered.set(session, text);
      return before;
    });
  expect(await known('first')).toBeNull();
  await sleep(500);
  // It is closed now.
  (await openStore(workspace.root, { waitMs: 0 })).close();
  expect(await known('second')).toBe('first');
  record('r1', 'a{ }a b{ }b');
  await aWhile();
  expect(await known('third')).toBeNull();
});

test('nobody asks: it is closed, and opened again', async () => {
  record('r1', 'a{ }a');
  begin({ idleMs: 0 });
  await data.ask({}, calls);
  await sleep(500);
  (await openStore(workspace.root, { waitMs: 0 })).close();
  expect(await data.ask({}, calls)).toBe(1);
});

test('closing while it is being opened', async () => {
  record('r1', 'a{ }a');
  begin();
  const asked = expect(data.ask({}, calls)).rejects.toThrow('the server is ending');
  await data.close();
  await asked;
});

test('closing stops what is being asked', async () => {
  record('r1', 'a{ }a');
  begin();
  await data.ask({}, calls);
  const endless = data.ask({}, ({ db }) =>
    db.all('select count(*) from range(1000000) a, range(1000000) b where a.range + b.range = 7'),
  );
  const stopped = expect(endless).rejects.toThrow(/interrupt/i);
  await sleep(300);
  await data.close();
  await stopped;
  await expect(data.ask({}, calls)).rejects.toThrow('the server is ending');
});
