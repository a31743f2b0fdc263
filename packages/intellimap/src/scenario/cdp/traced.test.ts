/** What V8 says of a page's scripts → functions of the source. Maps are made by the compiler that bundlers use. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { afterAll, expect, test } from 'vitest';
import { createScope } from '../../load/scope.ts';
import type { FunctionCoverage } from './protocol.ts';
import { transform } from '../../transform/index.ts';
import { ScriptText } from './script-text.ts';
import { pathIn, SourceSites } from './source-sites.ts';
import { tracedProfile, tracedScript, tracedStack } from './traced.ts';
import { WorkspaceFiles } from './workspace-files.ts';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

function sitesIn(files: Record<string, string>): SourceSites {
  const root = mkdtempSync(join(tmpdir(), 'traced-'));
  folders.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return new SourceSites(new WorkspaceFiles(root), createScope({ root, include: [], exclude: [], own: [] }));
}

/** `name: [what stands at its beginning, what at its end, count, blocks…]` */
type Told = [name: string, start: string, end: string, count: number, ...blocks: [string, string, number][]];

function covered(text: string, told: Told[]): FunctionCoverage[] {
  const offset = (part: string, behind: boolean): number => {
    expect(text.split(part)).toHaveLength(2);
    return text.indexOf(part) + (behind ? part.length : 0);
  };
  return told.map(([functionName, start, end, count, ...blocks]) => ({
    functionName,
    ranges: [[start, end, count] as const, ...blocks].map(([from, to, times]) => ({
      startOffset: offset(from, false),
      endOffset: offset(to, true),
      count: times,
    })),
  }));
}

const shown = (text: ScriptText, functions: FunctionCoverage[], sites: SourceSites) =>
  tracedScript({ scriptId: '7', url: text.url, functions }, text, sites).flatMap((script) =>
    script.functions.map(
      ({ source: { path, id, line }, ranges }) => `${path}:${line} ${id} ${ranges[0].count}`,
    ),
  );

const PLAIN = `function add(a) {
  if (a > 1) { return 2; }
  return [1].map((x) => x + a);
}
class Cart { get size() { return 1; } }
`;

test('a script that is a file of the workspace: functions by their ids, whatever the server calls the file', () => {
  const sites = sitesIn({ 'public/app.js': PLAIN, 'other/app.js': 'function add() {}' });
  const text = new ScriptText('http://localhost:1/app.js?v=3', PLAIN, undefined, '');
  const functions = covered(PLAIN, [
    ['', 'function add(a)', 'return 1; } }\n', 1],
    ['add', 'function add(a)', '+ a);\n}', 3, ['{ return 2; }', '{ return 2; }', 2]],
    ['', '(x) =>', 'x + a', 1],
    ['get size', 'get size', 'return 1; }', 4],
    ['<instance_members_initializer>', 'Cart', 'Cart', 9],
  ]);
  expect(shown(text, functions, sites)).toEqual([
    'public/app.js:1 ts:public/app.js# 1',
    'public/app.js:1 ts:public/app.js#add 3',
    'public/app.js:3 ts:public/app.js#add/return=.map@0 1',
    'public/app.js:5 ts:public/app.js#class Cart/get size 4',
  ]);
  const [{ functions: traced }] = tracedScript({ scriptId: '7', url: text.url, functions }, text, sites);
  const block = traced.find(({ functionName }) => functionName === 'add')!;
  const { startOffset, endOffset } = block.ranges[1];
  expect([block.places[startOffset], block.places[endOffset]]).toEqual([
    [2, 13, 2, 12],
    [2, 26, 2, 25],
  ]);
});

test('a text that is no file here, or another one than here, is none of ours', () => {
  const text = new ScriptText('http://localhost:1/app.js', PLAIN, undefined, '');
  const told = covered(PLAIN, [['add', 'function add(a)', '+ a);\n}', 3]]);
  expect(shown(text, told, sitesIn({ 'public/app.js': `${PLAIN}// changed` }))).toEqual([]);
});

const BRANCHES = `function sign(a) {
  if (a < 0) { return -1; }
  return a === 0 ? zero : [1].map((x) => x)[0];
}
sign(1);
`;

/** What V8 itself counts while a script runs. */
async function counted(code: string, url: string, globals: object): Promise<FunctionCoverage[]> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  runInNewContext(code, globals, { filename: url });
  const { result } = await session.post('Profiler.takePreciseCoverage');
  session.disconnect();
  return result.find((each) => each.url === url)!.functions;
}

