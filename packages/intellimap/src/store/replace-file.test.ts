import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { replaceFile } from './replace-file.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'intellimap-replace-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a file takes the place of another one', () => {
  const file = join(folder, 'a');
  replaceFile(file, 'one');
  replaceFile(file, 'two', { mode: 0o600, draft: join(folder, 'b') });
  expect(readFileSync(file, 'utf8')).toBe('two');
  expect(readdirSync(folder)).toEqual(['a']);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('what cannot be replaced stays, and no draft lies beside it', () => {
  const file = join(folder, 'a');
  mkdirSync(join(file, 'full'), { recursive: true });
  expect(() => replaceFile(file, 'one')).toThrow(/EISDIR|ENOTEMPTY|EPERM/);
  expect(readdirSync(folder)).toEqual(['a']);
  expect(() => replaceFile(join(folder, 'nowhere', 'a'), 'one')).toThrow('ENOENT');
});
