/** A session that is told what changed has the tables that a look from nothing makes, whatever happened. */
import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore, SourceSession, type Store } from '../store/index.ts';
import { grapher } from './grapher.ts';
import { looksAt } from './sources.ts';

let scratch: string;
let root: string;
beforeEach(() => {
  scratch = realpathSync(mkdtempSync(join(tmpdir(), 'intellimap-session-')));
  root = join(scratch, 'workspace');
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

const TABLES = ['source_files', 'source_functions', 'source_holders', 'source_references', 'source_imports', 'source_exports', 'source_flag_reads', 'source_flag_sides',
  'source_packages', 'dependencies', 'call_facts', 'call_edges', 'call_sites', 'function_metrics', 'graph_files', 'ast_nodes', 'graph_edges'] as const; // prettier-ignore

async function tablesOf(store: Store): Promise<Record<string, object[]>> {
  const tables: Record<string, object[]> = {};
  for (const table of TABLES) tables[table] = await store.all(`SELECT * FROM ${table} ORDER BY ALL`);
  return tables;
}

const sessionOf = async (): Promise<SourceSession> =>
  new SourceSession(await looksAt(root, { progress() {} }), await grapher(root));

/** By a look at all of it that knows nothing. */
async function fromNothing(store: Store): Promise<Record<string, object[]>> {
  for (const table of TABLES) await store.connection.run(`DELETE FROM ${table}`);
  await (await sessionOf()).update(() => store);
  return await tablesOf(store);
}

/** Something that happens in a workspace. Returns the paths that are named after it. */
type Step = () => string[];

const at = (path: string): string => join(root, path);
const put = (path: string, text: string): string[] => {
  // A file may stand where a folder was.
  const above = dirname(at(path));
  if (statSync(above, { throwIfNoEntry: false })?.isFile() === true) return [];
  if (statSync(at(path), { throwIfNoEntry: false })?.isDirectory() === true) return [];
  mkdirSync(above, { recursive: true });
  writeFileSync(at(path), text);
  return [path];
};

const TEXTS = [
  'a.js',
  'src/b.ts',
  'src/c.js',
  'src/deep/d.ts',
  'lib/e.mjs',
  'src/deep/index.ts',
  'gen/f.js',
  'src/b.js',
  'types.d.ts',
  '.husky/pre.js',
];
const BODIES = [
  '',
  'let = ;',
  'export interface A { a: string }',
  'export function f(x) { return x ? g(x) : 1; }\nfunction g(y) { return y + 1; }',
  `import { f } from './b.js';\nexport class K { send(x) { return f(x); } get close() { return 1; } }`,
  `const { f } = require('./src/b');\nconst k = require('./deep');\nmodule.exports = { send: () => f(k) };`,
  `import './deep/index.js'; import '@/b'; import inner from 'inner'; import data from './data'; export default inner(data);`,
  `arguments; with (a) { send(); }`,
  `export const o = { close() {}, open: () => process.env.FLAG ? 1 : 2 };`,
]; // prettier-ignore

const one = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const writes = (paths: readonly string[], texts: readonly string[]): fc.Arbitrary<Step> =>
  fc.tuple(one(...paths), one(...texts)).map(
    ([path, text]) =>
      () =>
        put(path, text),
  );
const json = (...values: readonly object[]): string[] =>
  values.map((value) => JSON.stringify(value, null, 1));

const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: writes(TEXTS, BODIES) },
  { weight: 2, arbitrary: one(...TEXTS, 'src', 'src/deep').map((path) => () => (rmSync(at(path), { recursive: true, force: true }), [path])) },
  { weight: 2, arbitrary: fc.tuple(one(...TEXTS, 'src', 'lib'), one(...TEXTS, 'moved')).map(([from, to]) => () => moved(from, to)) },
  { weight: 2, arbitrary: one(...TEXTS).map((path) => () => touched(path)) },
  { weight: 2, arbitrary: writes(['package.json', 'src/package.json'], [...json({ type: 'module' }, { main: './lib/e.mjs', dependencies: { inner: '1' } }, { scripts: { a: 'node src/c.js && inner' }, devDependencies: { inner: '1', other: '2' } }, { name: 'inner', exports: './b.js' }), 'no json']) },
  { weight: 1, arbitrary: one('package.json', 'src/package.json', 'tsconfig.json', '.gitignore').map((path) => () => (rmSync(at(path), { force: true }), [path])) },
  { weight: 1, arbitrary: writes(['tsconfig.json', 'src/tsconfig.json'], json({ compilerOptions: { paths: { '@/*': ['./src/*'] } } }, { compilerOptions: { paths: { '@/*': ['./*', './deep/*'] } } })) },
  { weight: 1, arbitrary: writes(['.gitignore', 'src/.gitignore'], ['', 'gen/\n', 'b.ts\n*.mjs\n', 'src/\n']) },
  { weight: 2, arbitrary: writes(['data.json', 'jobs/j.yaml', 'gen/data.json', 'src/data.json'], json({ call: 'send' }, { call: 'close', again: 'open' }, {})) },
  { weight: 1, arbitrary: writes(['index.html', 'Dockerfile', '.eslintrc'], ['<script src="/a.js">', 'inner src/c.js', '']) },
  { weight: 1, arbitrary: writes(['notes.md', 'src/data', 'src/deep.js', 'src/b', 'coverage/x.log'], ['send', 'close']) },
); // prettier-ignore

