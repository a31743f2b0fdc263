import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ofBuild, privacyKey, TEXTS } from './privacy-key.ts';

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'privacy-')), '.intellimap');
  mkdirSync(folder);
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

test('a workspace has one, for its owner only, and another one for each use', () => {
  const key = privacyKey(folder, TEXTS);
  expect(key).toMatch(/^[\da-f]{16}$/);
  expect([privacyKey(folder, TEXTS) === key, privacyKey(folder, ofBuild('a')) === key]).toEqual([
    true,
    false,
  ]);
  expect(statSync(join(folder, 'privacy.key')).mode & 0o777).toBe(0o600);
});

test('where it cannot be made there is none', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  expect(privacyKey(file, TEXTS)).toBeUndefined();
});

test('a damaged one is not replaced: tokens of earlier runs would mean something else', () => {
  writeFileSync(join(folder, 'privacy.key'), 'abc');
  expect(privacyKey(folder, TEXTS)).toBeUndefined();
});
