import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { project } from './index.ts';

const root = mkdtempSync(join(tmpdir(), 'intellimap-project-'));
const folder = basename(root);
afterAll(() => rmSync(root, { recursive: true }));

test('a folder without a package has its own name', () =>
  expect(project(root)).toEqual({ name: folder, main: null, scripts: [] }));

test.each([
  ['{"name":"shop","main":"app.js","scripts":{"dev":"x","test":"y"}}', 'shop', 'app.js', ['dev', 'test']],
  ['{"name":"","main":7,"scripts":null}', folder, null, []],
  ['null', folder, null, []],
  ['{', folder, null, []],
])('%s', (text, name, main, scripts) => {
  writeFileSync(join(root, 'package.json'), text);
  expect(project(root)).toEqual({ name, main, scripts });
});
