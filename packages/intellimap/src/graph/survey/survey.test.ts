/** What a text refers to, as lines: who, how, what. */
import { describe, expect, test } from 'vitest';
import { readFile } from '../../transform/index.ts';
import { surveyFile } from './file.ts';

const survey = (text: string, path = 'a.js') =>
  surveyFile(text, path, {
    lang: path.endsWith('.ts') ? 'ts' : 'jsx',
    goal: path.endsWith('.cjs') ? 'commonjs' : 'module',
  });

/** `f uses g`, `module imports a of ./b`; without texts and file names, which all literals give. */
function references(text: string, path?: string): string[] {
  const rows = survey(text, path);
  const names = new Map<string | null, string>([
    ...rows.functions.map((row): [string, string] => [
      row.ast_node_id,
      row.kind === 'module' ? 'module' : row.name,
    ]),
    ...rows.holders.map((row): [string, string] => [row.id, `${row.kind} ${row.name}`.trim()]),
  ]);
  return rows.references
    .filter(({ kind }) => kind !== 'string' && kind !== 'names file')
    .map(({ src, kind, dst, specifier, name }) =>
      [names.get(src), kind, name, names.get(dst), specifier && `of ${specifier}`].filter(Boolean).join(' '),
    )
    .toSorted();
}

describe('references', () => {
  test.each([
    [
      'a call before the declaration',
      'f(); function f() { g(); } function g() {}',
      ['f use g', 'module use f'],
    ],
    ['a function in a variable', 'const f = () => g(); function g() {}', ['f use g']],
    ['a name of an inner scope is another one', 'function f() {} function g(f) { f(); }', []],
    ['var of a block', 'function f() {} { var h = f; } h();', ['module use variable h', 'variable h use f']],
    [
      'callbacks belong to who hands them over',
      'function f(xs) { xs.map(() => 1); }',
      ['f mention map', 'f use xs.map callback'],
    ],
    ['methods are members', 'class A { m() { this.n(); } n() {} }', ['A.m mention n']],
    [
      'members of a known object are no mere names',
      'const o = { a() {} }; o.a();',
      ['module use o.a', 'module use variable o', 'variable o use object'],
    ],
    [
      'members of objects of Node are none of ours',
      `import { createServer } from 'node:http'; const s = createServer(); s.close(); Math.max();`,
      ['module import createServer of node:http', 'module load of node:http', 'module use variable s'],
    ],
    [
      'imports',
      `import d, { a as b } from './x.js'; d(b);`,
      ['module import a of ./x.js', 'module import default of ./x.js', 'module load of ./x.js'],
    ],
    [
      'one name of a namespace',
      `import * as ns from './x.js'; ns.one();`,
      ['module import one of ./x.js', 'module load of ./x.js'],
    ],
    [
      'a namespace as a whole',
      `import * as ns from './x.js'; f(ns);`,
      ['module import * of ./x.js', 'module load of ./x.js', 'module open import * of ./x.js'],
    ],
    [
      'require, taken apart',
      `const { a } = require('./x'); a();`,
      ['module import a of ./x', 'module load of ./x'],
    ],
    [
      'what is hung on a known object takes the place of its own member',
      'const o = { a() {} }; o.a = function b() {}; o.a();',
      ['module use o.a', 'module use o.a', 'module use variable o', 'variable o use object'],
    ],
    [
      'require, taken apart: defaults, computed names, parts of parts',
      `const { a = f(), [g()]: b, c: { d = h() } } = require('./x'); function f() {} function g() {} function h() {}`,
      [
        'module import c of ./x',
        'module load of ./x',
        'module mention d',
        'module use f',
        'module use g',
        'module use h',
      ],
    ],
    [
      'taken apart by computed names: any member that the file knows',
      'const o = { a() {} }; const { [k]: b, ["c"]: d } = o;',
      ['module computed', 'module mention c', 'module use variable o', 'variable o use object'],
    ],
    [
      'what is spread into an object may take the place of its own member',
      'const o = { a() {}, ...p }; o.a();',
      ['module mention a', 'module use variable o', 'variable o use object'],
    ],
    [
      'a module that is loaded later',
      `import('./x.js').then(({ a }) => a()); const p = import('./y.js'); p.then((m) => m.b());`,
      [
        'import.then callback mention a',
        'module import * of ./x.js',
        'module import * of ./y.js',
        'module load of ./x.js',
        'module load of ./y.js',
        'module mention then',
        'module use import.then callback',
        'module use p.then callback',
        'p.then callback mention b',
      ],
    ],
    [
      'computed calls open what is known',
      'const o = { a() {} }; o[process.argv[2]]();',
      ['module mention 2', 'module open variable o', 'module use variable o', 'variable o use object'],
    ],
    [
      'computed calls of this open the class',
      'class A { run(x) { this[x](); } b() {} }',
      ['A.run open class A'],
    ],
    [
      'what a package gets hold of is open to it',
      `import app from 'web'; const o = { a() {} }; app.use(o);`,
      [
        'module import default of web',
        'module load of web',
        'module mention use',
        'module open variable o',
        'module use variable o',
        'variable o use object',
      ],
    ],
    [
      'a superclass',
      'class A {} class B extends A {} new B();',
      ['class B use class A', 'module use class B'],
    ],
    [
      'what is hung on an object that others have, too',
      'const x = f(); x.a = () => 1; x.b = g; function f() {} function g() {}',
      ['module use f', 'module use variable x', 'module use x.a', 'variable x use g'],
    ],
    [
      'what is hung on an object that is made here and known to nobody else',
      'const x = {}; x.a = () => 1;',
      ['variable x use object'],
    ],
    ['prototypes', 'function A() {} A.prototype.m = function () {}; new A();', ['module use A']],
    [
      'what a module exports, read by itself',
      'exports.a = () => 1; exports.b = () => exports.a(); const self = module.exports; self.c = () => self.b();',
      [
        'exports.b mention a',
        'exports.b use exports.a',
        'module mention exports',
        'self.c mention b',
        'self.c use exports.b',
      ],
    ],
    [
      'a prototype made from another one',
      'function A() {} A.prototype = Object.create(B.prototype);',
      ['module mention prototype', 'module open A'],
    ],
    [
      'members of what a package exports are told by its name',
      `import app from 'web'; app.use();`,
      ['module import default of web', 'module load of web', 'module mention use'],
    ],
    [
      'JSX',
      'function App() { return <Row.Cell a={f} />; } function f() {}',
      ['App mention Cell', 'App use f'],
    ],
  ])('%s', (_, text, expected) => {
    expect(references(text)).toEqual(expected.toSorted());
  });

  test('types are none', () => {
    const text = `import { type T, a } from './x.js'; import type { U } from './y.js'; let v: T | U = a;`;
    expect(references(text, 'a.ts')).toEqual(['module load of ./x.js', 'variable v import a of ./x.js']);
  });
});

