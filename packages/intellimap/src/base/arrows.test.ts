/**
 * Who may import whom. `ARROWS` is the copy to read; the tsconfigs, the linter and the source are compared with it.
 *
 * The compiler refuses an import against the arrows, except one: a project's references are followed to their end, so
 * it lets an area import what it only reaches through another one. The linter and the scan of the source refuse that too.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const ARROWS: Record<string, string[]> = {
  'probe/wire': [],
  'probe/core': ['probe/wire'],
  'probe/node': ['probe/core', 'probe/wire'],
  'probe/browser': ['probe/core', 'probe/wire'],
  base: [],
  config: ['base'],
  schema: ['base'],
  transform: ['base'],
  load: ['base', 'transform', 'probe/wire', 'probe/node'],
  store: ['base', 'schema', 'probe/wire'],
  graph: ['base', 'schema', 'transform', 'load'],
  record: ['base', 'schema', 'store', 'probe/wire', 'probe/core'],
  runtime: ['base', 'load', 'record', 'probe/wire'],
  collect: ['base', 'exchange', 'probe/wire'],
  plugin: ['base', 'config', 'transform', 'load', 'record', 'collect', 'probe/wire', 'probe/core'],
  layout: ['base'],
  query: ['base', 'schema', 'store', 'layout'],
  analyses: ['base', 'schema', 'query'],
  gates: ['base', 'query'],
  exchange: ['base', 'schema', 'query'],
  scenario: ['base', 'config', 'transform', 'load', 'store', 'record', 'collect', 'probe/core', 'probe/wire'],
  serve: ['base', 'schema', 'query', 'layout', 'analyses'],
  api: ['base', 'config', 'graph', 'query', 'record'],
  cli: 'base config schema transform load graph record collect plugin runtime scenario store layout query analyses gates exchange serve probe/wire probe/core probe/node probe/browser'.split(
    ' ',
  ),
};

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const areas = Object.keys(ARROWS);

/** Folder of an area relative to the root. */
function folderOf(area: string): string {
  return area.startsWith('probe/')
    ? `packages/probe/src/${area.slice('probe/'.length)}`
    : `packages/intellimap/src/${area}`;
}

/** The area that a folder or file (relative to the root) belongs to. */
function areaOf(file: string): string | undefined {
  return areas.find((area) => `${file}/`.startsWith(`${folderOf(area)}/`));
}

/** How a file directly inside `from` writes an import of `to`. */
function specifier(from: string, to: string): string {
  if (to.startsWith('probe/') && !from.startsWith('probe/')) return `@intellimap/${to}`;
  return `${path.posix.relative(folderOf(from), folderOf(to))}/index.ts`;
}

/** Every pair that has no arrow, without pairs that no import could write (probe → intellimap). */
const forbidden = areas.flatMap((from) =>
  areas
    .filter((to) => from !== to && !ARROWS[from].includes(to))
    .filter((to) => !from.startsWith('probe/') || to.startsWith('probe/'))
    .map((to) => ({ from, to })),
);

/** No area: it runs in browsers, takes pure code, and knows of the server nothing but the types of what it is asked. */
const UI = 'packages/ui';

const readJson = (file: string) => JSON.parse(fs.readFileSync(path.join(root, file), 'utf8'));

const builtByRoot = (): string[] =>
  readJson('tsconfig.json').references.map((one: { path: string }) => one.path);

describe('the tsconfigs', () => {
  test.each(areas)('%s references exactly its arrows', (area) => {
    const references: { path: string }[] = readJson(`${folderOf(area)}/tsconfig.json`).references;
    const found = references.map((one) => String(areaOf(path.posix.join(folderOf(area), one.path))));
    expect(found.toSorted()).toEqual(ARROWS[area].toSorted());
  });

  test('every folder under src is an area of the table, and the root builds it', () => {
    const folders = ['probe', 'intellimap'].flatMap((name) =>
      fs
        .readdirSync(path.join(root, `packages/${name}/src`), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => `packages/${name}/src/${entry.name}`),
    );
    expect(folders.toSorted()).toEqual(areas.map(folderOf).toSorted());
    expect(builtByRoot().toSorted()).toEqual([...folders, UI].toSorted());
  });
});

test('the UI takes pure code, and types of the contract', () => {
  const files = fs
    .readdirSync(path.join(root, UI, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'));
  const taken = files.flatMap((file) =>
    [
      ...fs
        .readFileSync(path.join(root, UI, 'src', file), 'utf8')
        .matchAll(/^.*'(?:\.\.\/)+intellimap\/.*$/gm),
    ].map(([line]) => ({ file, line })),
  );
  const allowed =
    /^(?:import|export|\}).* from '(?:\.\.\/)+intellimap\/src\/(base\/[\w-]+|layout\/[\w-]+|serve\/contract)\.ts';$/;
  expect(taken.filter(({ line }) => !allowed.test(line))).toEqual([]);
});

test('the source keeps to the arrows', () => {
  const wrong = areas.flatMap((area) =>
    sourceFiles(folderOf(area)).flatMap((file) =>
      importsOf(file)
        .map((to) => ({ file, to }))
        .filter(({ to }) => to !== area && !ARROWS[area].includes(to)),
    ),
  );
  expect(wrong).toEqual([]);
});

/** Files an area compiles, relative to the root. */
function sourceFiles(folder: string): string[] {
  return fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('fixtures'))
    .map((file) => path.posix.join(folder, file));
}

/** Areas that a file imports. A text search is enough here: the compiler and the linter read the syntax. */
function importsOf(file: string): string[] {
  const text = fs.readFileSync(path.join(root, file), 'utf8');
  const specifiers = [...text.matchAll(/^(?:import|export|\}).*?\bfrom '([^']+)'|\bimport\('([^']+)'\)/gm)];
  return specifiers.flatMap(([, plain, dynamic]) => {
    const name = plain ?? dynamic;
    const target = name.startsWith('.')
      ? areaOf(path.posix.join(path.posix.dirname(file), name))
      : areas.find((area) => name === `@intellimap/${area}`);
    return target ?? [];
  });
}

