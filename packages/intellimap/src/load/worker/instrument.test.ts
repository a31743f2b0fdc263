import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { encode } from '@jridgewell/sourcemap-codec';
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ModuleLine, SiteTable } from '../../base/recording.ts';
import { transform } from '../../transform/index.ts';
import { nameIn } from '../scope.ts';
import { createInstrumenter, type Instrumenter } from './instrument.ts';
import { createSiteIds } from './site-ids.ts';

let root: string;
let make: Instrumenter;
let tables: SiteTable[];
let lines: ModuleLine[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'intellimap-load-'));
  const counter = new SharedArrayBuffer(4);
  Atomics.store(new Int32Array(counter), 0, 1);
  tables = [];
  lines = [];
  make = createInstrumenter({
    name: nameIn(root),
    tier: 'performance',
    siteIds: createSiteIds(counter),
    transform,
    keepTable: (_, table) => void tables.push(table),
  });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** The text that runs, if another one does; what is to be recorded goes to `lines`. */
const instrument: (...call: Parameters<Instrumenter>) => string | undefined = (text, module) => {
  const outcome = make(text, module);
  lines.push(...outcome.lines);
  return outcome.instrumented?.code;
};

const path = (name: string): string => join(root, name);
test('each file gets the next site ids', () => {
  const first = instrument('function a() {}', { path: path('a.js'), goal: 'module', format: 'module' });
  instrument('function b() {}', { path: path('b.js'), goal: 'commonjs', format: 'commonjs' });
  expect(first).toBe('$imB();$imE(17);function a() {{$imG[2]?$imO(34):$imA(33)}};$imL(18)');
  expect(lines).toMatchObject([
    { t: 'load', base: 1, count: 2, path: 'a.js', format: 'module' },
    { t: 'load', base: 3, count: 2, path: 'b.js', format: 'commonjs' },
  ]);
  expect(tables.flatMap(({ sites }) => sites.map(({ id }) => id))).toEqual(
    expect.arrayContaining(['ts:a.js#a', 'ts:b.js#b']),
  );
});

test('a file that cannot be parsed runs as it is, and the recording says why', () => {
  expect(
    instrument('function (', { path: path('bad.js'), goal: 'module', format: 'module' }),
  ).toBeUndefined();
  expect(lines).toMatchObject([{ t: 'skip', path: 'bad.js' }]);
});

test('text that carries probes already is left alone', () => {
  const once = instrument('a()', { path: path('a.js'), goal: 'module', format: 'module' })!;
  expect(instrument(once, { path: path('a.js'), goal: 'commonjs', format: 'commonjs' })).toBeUndefined();
  expect(lines).toHaveLength(1);
});

test('compiled text carries the ids and places of its source, and a map that fits it', () => {
  const source = 'type A = 1;\nexport const double = (n: number): number => n * 2;\n';
  writeFileSync(path('double.ts'), source);
  const map = { version: 3, sources: ['double.ts'], names: [], mappings: 'AACO,aAAM,SAAS,CAAC,MAAsB,IAAI' };
  const comment = `//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString('base64')}`;
  const text = `export const double = (n) => n * 2;\n${comment}\n`;
  const probed = instrument(text, { path: path('double.ts'), goal: 'module', format: 'module' })!;
  expect(tables[0]).toMatchObject({ path: 'double.ts' });
  expect(tables[0].sites[1]).toMatchObject({ id: 'ts:double.ts#double', line: 2 });
  const comments = [...probed.matchAll(/sourceMappingURL=data:application\/json;base64,(\S+)/g)];
  expect(comments).toHaveLength(2);
  expect(JSON.parse(Buffer.from(comments[1][1], 'base64').toString())).toMatchObject({
    sources: ['double.ts'],
  });
});

test('a bundle keeps its own ids, and its map is moved along with it', () => {
  const mappings = encode([
    [
      [0, 0, 0, 0],
      [22, 1, 0, 0],
    ],
  ]);
  const map = { version: 3, sources: ['src/a.ts', 'src/b.ts'], names: [], mappings };
  writeFileSync(path('out.js.map'), JSON.stringify(map));
  const text = 'function a() { return b(); }\n//# sourceMappingURL=out.js.map';
  const code = instrument(text, { path: path('out.js'), goal: 'module', format: 'module' })!;
  expect(tables[0].path).toBe('out.js');
  const [, url] = code.split('sourceMappingURL=data:application/json;base64,');
  const moved = new TraceMap(Buffer.from(url, 'base64').toString());
  const column = code.indexOf('b()');
  expect(originalPositionFor(moved, { line: 1, column })).toMatchObject({
    source: pathToFileURL(path('src/b.ts')).href,
  });
});

/** The map that the instrumented text carries, if it has one of its own. */
function carried(change: object, urlOf = (_json: string): string => 'lib.js.map'): object | undefined {
  const map = { version: 3, sources: ['lib.ts'], sourcesContent: ['f();'], names: [], mappings: 'AAAA' };
  const json = JSON.stringify({ ...map, ...change });
  writeFileSync(path('lib.js.map'), json);
  const text = `f();\n//# sourceMappingURL=${urlOf(json)}`;
  const code = instrument(text, { path: path('lib.js'), goal: 'module', format: 'module' })!;
  const [, own, more] = code.split('sourceMappingURL=');
  const encoded = (more ?? '').split('base64,')[1];
  expect(own).toBe(text.split('sourceMappingURL=')[1] + (more === undefined ? '' : '\n//# '));
  return encoded === undefined
    ? undefined
    : (JSON.parse(Buffer.from(encoded, 'base64').toString()) as object);
}

test.each([
  ['a scheme', { sources: ['webpack://app/./lib.ts'] }, ['webpack://app/lib.ts']],
  ['a root, put in front as it is', { sourceRoot: 'https://example.org/a' }, ['https://example.org/alib.ts']],
  [
    'two of a scheme',
    { sources: ['webpack://app/./lib.ts', 'webpack://app/b'] },
    ['webpack://app/lib.ts', 'webpack://app/b'],
  ],
])('sources are where Node takes them to be: %s', (_, change, sources) => {
  expect(carried(change)).toMatchObject({ sources });
});

test('a source that is not at hand costs ids, not the map', () => {
  const map = carried({ sourcesContent: undefined });
  expect(map).toMatchObject({ sources: [pathToFileURL(path('lib.ts')).href] });
  expect(tables[0]).toMatchObject({ path: 'lib.js' });
});

test('of a map that Node does not read, the text carries no other one', () => {
  expect(carried({}, () => pathToFileURL(path('lib.js.map')).href)).toBeUndefined();
  expect(carried({}, (json) => `data:application/json,${encodeURIComponent(json)}`)).toBeUndefined();
  expect(tables.map((table) => table.path)).toEqual(['lib.ts', 'lib.ts']);
  expect(carried({}, () => 'lib.js.map?v=1')).toBeDefined();
});