test('members hang on classes, objects and prototypes', () => {
  const { functions } = survey(
    'class A { m() {} #p() {} static s() {} } const o = { a() {}, b: () => 1 }; A.prototype.q = function () {};',
  );
  expect(functions.filter((row) => row.member_of !== null).map((row) => `${row.name}: ${row.member_name}`)).toEqual([
    'A.m: m', 'A.#p: #p', 'A.s: s', 'o.a: a', 'o.b: b', 'A.q: q',
  ]); // prettier-ignore
});

test('setters have no name that anybody mentions: assignments call them', () => {
  const { functions } = survey('class A { set a(x) {} get a() {} } const o = { set b(x) {} };');
  expect(
    functions.filter(({ member_of }) => member_of !== null).map(({ member_name }) => member_name),
  ).toEqual([null, 'a', null]);
});

test('exports', () => {
  const { exports } = survey(`
export function a() {}
const b = () => 1; export { b as c };
export * from './x.js'; export { d } from './y.js';
export const { e = 1, f: { g = 2 }, ...h } = b;
export default class {}`);
  expect(exports.map(({ name, dst, specifier, imported }) => `${name}: ${dst ?? `${imported} of ${specifier}`}`).toSorted()).toEqual([
    '*: * of ./x.js', 'a: ts:a.js#a', 'c: ts:a.js#b', 'd: d of ./y.js', 'default: a.js#@0', 'e: null of null', 'g: null of null', 'h: null of null',
  ]); // prettier-ignore
});

test('exports of CommonJS', () => {
  const { exports } = survey(`function a() {} module.exports = { a, b() {} }; exports.c = () => 1;`, 'a.cjs');
  expect(exports.map(({ name }) => name).toSorted()).toEqual(['a', 'c', 'module.exports']);
});

test('names that nothing refers to; a type may be all that is wanted', () => {
  const text = `import { a, b, T } from './x.js';\nlet v: T = a;`;
  const unreferenced = (path: string, of: string) => JSON.parse(survey(of, path).imports[0].unreferenced);
  expect(unreferenced('a.ts', text)).toEqual(['b']);
  expect(unreferenced('a.js', `import c, * as d from 'left-c';\nd();`)).toEqual(['c']);
  expect(unreferenced('a.cjs', `const { a, b } = require('./x');\na();`)).toEqual(['b']);
  // What JSX is compiled to calls it.
  expect(unreferenced('a.jsx', `import React, { b } from 'react';\nf(<p />);`)).toEqual(['b']);
  expect(unreferenced('a.jsx', `import { h, Fragment } from 'preact';\nf(<></>);`)).toEqual([]);
  expect(unreferenced('a.jsx', `import React from 'react';\nf();`)).toEqual(['React']);
});

test('ids are those of the recorder', () => {
  const text =
    'class A { m() { return [1].map((x) => x); } static {} } export default () => {}; const o = { get g() { return 1; } };';
  const { table } = readFile(text, { path: 'a.js', lang: 'js', goal: 'module' });
  const recorded = table.sites.filter(({ flags }) => flags !== undefined).map(({ id }) => id);
  expect(survey(text).functions.map((row) => row.ast_node_id)).toEqual(recorded);
  expect(survey(text).references.every(({ src }) => recorded.includes(src) || src.startsWith('a.js#@'))).toBe(
    true,
  );
});