/** A copy of the configuration with one tiny file per area, in which wrong imports can be tried. */
describe('a wrong import', () => {
  const copy = path.join(root, 'tmp', `arrows-${process.pid}`);

  beforeAll(() => {
    for (const file of ['tsconfig.base.json', '.oxlintrc.json']) put(file, read(file));
    put(
      'tsconfig.json',
      JSON.stringify({ files: [], references: areas.map((area) => ({ path: folderOf(area) })) }),
    );
    for (const area of areas) {
      const config = `${folderOf(area)}/tsconfig.json`;
      put(config, read(config));
      put(`${folderOf(area)}/index.ts`, 'export const here = 1;\n');
    }
  });
  afterAll(() => fs.rmSync(copy, { recursive: true, force: true }));

  const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');

  function put(file: string, text: string) {
    const target = path.join(copy, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, text);
  }

  /** Runs an installed tool inside the copy. */
  function tool(name: string, ...args: string[]) {
    const bin = path.join(root, 'node_modules', '.bin', name);
    const { status, stdout, stderr } = spawnSync(bin, args, { cwd: copy, encoding: 'utf8' });
    return { status, output: stdout + stderr };
  }

  test('none: the untouched copy compiles', () => {
    expect(tool('tsc', '-b')).toEqual({ status: 0, output: '' });
  });

  /** Each line: the area, what its file says, the error. One file per line, all compiled at once per area. */
  test.each([
    ['probe/wire', `export * from '../core/index.ts';`, 'TS6307'],
    ['probe/core', `export * from '../node/index.ts';`, 'TS6307'],
    ['probe/core', `export const host = process;`, 'TS2591'],
    ['probe/core', `export const host = document;`, 'TS2584'],
    ['base', `export * from '../store/index.ts';`, 'TS6307'],
    ['transform', `export * from '../load/index.ts';`, 'TS6307'],
    ['query', `export * from '../cli/index.ts';`, 'TS6307'],
  ])('does not compile: %s with %s', (area, text, error) => {
    const file = `${folderOf(area)}/wrong.ts`;
    put(file, `${text}\n`);
    const { status, output } = tool('tsc', '-p', folderOf(area), '--noEmit');
    fs.rmSync(path.join(copy, file));
    expect(status).not.toBe(0);
    expect(output).toContain(`${file}(1,`);
    expect(output).toContain(error);
  });

  /** Those of the files in which the linter reports a forbidden import. Named one by one: git ignores the copy. */
  function lint(files: string[]): string[] {
    const { output } = tool('oxlint', '--no-ignore', '--format=json', ...files);
    const { diagnostics } = JSON.parse(output) as { diagnostics: { code: string; filename: string }[] };
    return diagnostics
      .filter((one) => one.code.includes('no-restricted-imports'))
      .map((one) => one.filename.replaceAll('\\', '/'));
  }

  test('does not lint, for every pair without an arrow', () => {
    const files = forbidden.map(({ from, to }) => {
      const file = `${folderOf(from)}/wrong-${to.replace('/', '-')}.ts`;
      put(file, `export { here } from '${specifier(from, to)}';\n`);
      return file;
    });
    const found = lint(files);
    for (const file of files) fs.rmSync(path.join(copy, file));
    expect(found.toSorted()).toEqual(files.toSorted());
  });

  test('does not lint in the probe, when it names a package or a host module', () => {
    const files = Object.entries({
      'packages/probe/src/wire/wrong-package.ts': 'picomatch',
      'packages/probe/src/core/wrong-package.ts': 'picomatch',
      'packages/probe/src/core/wrong-builtin.ts': 'node:fs',
      'packages/probe/src/node/wrong-package.ts': 'picomatch',
      'packages/probe/src/browser/wrong-package.ts': 'picomatch',
      'packages/probe/src/browser/wrong-builtin.ts': 'node:fs',
    });
    for (const [file, name] of files) put(file, `export * from '${name}';\n`);
    const right = 'packages/probe/src/node/right-builtin.ts';
    put(right, `export * from 'node:fs';\n`);
    const found = lint([...files.map(([file]) => file), right]);
    for (const [file] of files) fs.rmSync(path.join(copy, file));
    expect(found.toSorted()).toEqual(files.map(([file]) => file).toSorted());
  });

  test('is not what an allowed import is: every arrow lints', () => {
    for (const from of areas) {
      // `load` may take types only from the wire format; a type export is allowed from anywhere else too.
      const lines = ARROWS[from].map(
        (to) => `export type { here as ${to.replace('/', '')} } from '${specifier(from, to)}';`,
      );
      put(`${folderOf(from)}/right.ts`, `${lines.join('\n')}\n`);
    }
    expect(lint(areas.map((area) => `${folderOf(area)}/right.ts`))).toEqual([]);
  });
});