function moved(from: string, to: string): string[] {
  const state = statSync(at(from), { throwIfNoEntry: false });
  const isTaken = statSync(at(to), { throwIfNoEntry: false })?.isDirectory() === true;
  if (state === undefined || isTaken || to.startsWith(from)) return [];
  if (state.isDirectory() !== !to.includes('.')) return [];
  mkdirSync(dirname(at(to)), { recursive: true });
  renameSync(at(from), at(to));
  return [from, to];
}

let clock = 1_700_000_000;
function touched(path: string): string[] {
  if (statSync(at(path), { throwIfNoEntry: false })?.isFile() !== true) return [];
  utimesSync(at(path), clock, clock++);
  return [path];
}

test('after whatever happened, all tables are as a look from nothing makes them', async () => {
  const fresh = await openStore(join(scratch, 'fresh'));
  let parts = 0;
  let wholes = 0;
  const batches = fc.array(fc.array(steps, { minLength: 1, maxLength: 3 }), { minLength: 3, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(batches, async (played) => {
      rmSync(root, { recursive: true, force: true });
      put('package.json', '{ "name": "root" }');
      put('.gitignore', 'coverage/\n');
      put('data.json', '{ "call": "send", "then": "close" }');
      for (const [index, path] of TEXTS.slice(0, 5).entries()) put(path, BODIES[index + 3]);
      spawnSync('git', ['init', '-q'], { cwd: root });
      const store = await openStore(root);
      try {
        const session = await sessionOf();
        await session.update(() => store);
        for (const batch of played) {
          const { whole } = await session.update(() => store, batch.flatMap((step) => step())); // prettier-ignore
          if (whole) wholes++;
          else parts++;
          expect(await tablesOf(store)).toEqual(await fromNothing(fresh));
        }
      } finally {
        store.close();
      }
    }),
    { numRuns: Number(process.env['RUNS'] ?? 8) },
  );
  fresh.close();
  // Both ways were gone.
  expect(Math.min(parts, wholes)).toBeGreaterThan(0);
}, 120_000);

/** What one of these leaves out, random changes meet now and then only. */
const STORIES: Record<string, Step[]> = {
  'members that files of data name come and go': [
    () => put('data.json', '{ "call": "send" }'),
    () => put('a.js', 'export const o = { send() {} };'),
    () => put('a.js', 'export const o = { other() {} };'),
  ],
  'the same text is read in another way': [
    () => put('a.js', 'var await = 1;'),
    () => put('package.json', '{ "type": "module" }'),
    () => put('package.json', '{}'),
  ],
  'something nearer comes between an import and what it leads to': [
    () => [...put('src/x/index.ts', ''), ...put('a.ts', "import './src/x';")],
    () => put('src/x', '').concat(put('src/x.ts', '')),
    () => put('src/x.js', ''),
    () => (rmSync(at('src/x.ts')), ['src/x.ts']),
  ],
  'what is ignored is looked at no more': [
    () => put('gen/a.js', 'let a;'),
    () => put('.gitignore', 'gen/'),
    () => put('gen/a.js', 'let b;'),
    () => put('.gitignore', ''),
  ],
  'where a program begins, and what a dependency is for': [
    () => put('a.js', '').concat(put('package.json', '{ "dependencies": { "inner": "1" } }')),
    () => put('index.html', '<script src="/a.js"></script>'),
    () => put('.innerrc', '{ "use": "inner" }'),
    () => put('package.json', '{ "dependencies": { "inner": "1" }, "scripts": { "a": "inner" } }'),
  ],
};

test.each(Object.entries(STORIES))('%s', async (_, story) => {
  put('package.json', '{}');
  spawnSync('git', ['init', '-q'], { cwd: root });
  const fresh = await openStore(join(scratch, 'fresh'));
  const store = await openStore(root);
  const session = await sessionOf();
  await session.update(() => store);
  for (const step of story) {
    await session.update(() => store, step());
    expect(await tablesOf(store)).toEqual(await fromNothing(fresh));
  }
  store.close();
  fresh.close();
});
