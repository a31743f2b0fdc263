import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mapsOfBuild } from './build-maps.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'intellimap-maps-'));
  const put = (name: string, text: string): void => {
    mkdirSync(join(folder, 'maps', name, '..'), { recursive: true });
    writeFileSync(join(folder, 'maps', name), text);
  };
  const mapOf = (source: string): string =>
    `{"version":3,"sources":["${source}"],"names":[],"mappings":"AAAA"}`;
  put('assets/index-C1.js.map', mapOf('a.ts'));
  put('main.js.map', mapOf('main.ts'));
  put('admin/main.js.map', mapOf('admin.ts'));
  put('z/main.js.map', mapOf('z.ts'));
  put('broken.js.map', '{');
  writeFileSync(join(folder, 'token'), 'secret');
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each([
  ['https://shop.example/assets/index-C1.js', ['a.ts']],
  // Served from a folder.
  ['https://shop.example/shop/assets/index-C1.js', ['a.ts']],
  ['https://shop.example/index-C1.js', undefined],
  // Names that end alike: a folder is told apart from one in front.
  ['https://shop.example/main.js', ['main.ts']],
  ['https://shop.example/admin/main.js', ['admin.ts']],
  ['https://shop.example/z/main.js', ['z.ts']],
  ['https://shop.example/shop/admin/main.js', ['admin.ts']],
  ['https://shop.example/other/main.js', ['main.ts']],
  ['https://shop.example/badmin/main.js', ['main.ts']],
  ['https://shop.example/broken.js', undefined],
  ['https://shop.example/../token', undefined],
  ['index-C1.js', undefined],
])('%s', (url, sources) => {
  const found = mapsOfBuild(folder)(url);
  expect((found?.map as { sources?: unknown } | undefined)?.sources).toEqual(sources);
});

test('a build without maps', () => {
  rmSync(join(folder, 'maps'), { recursive: true });
  expect(mapsOfBuild(folder)('https://shop.example/assets/index-C1.js')).toBe(undefined);
});
