/** Damage anywhere in the database is noticed, at the latest when it is read, and the answer is as if it had not been. */
import { closeSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RUN_TABLES } from '../schema/index.ts';
import { storeFile } from '../store/index.ts';
import { Workspace } from '../store/fixtures/workspace.ts';
import { withSession } from './session.ts';
import { sql } from './sql.ts';

const workspace = new Workspace();
const file = storeFile(workspace.root);
/** What DuckDB reads and writes at a time; three headers come first. */
const BLOCK = 262_144;
const HEADERS = 3 * 4096;
let whole: string;
let sound: Buffer;

const messages: string[] = [];
const askAll = async (): Promise<string> =>
  await withSession(workspace.root, { onMessage: (message) => messages.push(message) }, async (session) => {
    const answers = [];
    for (const table of RUN_TABLES)
      answers.push((await sql(session, `SELECT * FROM ${table} ORDER BY ALL`)).rows);
    return JSON.stringify(answers);
  });

beforeAll(async () => {
  workspace.run('r1', { '7-0': [{ picture: 'a{ b{ n{ }n }b b{ n{ ^1n !n !b }a', end: true }] });
  whole = await askAll();
  sound = readFileSync(file);
});
afterAll(() => workspace.remove());

function damage(at: number): void {
  writeFileSync(file, sound);
  const out = openSync(file, 'r+');
  writeSync(out, Buffer.alloc(64, 'damage'), 0, 64, at);
  closeSync(out);
}

test('wherever it is', async () => {
  const blocks = Array.from(
    { length: Math.floor((sound.length - HEADERS) / BLOCK) },
    (_, block) => HEADERS + block * BLOCK,
  );
  let noticed = 0;
  for (const at of [0, 4096, 8192, ...blocks]) {
    messages.length = 0;
    damage(at + 16);
    expect(await askAll(), `damage at byte ${at + 16}`).toBe(whole);
    if (messages.some((message) => message.includes('was set aside as'))) noticed++;
  }
  // Blocks that are free, or hold what nobody asks for, are damaged without harm.
  expect(noticed).toBeGreaterThan(blocks.length / 2);
});

test('what was set aside before gives way', () => {
  const aside = readdirSync(join(workspace.root, '.intellimap')).filter((name) => name.includes('.broken-'));
  expect(aside.length).toBe(1);
  for (const name of aside) rmSync(join(workspace.root, '.intellimap', name));
});
