import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkEnvironment } from './environment.ts';

let root: string;
beforeEach(() => void (root = mkdtempSync(join(tmpdir(), 'intellimap-environment-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

const folder = async () => (await checkEnvironment(root)).find(({ what }) => what === 'recording folder')!;

test('a recording folder may be made, may be there, and must not be a file', async () => {
  const path = join(root, '.intellimap');
  expect(await folder()).toMatchObject({ ok: true, note: path });
  mkdirSync(path);
  expect(await folder()).toMatchObject({ ok: true, note: path });
  rmSync(path, { recursive: true });
  writeFileSync(path, '');
  expect(await folder()).toMatchObject({ ok: false, note: `${path} is a file` });
});
