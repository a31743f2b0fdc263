/** Workspaces in temporary folders: what is there, where programs begin, what packages are for. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { surveyWorkspace, Workspace } from './workspace.ts';

let root: string;
beforeEach(() => (root = realpathSync(mkdtempSync(join(tmpdir(), 'intellimap-graph-')))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(files: Record<string, string | object>) {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  }
}

test('files, with why they may be started', () => {
  write({
    'package.json': {
      main: './dist/index.js',
      bin: { x: 'bin/x.js' },
      scripts: { job: 'node jobs/night.js && vitest' },
    },
    'src/index.ts': 'export const a = 1;',
    'bin/x.js': '',
    'jobs/night.js': '',
    'src/other.js': '',
    'src/other.test.js': '',
    'vite.config.ts': '',
    'src/types.ts': 'export interface A {}',
    'tools/notes.mjs': '',
    '.github/workflows/ci.yml': 'run: node tools/notes.mjs',
    'src/broken.js': 'let = ;',
  });
  const { files } = surveyWorkspace(root, []);
  expect(files.map(({ path, role, entry, problem }) => `${path}: ${role}, ${entry}${problem ? `, ${problem}` : ''}`)).toEqual([
    'bin/x.js: source, bin of package.json',
    'jobs/night.js: source, script "job"',
    'src/broken.js: source, null, Unexpected token (1:6)',
    'src/index.ts: source, main of package.json',
    'src/other.js: source, null',
    'src/other.test.js: test, test',
    'src/types.ts: declaration, null',
    'tools/notes.mjs: source, .github/workflows/ci.yml',
    'vite.config.ts: config, config',
  ]); // prettier-ignore
});

test('what a compiler made is no text by itself: who names it means what it was made of', () => {
  const map = { version: 3, sources: ['../src/main.ts'], names: [], mappings: 'AAAA' };
  write({
    'package.json': { main: 'dist/main.js', scripts: { job: 'node out/job.js' } },
    'src/main.ts': 'f();',
    'dist/main.js': 'f();\n//# sourceMappingURL=main.js.map\n',
    'dist/main.js.map': map,
    'jobs/nightly.ts': 'g();',
    'out/job.js': `g();\n//# sourceMappingURL=data:application/json,${encodeURIComponent(JSON.stringify({ ...map, sources: ['../jobs/nightly.ts'] }))}\n`,
    // Its source is not here, so it is its own.
    'lib/packed.js': 'h();\n//# sourceMappingURL=packed.js.map\n',
    'lib/packed.js.map': { ...map, sources: ['packed.ts'], sourcesContent: ['h();'] },
    // Of several, sites keep the places of the bundle.
    'dist/bundle.js': 'f();\n//# sourceMappingURL=bundle.js.map\n',
    'dist/bundle.js.map': { ...map, sources: ['../src/main.ts', '../jobs/nightly.ts'] },
  });
  const first = surveyWorkspace(root, []);
  expect(first.files.map(({ path, entry }) => `${path}: ${entry}`)).toEqual([
    'dist/bundle.js: null',
    'jobs/nightly.ts: script "job"',
    'lib/packed.js: null',
    'src/main.ts: main of package.json',
  ]);
  expect(first.target('jobs/nightly.ts', '../dist/main.js')).toBe('src/main.ts');
  expect(surveyWorkspace(root, first.files).changed.size).toBe(0);
});

test('what a compiler makes anew changes nothing, until it is made of something else', () => {
  const made = (text: string, source: string): string =>
    `${text}\n//# sourceMappingURL=data:application/json,${encodeURIComponent(JSON.stringify({ version: 3, sources: [source], names: [], mappings: 'AAAA' }))}\n`;
  write({ 'package.json': {}, 'src/a.ts': 'f();', 'dist/a.js': made('f();', '../src/a.ts') });
  const workspace = new Workspace(root);
  workspace.look([]);
  write({ 'dist/a.js': made('g();', '../src/a.ts') });
  expect(workspace.lookAt(['dist/a.js'])?.paths).toEqual([]);
  write({ 'dist/a.js': made('g();', '../src/gone.ts') });
  expect(workspace.lookAt(['dist/a.js'])).toBeNull();
});

test('what did not change is not read again', () => {
  write({ 'package.json': {}, 'a.js': 'f();', 'b.js': '' });
  const first = surveyWorkspace(root, []);
  expect([...first.changed.keys()]).toEqual(['a.js', 'b.js']);
  write({ 'b.js': 'g();' });
  const second = surveyWorkspace(root, first.files);
  expect([...second.changed.keys()]).toEqual(['b.js']);
  expect(surveyWorkspace(root, second.files).changed.size).toBe(0);
});

test('where specifiers lead', () => {
  write({
    'package.json': { workspaces: ['packages/*'], imports: { '#lib': './lib.js' } },
    'tsconfig.json': { compilerOptions: { paths: { '@/*': ['./src/*'] } } },
    'src/a.ts': '', 'lib.js': '', 'src/dir/index.js': '',
    'packages/core/package.json': { name: '@x/core', exports: './dist/index.js' },
    'packages/core/src/index.ts': '',
  }); // prettier-ignore
  const { target } = surveyWorkspace(root, []);
  const led = ['./a.js', './dir', '@/a', '#lib', '@x/core', 'node:fs', 'left-pad', './none.js'].map(
    (specifier) => target('src/b.ts', specifier),
  );
  expect(led).toEqual([
    'src/a.ts',
    'src/dir/index.js',
    'src/a.ts',
    'lib.js',
    'packages/core/src/index.ts',
    null,
    null,
    null,
  ]);
});

test('what dependencies are for, beside imports', () => {
  write({
    'package.json': {
      scripts: { lint: 'belt --all' }, jest: { preset: 'jest-thing' },
      dependencies: { a: '1', b: '1' },
      devDependencies: { 'tool-belt': '1', 'eslint-plugin-tidy': '1', 'tidy-core': '1', 'jest-thing': '1', '@types/a': '1', '@types/node': '1', '@types/gone': '1' },
    },
    '.eslintrc.json': { plugins: ['tidy'] },
    'node_modules/tool-belt/package.json': { bin: { belt: './cli.js' } },
    'node_modules/eslint-plugin-tidy/package.json': { peerDependencies: { 'tidy-core': '*' } },
  }); // prettier-ignore
  const { dependencies } = surveyWorkspace(root, []);
  expect(dependencies.map(({ name, used_by, line }) => `${line} ${name}: ${used_by}`)).toEqual([
    '9 a: null', '10 b: null', '13 tool-belt: script "lint"', '14 eslint-plugin-tidy: .eslintrc.json', '15 tidy-core: peer of eslint-plugin-tidy',
    '16 jest-thing: package.json', '17 @types/a: types of a', '18 @types/node: types of node', '19 @types/gone: null',
  ]); // prettier-ignore
});

test('the recorder needs nobody who names it, nor does its part in the program', () => {
  write({
    'package.json': {
      devDependencies: { intellimap: '1', '@intellimap/probe': '1', 'intellimap-like': '1' },
    },
  });
  const { dependencies } = surveyWorkspace(root, []);
  expect(dependencies.map(({ name, used_by }) => `${name}: ${used_by}`)).toEqual([
    'intellimap: recordings',
    '@intellimap/probe: recordings',
    'intellimap-like: null',
  ]);
});

test('a package of the name of a module of Node may be what bundlers take', () => {
  write({ 'package.json': { dependencies: { buffer: '6' } }, 'a.js': `import 'buffer';` });
  expect(surveyWorkspace(root, []).dependencies[0].used_by).toBe(`bundlers, in place of Node's own`);
});

test('links that lead nowhere, and files where folders are looked for, are passed over', () => {
  write({ 'package.json': { scripts: { a: 'node a.js' } }, 'a.js': '', bin: '', scripts: '' });
  // Emacs locks a file like this.
  for (const name of ['.#ci.yml', '.eslintrc.json', 'data.yaml'])
    symlinkSync('me@host.1:1', join(root, name));
  const { files, namesInData } = surveyWorkspace(root, []);
  expect(files.map(({ entry }) => entry)).toEqual(['script "a"']);
  expect(namesInData(new Set(['send']))).toEqual([]);
});

test('files that pages and scripts name', () => {
  write({
    'package.json': { scripts: { a: 'x=1 tsx --watch=./a.ts,b.mjs jobs/*.js /lib/c && cd d/e' } },
    'a.ts': '', 'b.mjs': '', 'jobs/one.js': '', 'lib/c.js': '', 'd/e.js': '', 'f.js': '', 'not.js': '',
    'index.html': `<script src="/f.js"></script>${'a'.repeat(200_000)}`,
  }); // prettier-ignore
  const entries = surveyWorkspace(root, []).files.filter(({ entry }) => entry !== null);
  expect(entries.map(({ path }) => path)).toEqual([
    'a.ts',
    'b.mjs',
    'd/e.js',
    'f.js',
    'jobs/one.js',
    'lib/c.js',
  ]);
});

test('what git ignores is not looked at', () => {
  write({
    'package.json': {},
    '.gitignore': 'dist/\n*.gen.js\n',
    'dist/a.js': '',
    'src/a.gen.js': '',
    'src/a.js': '',
  });
  spawnSync('git', ['init', '-q'], { cwd: root });
  expect(surveyWorkspace(root, []).files.map(({ path }) => path)).toEqual(['src/a.js']);
});

test('names in data, as far as they are wanted', () => {
  write({
    'package.json': { name: 'send' },
    'config/jobs.json': [{ method: 'send', to: 'nobody' }],
    'ci.yaml': 'call: close\n',
  });
  const { namesInData } = surveyWorkspace(root, []);
  expect(namesInData(new Set(['send', 'close', 'open'])).map(({ path, name }) => `${path}: ${name}`).toSorted()).toEqual(['ci.yaml: close', 'config/jobs.json: send']); // prettier-ignore
});