test('an instrumented script: blocks that the source has, none of those that probes make', async () => {
  const url = 'http://localhost:1/a.js';
  const imported = { from: 'probe', modules: false };
  const result = transform(BRANCHES, { path: 'a.js', lang: 'js', goal: 'module', tier: 'performance', base: 1, imported }); // prettier-ignore
  if (!result.ok) throw new Error(result.reason);
  // A script imports nothing.
  const code = result.code.replace(/^import.*?from"probe";/, (whole) => ' '.repeat(whole.length));
  const text = new ScriptText(url, code, { ...result.ownMap(), sources: ['a.js'], sourcesContent: [BRANCHES] }, url); // prettier-ignore
  const probes = { $imG: [], $imE: () => 1, $imO: () => 1, $imL: () => {} };
  const functions = await counted(code, url, probes);
  const told = functions.find(({ functionName }) => functionName === 'sign')!.ranges;
  expect(told.map(({ startOffset, endOffset }) => code.slice(startOffset, endOffset))).toContain('?$imO(33)');
  const traced = tracedScript({ scriptId: '7', url, functions }, text, sitesIn({ 'a.js': BRANCHES }));
  const blocks = traced[0].functions.flatMap(({ ranges: [, ...ranges], places }) =>
    ranges.map(({ startOffset, endOffset, count }) => {
      const [[line, column], [, , endLine, endColumn]] = [places[startOffset] ?? [], places[endOffset] ?? []];
      return `${line}:${column} to ${endLine}:${endColumn} ${count}`;
    }),
  );
  expect(blocks).toEqual(['2:13 to 2:26 0', '3:17 to 3:19 0']);
});

const SOURCE = `export function twice(n: number): number {
  return n * 2;
}
export const half = (n: number) => n / 2;
`;
const COMPILED = `function a(b){return b*2}const c=b=>b/2;export{a as twice,c as half};`;
/** As a compiler writes it: each of the places that functions begin and end at. */
const MAP = {
  version: 3,
  sources: ['../src/math.ts'],
  sourcesContent: [SOURCE],
  names: [],
  mappings: 'AAAO,SAASA,EACd,OAAO,MACR,MAAM,IACY',
};

test('a compiled script: what the map says; a map of two functions in one place is not believed', () => {
  const sites = sitesIn({ 'src/math.ts': SOURCE });
  const text = new ScriptText(
    'http://localhost:1/dist/math.js',
    COMPILED,
    MAP,
    'http://localhost:1/dist/math.js.map',
  );
  expect(text.sources[0].url).toBe('http://localhost:1/src/math.ts');
  const functions = covered(COMPILED, [
    ['a', 'function a(b)', 'b*2}', 5],
    ['', 'b){return', 'b*2}', 1],
  ]);
  expect(shown(text, functions, sites)).toEqual(['src/math.ts:1 ts:src/math.ts#twice 5']);
});

test('samples and stacks name the source', () => {
  const sites = sitesIn({ 'public/app.js': PLAIN });
  const text = new ScriptText('http://localhost:1/app.js', PLAIN, undefined, '');
  const frame = (functionName: string, lineNumber: number, columnNumber: number) => ({
    id: 1,
    callFrame: { functionName, scriptId: '7', url: text.url, lineNumber, columnNumber },
  });
  const nodes = [frame('add', 0, 12), frame('', 2, 17), frame('(idle)', -1, -1)];
  const traced = tracedProfile({ nodes, startTime: 0, endTime: 1 }, () => text, sites);
  expect(traced.nodes.map(({ source }) => source)).toEqual([
    { path: 'public/app.js', line: 1, id: 'ts:public/app.js#add', name: 'add' },
    {
      path: 'public/app.js',
      line: 3,
      id: 'ts:public/app.js#add/return=.map@0',
      name: 'add result (.map callback)',
    },
    undefined,
  ]);
  expect(tracedStack('Error: no\n    at add (http://localhost:1/app.js:2:3)', () => text, sites)).toBe(
    'Error: no\n    at add (public/app.js:2:3)',
  );
});

test.each([
  ['http://localhost:5173/@fs/home/me/a%20b.ts?t=1', '/home/me/a b.ts'],
  ['webpack://shop/./src/a.ts', 'src/a.ts'],
  ['file:///home/me/a.ts', '/home/me/a.ts'],
  ['http://localhost:5173/src/a.ts#x', '/src/a.ts'],
])('%s names the file %s', (url, path) => {
  expect(pathIn(url)).toBe(path);
});
