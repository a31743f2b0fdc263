import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Fault } from '../base/fault.ts';
import { collectorFile, collectorPath } from './collector-file.ts';

let root: string;
beforeEach(() => void (root = mkdtempSync(join(tmpdir(), 'intellimap-collector-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('it is made once, its owner’s only, and out of version control', () => {
  const first = collectorFile(root);
  expect(first.port).toBeGreaterThan(1023);
  expect(first.token).toMatch(/^[\w-]{32}$/);
  expect(collectorFile(root)).toEqual(first);
  expect(statSync(collectorPath(root)).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(root, '.intellimap', '.gitignore'), 'utf8')).toBe('*\n');
  expect(readdirSync(join(root, '.intellimap')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('each workspace has another token', () => {
  const { token } = collectorFile(root);
  rmSync(collectorPath(root));
  expect(collectorFile(root).token).not.toBe(token);
});

test.each(['', '{', '[]', '{"port":70000,"token":"0123456789abcdef"}', '{"port":5000,"token":"short"}'])(
  'one that is damaged is named, and left: %j',
  (text) => {
    collectorFile(root);
    writeFileSync(collectorPath(root), text);
    expect(() => collectorFile(root)).toThrow(Fault);
    expect(() => collectorFile(root)).toThrow('is damaged');
    expect(existsSync(collectorPath(root))).toBe(true);
  },
);
