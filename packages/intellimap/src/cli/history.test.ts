import { appendFileSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readHistory, remember } from './history.ts';
import { againOf } from './query-history.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'intellimap-history-'));
  mkdirSync(join(root, '.intellimap'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const ask = (sql: string, most = 10): void =>
  remember(root, { at: '2026-11-22T03:00:00.000Z', sql, rows: 1, ms: 2 }, most);
const file = (): string => join(root, '.intellimap', 'history.ndjson');

test('what was asked, by numbers that stay', () => {
  ask('select 1');
  ask('select\n2');
  expect(readHistory(root).map(({ n, sql }) => [n, sql])).toEqual([
    [1, 'select 1'],
    [2, 'select\n2'],
  ]);
  expect(againOf(root, '2')).toBe('select\n2');
  expect(() => againOf(root, '3')).toThrow('there is no query 3');
});

test('only its owner may read it', () => {
  ask('select 1');
  expect(statSync(file()).mode & 0o777).toBe(0o600);
});

test('it does not grow for ever', () => {
  for (let k = 1; k <= 100; k++) ask(`select ${k}`);
  const left = readHistory(root);
  expect(left.length).toBeLessThanOrEqual(12);
  expect(left.at(-1)).toMatchObject({ n: 100, sql: 'select 100' });
  expect(statSync(file()).mode & 0o777).toBe(0o600);
});

test('none is kept when none is wanted, or where nothing is recorded; damaged lines are passed over', () => {
  ask('select 1', 0);
  expect(readHistory(root)).toEqual([]);
  ask('select 1');
  appendFileSync(file(), '{"n": 2, "sq\nnull\n');
  ask('select 3');
  expect(readHistory(root).map(({ sql }) => sql)).toEqual(['select 1', 'select 3']);
  rmSync(join(root, '.intellimap'), { recursive: true });
  ask('select 1');
  expect(readHistory(root)).toEqual([]);
});
