/** Patterns of others: what their cursor tells, and what becomes of those that are wrong. */
import { expect, test } from 'vitest';
import { definePattern, type PatternExtension, type PatternNode } from '../../../base/extension/index.ts';
import { SourceFile } from '../../file/source-file.ts';
import { findPatterns } from '../find.ts';
import { findingsOf } from '../findings.ts';
import { Project } from '../project.ts';
import { sourceOf } from '../source.ts';
import { extendedPatterns } from './extended.ts';

/** Files by path; they import one another by their names. */
function projectOf(files: Record<string, string>): Project {
  const sources = Object.entries(files).map(([path, text]) =>
    sourceOf(new SourceFile(text, { path, lang: 'ts', goal: 'module' }), path.includes('.test.')),
  );
  return new Project(sources, (_, specifier) => (specifier in files ? specifier : null));
}

const pattern = (more: Partial<PatternExtension>): PatternExtension =>
  definePattern({
    name: 'acme/a',
    kind: 'anti',
    what: 'What it is',
    why: 'b',
    todo: 'c',
    severity: 2,
    nodes: ['CallExpression'],
    says: ['of f'],
    match: () => true,
    ...more,
  });

/** What is found, and the sentences of what failed. */
function found(files: Record<string, string>, ...patterns: PatternExtension[]) {
  const { patterns: ready, failures } = extendedPatterns(patterns);
  const findings = findingsOf(findPatterns(projectOf(files), ready)).map(({ finding }) => finding);
  return { findings, failures };
}

/** What the cursor of each node of some types says. */
function seen<T>(
  text: string,
  nodes: string[],
  say: (node: PatternNode) => T,
  more: Record<string, string> = {},
): T[] {
  const all: T[] = [];
  found(
    { 'a.ts': text, ...more },
    pattern({ nodes, match: (node) => (node.path === 'a.ts' && all.push(say(node)), false) }),
  );
  return all;
}

test('a finding is as those of ours', () => {
  const { findings, failures } = found(
    { 'a.ts': 'function f() {\n  g(1);\n}' },
    pattern({ match: (node) => ({ 'the call': node }), told: (node) => `calls ${node.callee}` }),
  );
  expect(failures).toEqual([]);
  expect(findings).toMatchObject([
    {
      id: 'pattern:acme/a:ts:a.ts#f',
      confidence: 'likely',
      severity: 2,
      place: { path: 'a.ts', line: 2 },
      function: { id: 'ts:a.ts#f', name: 'f' },
      parts: [{ role: 'the call', line: 2, text: 'g(1)' }],
      text: 'calls g',
      confirmedWhen: 'it ran',
    },
  ]);
});

test('syntax: type, text, value, parts, what is around', () => {
  const text = 'for (const x of xs) {\n  if (x) { log(`a${x}`, 2); }\n}';
  expect(
    seen(text, ['CallExpression'], (node) => ({
      type: node.type,
      line: node.line,
      text: node.text,
      all: node.children().map((each) => each.type),
      second: node.children('arguments')[1].value,
      callee: node.child('callee')?.value,
      none: [node.child('body'), node.child('nothing'), node.within('WhileStatement')],
      parent: node.parent?.type,
      within: node.within('IfStatement', 'ForOfStatement')?.type,
      found: node.find('Identifier', 'Literal').map((each) => each.value),
      top: node.within('Program')?.parent,
      same: [node.is(node.child('callee')!.parent), node.is(node.parent), node.is(null)],
    })),
  ).toEqual([
    {
      type: 'CallExpression',
      line: 2,
      text: 'log(`a${x}`, 2)',
      all: ['Identifier', 'TemplateLiteral', 'Literal'],
      second: '2',
      callee: 'log',
      none: [null, null, null],
      parent: 'ExpressionStatement',
      within: 'IfStatement',
      found: ['log', 'x', '2'],
      top: null,
      same: [true, false, false],
    },
  ]);
});

test('names: callee, imports, host, references, what they mean in another file', () => {
  const text = `
    import { save as keep } from './b.ts';
    import fs from 'node:fs';
    const at = 1;
    keep(at); fs.promises.readFile(at); setTimeout(at);`;
  expect(
    seen(
      text,
      ['CallExpression'],
      (node) => [
        node.callee,
        node.importedFrom,
        node.child('callee')!.isGlobal,
        node.definition && `${node.definition.path} ${node.definition.type}`,
        node.children('arguments')[0].references.map(({ line }) => line),
      ],
      { './b.ts': 'export async function save() {}' },
    ),
  ).toEqual([
    ['keep', { specifier: './b.ts', name: 'save' }, false, './b.ts FunctionDeclaration', [4, 5, 5, 5]],
    ['fs.promises.readFile', { specifier: 'node:fs', name: '*' }, false, null, [4, 5, 5, 5]],
    ['setTimeout', null, true, null, [4, 5, 5, 5]],
  ]);
});

test('order: loops, promises, awaits, functions, request handlers', () => {
  const text = `
    async function load() {}
    app.get('/a', async (req, res) => { for (const x of req.xs) await (load()); });
    load();`;
  expect(
    seen(text, ['CallExpression'], (node) =>
      node.callee === 'load'
        ? [node.loop?.type, node.givesPromise, node.isAwaited, node.function?.id, node.handler?.line]
        : node.callee,
    ),
  ).toEqual([
    'app.get',
    ['ForOfStatement', true, true, expect.stringContaining('ts:a.ts#'), 3],
    [undefined, true, false, undefined, undefined],
  ]);
});

test('one that throws is told, once, and the others go on', () => {
  const { findings, failures } = found(
    { 'a.ts': 'f();\ng();' },
    pattern({ name: 'acme/broken', match: (node) => { throw new Error(`no ${node.callee}`); } }), // prettier-ignore
    pattern({ name: 'acme/odd', match: () => 'yes' as never }),
    pattern({ name: 'acme/part', match: () => ({ a: { type: 'X' } as never }) }),
    pattern({ name: 'acme/mute', told: () => { throw new Error('x'); } }), // prettier-ignore
  );
  expect(findings.map(({ pattern: name, text }) => `${name} ${text}`)).toEqual([
    'acme/mute what it is',
    'acme/mute what it is',
  ]);
  expect(failures).toEqual([
    'acme/broken: its match failed at a.ts:1: no f; it is looked for no further',
    'acme/odd: its match failed at a.ts:1: it gives neither true, false, nor who plays which part; it is looked for no further',
    'acme/part: its match failed at a.ts:1: its part "a" is no node of the same file; it is looked for no further',
  ]);
});

test('a type of node that there is not is told, with what was meant', () => {
  const { findings, failures } = found({ 'a.ts': 'f()' }, pattern({ nodes: ['CallExpresion'] }));
  expect(findings).toEqual([]);
  expect(failures).toEqual([
    'acme/a is not looked for: there is no node "CallExpresion"; did you mean "CallExpression"?',
  ]);
});
