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
  put('assets/index-C1.js.map', '{"version":3,"sources":["a.ts"],"names":[],"mappings":"AAAA"}');
  put('broken.js.map', '{');
  writeFileSync(join(folder, 'token'), 'secret');
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each([
  ['https://shop.example/assets/index-C1.js', ['a.ts']],
  // Served from a folder.
  ['https://shop.example/shop/assets/index-C1.js', ['a.ts']],
  ['https://shop.example/index-C1.js', undefined],
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
