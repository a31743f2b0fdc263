/** Ids: what they look like, that no two are equal, and what they survive. */
import { describe, expect, it } from 'vitest';
import type { SiteTable } from '../base/recording.ts';
import { siteTable } from './index.ts';
import { program } from './fixtures/programs.ts';

const tableOf = (source: string, path = 'src/cart.ts'): SiteTable =>
  siteTable(source, { path, lang: 'tsx', goal: 'module', tier: 'performance', base: 0 });

const ids = (source: string): string[] =>
  tableOf(source)
    .sites.slice(1)
    .map((s) => s.id.replace('ts:src/cart.ts#', ''));
const names = (source: string): string[] =>
  tableOf(source)
    .sites.slice(1)
    .map((s) => s.name);

describe('ids', () => {
  it('of a module', () => expect(tableOf('').sites[0].id).toBe('ts:src/cart.ts#'));
  for (const [source, ...expected] of [
    ['function f() { function g() {} }', 'f', 'f/g'],
    ['const a = () => 1, b = function c() {}; d.e = () => 1; f.prototype.g = function () {}', 'a', 'b', 'd.e', 'f.prototype.g'],
    ['class A { constructor() {} m() {} static s() {} get g() {} set g(v) {} #p() {} [k]() {} f = () => 1; static {} "x y"() {} }',
      'class A/constructor', 'class A/m', 'class A/static s', 'class A/get g', 'class A/set g', 'class A/#p', 'class A/[k]', 'class A/f', 'class A/static{}', 'class A/x y'],
    ['const B = class { m() {} }; export default class { m() {} }', 'class B/m', 'class default/m'],
    ['const o = { a() {}, b: { c: () => 1 }, get d() { return 1 } }', 'o.a', 'o.b.c', 'get o.d'],
    ['list.map((x) => x).filter(function keep() {}); new Promise((done) => done())', 'list.map@0', 'list.map.filter@0:keep', 'Promise@0'],
    ['describe("auth flow", () => { it("expires", () => {}); it("expires", () => {}) })', 'describe("auth flow")@1', 'describe("auth flow")@1/it("expires")@1', 'describe("auth flow")@1/it("expires")@1~1'],
    ['app.get("/secret/:id", () => {})', 'app.get(e5df8b8a)@1'],
    ['export default () => {}', 'default'],
    ['(function () {})(); (() => { return () => {} })()', 'iife', 'iife~1', 'iife~1/return'],
    ['const C = memo(() => <b onClick={() => 1} />)', 'C=memo@0', 'C=memo@0/<onClick>'],
    ['async function f() { await g(); await g(); for await (const x of y.z) {} throw new E() }', 'f', 'f!await:g~0', 'f!await:g~1', 'f!for-await:y.z~0', 'f!throw:E~0'],
    ['try {} catch (e) {} import("./x")', '!catch:e~0', '!import:./x~0'],
    ['namespace N { export function f() {} }', 'namespace N/f'],
  ] as string[][]) {
    it(source, () => expect(ids(source).map((id) => id.replace(/\([0-9a-f]{8}\)/, '(hash)'))).toEqual(expected.map((id) => id.replace(/\([0-9a-f]{8}\)/, '(hash)'))));
  } // prettier-ignore

  it('are unique, and survive line shifts and functions added elsewhere', () => {
    for (let seed = 0; seed < 100; seed++) {
      const source = program(seed);
      const before = ids(source);
      expect(new Set(before).size).toBe(before.length);
      const after = ids(
        `// a\n\nfunction unrelated() { return [1].map((x) => x) }\n${source}\nclass Other { m() {} }\n`,
      );
      expect(before.filter((id) => !after.includes(id))).toEqual([]);
    }
  });
  it('say when code changed', () => {
    const hash = (source: string): string | undefined => tableOf(source).sites[1].hash;
    expect(hash('function f() { return 1 }')).toBe(hash('\n\n  function f() { return 1 }'));
    expect(hash('function f() { return 1 }')).not.toBe(hash('function f() { return 2 }'));
    expect(hash('function f() { return 1 }')).toMatch(/^[0-9a-f]{8}$/);
  });
});

it('names are for people', () => {
  expect(names('class Cart { constructor() {} total() {} get size() {} static of() {} } handlers.map((x) => x); it("works", () => {}); (() => () => 1)()')).toEqual([
    'new Cart', 'Cart.total', 'get Cart.size', 'Cart.of', 'handlers.map callback', 'it "works"', 'iife', 'iife result',
  ]); // prettier-ignore
});

it('positions are those of the file', () => {
  const { sites, lines, imports } = tableOf(
    'import a, { type B, c as d } from "x"\nimport type { T } from "t"\r\n\texport async function f() {\n}\nexport * from "y"',
  );
  expect(lines).toBe(5);
  expect(sites[1]).toMatchObject({ line: 3, column: 8, endLine: 4, endColumn: 1, flags: 'a', parent: 0 });
  expect(imports).toEqual([
    { specifier: 'x', kind: 'import', names: ['default', 'c'], typeOnly: false, line: 1 },
    { specifier: 't', kind: 'import', names: ['T'], typeOnly: true, line: 2 },
    { specifier: 'y', kind: 'export-from', names: ['*'], typeOnly: false, line: 5 },
  ]);
});
