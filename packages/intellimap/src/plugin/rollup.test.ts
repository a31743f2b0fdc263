/** Rollup itself, with the plugin in it. */
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type InputOptions, rollup, type RollupCache, type SourceMap } from 'rollup';
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { IntelliMapOptions } from './options.ts';
import { PROBE_MODULE } from './instrumentation.ts';
import intellimap from './rollup.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'intellimap 100% rollup ü-')));
const before = process.cwd();
beforeAll(() => {
  writeFileSync(join(folder, 'package.json'), '{}');
  writeFileSync(join(folder, 'main.js'), "import react from 'react';\nexport const f = () => react;\n");
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

const PROBE = 'export const answer = 42;';

async function bundled(
  plugin: IntelliMapOptions,
  options: InputOptions = {},
): Promise<{ code: string; map: SourceMap; cache: RollupCache | undefined }> {
  // The probe itself is made by the build.
  const probe = {
    name: 'probe',
    load: (id: string) => (id === `\0${PROBE_MODULE}` ? `${PROBE}\nexport const ${NAMES};` : null),
  };
  const bundle = await rollup({
    input: 'main.js',
    external: ['react'],
    ...options,
    plugins: [probe, intellimap(plugin)],
  });
  const { output } = await bundle.generate({ format: 'es', sourcemap: true });
  const { cache } = bundle;
  await bundle.close();
  const [{ code, map }] = output;
  return { code, map: map!, cache };
}
const NAMES = Array.from('BGOELAFXSDRMTCHVU', (letter) => `$im${letter} = 0`).join(', ');

test.each([
  ['a function', (id: string) => !/^[./]/.test(id)],
  ['an expression', /^[\w@]/],
  ['a list', ['react', /^virtual:/g, /^virtual:/y]],
])('a library that leaves out packages by %s has its probe in it all the same', async (_, external) => {
  const { code } = await bundled({ build: true }, { external });
  expect(code).toContain("from 'react'");
  expect(code).not.toContain(PROBE_MODULE);
  expect(code).toContain('$imE(');
});

test('places of the bundle are led back to the file, whose text goes with the map', async () => {
  const { code, map } = await bundled({ build: true });
  const lines = code.split('\n');
  const line = lines.findIndex((each) => each.includes('const f ='));
  const place = originalPositionFor(new TraceMap(map as never), {
    line: line + 1,
    column: lines[line].lastIndexOf('react'),
  });
  expect(place).toMatchObject({ source: 'main.js', line: 2, column: 23 });
  expect(map.sourcesContent?.at(-1)).toBe(readFileSync(join(folder, 'main.js'), 'utf8'));
});

test('what another build left in the cache is made anew, with sites of this one', async () => {
  const plain = await bundled({ build: false });
  expect(plain.code).not.toContain('$imE');
  const first = await bundled({ build: true }, { cache: plain.cache });
  expect(first.code).toContain('$imE(');
  // Ids of the second build begin behind those of the other file.
  writeFileSync(join(folder, 'first.js'), 'export const before = () => 1;\n');
  writeFileSync(join(folder, 'both.js'), "export * from './first.js';\nexport * from './main.js';\n");
  const second = await bundled({ build: true }, { cache: first.cache, input: 'both.js' });
  const [one, two] = [first, second].map(({ code }) => /const f = [^]*?\$imE\((\d+)\)/.exec(code)?.[1]);
  expect(one).toBeDefined();
  expect(two).not.toBe(one);
  const off = await bundled({ build: false }, { cache: second.cache, input: 'both.js' });
  expect(off.code).not.toContain('$im');
});
