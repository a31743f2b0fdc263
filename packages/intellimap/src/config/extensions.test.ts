import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defineAnalysis, defineEvents, defineStorage } from '../base/extension/index.ts';
import { loadConfig, loadExtensions } from './index.ts';

let root: string;
beforeEach(() => void (root = mkdtempSync(join(tmpdir(), 'intellimap-extend-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(name: string, text: string): void {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), text);
}
const file = () => join(root, 'intellimap.config.js');
/** What is there, and what is wrong. */
async function loaded(extend: unknown) {
  const { analyses, patterns, events, storages, problems } = await loadExtensions(root, {
    file: file(),
    extend,
  });
  return { names: [...analyses, ...patterns, ...events, ...storages].map(({ name }) => name), problems };
}

const analysis = (name: string) => defineAnalysis({ name, title: 'x', check: async () => [] });
const source = (name: string): string =>
  `{ extends: 'analysis', name: '${name}', title: 'x', check: async () => [] }`;

test('values, files, and packages that only import can load, one or a list each', async () => {
  put('own.mjs', `export default ${source('acme/file')};`);
  put('node_modules/acme/package.json', '{"exports":{"import":"./a.mjs"}}');
  put('node_modules/acme/a.mjs', `export default [${source('acme/one')}, ${source('acme/two')}];`);
  expect(await loaded([analysis('acme/value'), './own.mjs', 'acme'])).toEqual({
    names: ['acme/value', 'acme/file', 'acme/one', 'acme/two'],
    problems: [],
  });
});

test('what is wrong with one is said with its place, and the others are there', async () => {
  put('throws.mjs', 'throw new Error("no such table\\nat x");');
  put('empty.mjs', 'export const a = 1;');
  put('list.mjs', `export default [${source('acme/listed')}, 7];`);
  const getter = Object.defineProperty({}, 'extends', { get: () => { throw new Error('not yet'); } }); // prettier-ignore
  const { names, problems } = await loaded([
    './throws.mjs',
    analysis('acme/a'),
    './empty.mjs',
    './list.mjs',
    'nowhere',
    { name: 'acme/b' },
    getter,
  ]);
  expect(names).toEqual(['acme/a', 'acme/listed']);
  const config = 'intellimap.config.js: extend';
  expect(problems).toEqual([
    `${config}[0] "./throws.mjs" cannot be used: throws.mjs cannot be run: Error: no such table`,
    `${config}[2] "./empty.mjs" has no default export; an extension, or a list of them, is wanted`,
    `${config}[3] "./list.mjs", number 2 of its list, is not used: it is a number, and no extension`,
    expect.stringMatching(/extend\[4\] "nowhere" cannot be used: Cannot find module 'nowhere'/),
    `${config}[5] (acme/b) is not used: it was made by none of defineAnalysis, definePattern, defineEvents and defineStorage`,
    `${config}[6] is not used: not yet`,
  ]);
});

test('names that two have are refused: by what they add, and views of events by their names', async () => {
  const kinds = (event: string) => ({ [event]: { doc: 'x', fields: {} } });
  const put = async () => {};
  const { names, problems } = await loaded([
    analysis('acme/a'),
    defineStorage({ name: 'acme/a', put, list: async () => [], get: put }),
    analysis('acme/a'),
    defineEvents({ name: 'acme', events: kinds('b-c') }),
    defineEvents({ name: 'acme-b', events: kinds('c') }),
  ]);
  expect(names).toEqual(['acme/a', 'acme', 'acme/a']);
  expect(problems).toEqual([
    'intellimap.config.js: extend[2] (acme/a) is not used: intellimap.config.js: extend[0] has the same name (analysis acme/a)',
    'intellimap.config.js: extend[4] (acme-b) is not used: intellimap.config.js: extend[3] has the same name (view events_acme_b_c)',
  ]);
});

test('a configuration that extends is read without running what it names', async () => {
  put('intellimap.config.json', '{ "extend": ["./throws.mjs"], "record": { "budget": 5 } }');
  const configuration = await loadConfig(root);
  expect([configuration.settings.record.budget, configuration.extend]).toEqual([5, ['./throws.mjs']]);
});

test('what is no list is said', async () => {
  expect((await loaded('acme')).problems).toEqual([
    'intellimap.config.js: extend is a list of extensions, and of names of packages and files',
  ]);
  expect(await loaded(undefined)).toEqual({ names: [], problems: [] });
});
