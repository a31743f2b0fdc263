/** Dependencies that are listed for nothing, or not listed. */
import { expect, test } from 'vitest';
import { deadCode } from '../dead-code/classify.ts';
import { graphOf, ran, type Texts } from '../fixtures/graph.ts';
import { problems } from './judge.ts';

type Listed = [name: string, section: 'dependencies' | 'devDependencies', usedBy?: string];

/** `confidence problem name`; `loaded`: specifiers that some run loaded. */
function judged(texts: Texts, listed: Listed[], loaded: string[] = [], files = ['a.js']) {
  const graph = graphOf(texts, { 'a.js': 'main of package.json', 'a.test.js': 'test' });
  graph.dependencies = listed.map(([name, section, usedBy]) => ({
    package: '',
    name,
    section,
    range: '1',
    line: 1,
    used_by: usedBy ?? null,
  }));
  const uses = graph.imports
    .filter(({ specifier }) => loaded.includes(specifier))
    .map(({ path, specifier, kind, line }) => ({
      src: path,
      specifier,
      kind,
      line,
      names: [],
      runs: 1,
      used: 0,
      unused: 0,
      loaded: 1,
      last: 'run',
    }));
  const dead = deadCode(graph, ran(graph, files, []));
  return problems({ graph, uses, dead }).map(
    ({ confidence, problem, name }) => `${confidence} ${problem} ${name}`,
  );
}

test.each<[string, Texts, Listed[], string[], string[]]>([
  [
    'imported and loaded',
    { 'a.js': `import { x } from 'lib/part'; x();` },
    [['lib', 'dependencies']],
    ['lib/part'],
    [],
  ],
  ['never imported', { 'a.js': '' }, [['lib', 'dependencies']], [], ['certain unused lib']],
  ['a tool', { 'a.js': '' }, [['lib', 'devDependencies', 'script "x"']], [], []],
  ['named by a text', { 'a.js': `load('lib');` }, [['lib', 'dependencies']], [], ['possible unused lib']],
  [
    'imported, never referred to',
    { 'a.js': `import lib from 'lib';` },
    [['lib', 'dependencies']],
    ['lib'],
    ['likely unreferenced lib'],
  ],
  ['imported for what loading it does', { 'a.js': `import 'lib';` }, [['lib', 'dependencies']], ['lib'], []],
  [
    'imported where no run came by',
    { 'a.js': `if (0) import('lib');` },
    [['lib', 'dependencies']],
    [],
    ['possible never loaded lib'],
  ],
  [
    'imported by a dead file only',
    { 'a.js': '', 'dead.js': `import { x } from 'lib'; x();` },
    [['lib', 'dependencies']],
    [],
    ['likely never loaded lib'],
  ],
  [
    'not listed',
    { 'a.js': `import { x } from '@s/lib/y'; x();` },
    [],
    ['@s/lib/y'],
    ['certain unlisted @s/lib'],
  ],
  [
    'builtins, files and the package itself',
    { 'a.js': `import 'node:fs'; import 'fs/promises'; import './b.js'; import '#x'; import 'it/part';` },
    [],
    [],
    [],
  ],
  [
    'for development, and needed',
    { 'a.js': `import { x } from 'lib'; x();` },
    [['lib', 'devDependencies']],
    ['lib'],
    ['likely only for development lib'],
  ],
  [
    'for development, and used by a test',
    { 'a.js': '', 'a.test.js': `import { x } from 'lib'; x();` },
    [['lib', 'devDependencies']],
    ['lib'],
    [],
  ],
  [
    'types',
    { 'a.js': `import { x } from 'lib'; x();` },
    [
      ['lib', 'dependencies'],
      ['@types/lib', 'devDependencies'],
    ],
    ['lib'],
    [],
  ],
])('%s', (_, texts, listed, loaded, expected) => {
  expect(judged(texts, listed, loaded)).toEqual(expected);
});
