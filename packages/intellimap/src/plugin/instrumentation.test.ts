import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { afterAll, expect, test } from 'vitest';
import { forgetBuilds } from './build.ts';
import { probeFile } from './probe-text.ts';
import { Instrumentation, type InstrumentationSettings } from './instrumentation.ts';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

async function workspace(files: Record<string, string>, settings: Partial<InstrumentationSettings> = {}) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'intellimap-plugin-')));
  folders.push(folder);
  for (const [name, text] of Object.entries({ 'package.json': '{"workspaces":["packages/*"]}', ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const warnings: string[] = [];
  const instrumentation = await Instrumentation.create({
    options: {},
    folder,
    bundler: 'rollup',
    version: '4',
    isDev: false,
    hasFiles: false,
    collector: () => '',
    warn: (message) => warnings.push(message),
    ...settings,
  });
  const source = (name: string) => instrumentation.source(files[name], join(folder, name));
  return { folder, instrumentation, source, warnings };
}

const linesOf = (build: { folder: string }) =>
  readFileSync(join(build.folder, 'modules.ndjson'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

test('directives stay first, imports come before all else, maps lead to the given text', async () => {
  const text = '"use client";\nexport function f() {\n  throw new Error("no");\n}\n';
  const { source, folder } = await workspace({ 'a.ts': text });
  const { code, map } = source('a.ts')!;
  expect(code).toMatch(/^"use client";import\{\$imB,.*\}from"virtual:intellimap\/probe";\n/);
  const lines = code.split('\n');
  const place = originalPositionFor(new TraceMap(map), {
    line: 3,
    column: lines[2].indexOf('new Error'),
  });
  expect(place).toMatchObject({ source: join(folder, 'a.ts'), line: 3, column: 8 });
  expect(map.sourcesContent).toEqual([text]);
});

test('a dev server has modules say that they begin, a bundle has not', async () => {
  const files = { 'a.js': 'export const a = () => 1;' };
  expect((await workspace(files)).source('a.js')!.code).not.toContain('$imB(');
  expect((await workspace(files, { isDev: true })).source('a.js')!.code).toContain('$imB(1,2);');
});

// The probe is made by the build.
test.skipIf(!existsSync(probeFile))(
  'CommonJS gets its probes by require, from a file where the bundler knows nothing else',
  async () => {
    const { source, folder } = await workspace(
      { 'a.js': '"use strict";\nmodule.exports = function f() {};' },
      { hasFiles: true },
    );
    const { code } = source('a.js')!;
    expect(code).toMatch(/^"use strict";const\{\$imB,.*\}=require\("[^"]+\/probe\.mjs"\);/);
    const [, file] = /require\("([^"]+)"\)/.exec(code)!;
    expect(file.startsWith(`${folder}/.intellimap/builds/`)).toBe(true);
    expect(readFileSync(file, 'utf8')).toContain('IntelliMapProbe.start(');
  },
);

test('calls that bundlers look for are as they were written', async () => {
  const calls = [
    `require('./a.js').f()`,
    `import('./b.js').then(f)`,
    `new Worker(new URL('./w.js', import.meta.url))`,
    `import.meta.hot.accept('./a.js', f)`,
    `import.meta.glob('./*.js')`,
    `require.context('./all')`,
  ];
  const { source } = await workspace({
    'a.js': `function f() {\n  ${calls.join(';\n  ')};\n}\nexport { f };`,
  });
  const { code } = source('a.js')!;
  for (const call of calls.map((each) => each.replace(/\.(?:then|f)\(.*/, ''))) expect(code).toContain(call);
});

test('the same text is the same module; another text of the file gets ids of its own, and the old ones stay', async () => {
  const { instrumentation, folder } = await workspace({ 'a.js': '' }, { isDev: true });
  const file = join(folder, 'a.js');
  const [one, two, three] = ['let a = () => 1;', 'let a = () => 2;', 'let a = () => 1;'].map(
    (text) => instrumentation.source(text, file)!.code,
  );
  expect(three).toBe(one);
  expect(two).toContain('$imB(3,2);');
  expect(linesOf(instrumentation.build).map(({ base, count, path }) => [base, count, path])).toEqual([
    [1, 2, 'a.js'],
    [3, 2, 'a.js'],
  ]);
});

test('dependencies are left alone unless they are included; a linked package is a file of the workspace', async () => {
  const files = {
    'node_modules/lib/index.js': 'export const lib = () => 1;',
    'packages/own/index.js': 'export const own = () => 1;',
  };
  const { folder, instrumentation, source } = await workspace(files);
  symlinkSync(join(folder, 'packages/own'), join(folder, 'node_modules/own'));
  expect(source('node_modules/lib/index.js')).toBeUndefined();
  const linked = join(folder, 'node_modules/own/index.js');
  expect(instrumentation.source(files['packages/own/index.js'], linked)).toBeDefined();
  expect(linesOf(instrumentation.build)).toMatchObject([{ path: 'packages/own/index.js' }]);
  const wide = await workspace(files, { options: { include: ['node_modules/lib'] } });
  expect(wide.source('node_modules/lib/index.js')).toBeDefined();
});

test('what cannot be instrumented stays as it is, and is told once', async () => {
  const { source, instrumentation, warnings } = await workspace({
    'a.js': 'let = ;',
    'b.js': '// intellimap-ignore-file\nlet b = () => 1;',
  });
  expect([source('a.js'), source('a.js'), source('b.js')]).toEqual([undefined, undefined, undefined]);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/^intellimap: a\.js is not recorded: /);
  expect(linesOf(instrumentation.build).map(({ t, path }) => [t, path])).toEqual([
    ['skip', 'a.js'],
    ['skip', 'b.js'],
  ]);
});

test('what a compiled file was made from gives it its ids; maps lead to the compiled one, which the bundler goes on from', async () => {
  const map = {
    version: 3,
    sources: ['../src/a.ts'],
    sourcesContent: ['export const a = (): number => 1;\n'],
    names: [],
    mappings: 'AAAA,OAAO,MAAM,CAAC,GAAG,GAAW,EAAE,CAAC,CAAC',
  };
  const inline = Buffer.from(JSON.stringify(map)).toString('base64');
  const { source, instrumentation, folder } = await workspace({
    'dist/a.js': `export const a = () => 1;\n//# sourceMappingURL=data:application/json;base64,${inline}`,
  });
  const made = source('dist/a.js')!;
  expect(made.map.sources).toEqual([join(folder, 'dist/a.js')]);
  expect(linesOf(instrumentation.build)).toMatchObject([{ path: 'src/a.ts' }]);
});

test('builds that nobody has used for long are removed, others are not', async () => {
  const { folder } = await workspace({});
  const builds = join(folder, '.intellimap/builds');
  const now = Date.now();
  const day = 24 * 3600 * 1000;
  for (const [name, made, used] of [
    ['old', 40, 35],
    ['old-but-used', 40, 2],
    ['new', 1, 1],
  ] as const) {
    mkdirSync(join(builds, name), { recursive: true });
    for (const [file, age] of [
      ['modules.ndjson', made],
      ['token', used],
      ['.', made],
    ] as const) {
      if (file !== '.') writeFileSync(join(builds, name, file), '');
      utimesSync(join(builds, name, file), (now - age * day) / 1000, (now - age * day) / 1000);
    }
  }
  forgetBuilds(folder, now);
  expect(readdirSync(builds).toSorted()).toEqual(['new', 'old-but-used']);
});

test('the probe is told whose requests carry traces; without it, the page’s own origin is meant', async () => {
  const settingsOf = async (options: InstrumentationSettings['options']): Promise<unknown> => {
    const { instrumentation } = await workspace({}, { options });
    return JSON.parse(/IntelliMapProbe\.start\((.*)\);$/.exec(instrumentation.probe())![1]);
  };
  expect(await settingsOf({ propagate: ['https://api.example'] })).toMatchObject({
    propagate: ['https://api.example'],
  });
  expect(await settingsOf({ propagate: false })).toMatchObject({ propagate: false });
  expect(await settingsOf({})).not.toHaveProperty('propagate');
});
