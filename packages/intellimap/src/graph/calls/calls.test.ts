/** Texts of files, and the edges between functions that come of them: `caller → callee  kind, confidence`. */
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SourceFile } from '../file/source-file.ts';
import type { CallFacts } from './facts.ts';
import { type CallGraph, linkCalls } from './link.ts';
import { callsOf } from './of-file.ts';
import { readFacts, storedFacts } from './stored.ts';

function factsOf(path: string, text: string): CallFacts {
  const goal = path.endsWith('.cjs') ? 'commonjs' : 'module';
  return callsOf(new SourceFile(text, { path, lang: path.endsWith('.tsx') ? 'tsx' : 'ts', goal }));
}

function graphOf(files: Record<string, string>): CallGraph {
  const target = (from: string, specifier: string): string | null => {
    const path = posix.join(posix.dirname(from), specifier);
    return specifier.startsWith('.') && path in files ? path : null;
  };
  // What is stored is what is linked.
  const facts = Object.entries(files).map(([path, text]) => readFacts(storedFacts(factsOf(path, text))));
  return linkCalls(facts, target);
} // prettier-ignore

/** Ids without language, path of the only file, and word `class`. */
const short = (id: string): string =>
  id.replace(/^ts:(?:a\.\w+#)?/, '').replaceAll('class ', '') || '(module)';

const edges = (files: string | Record<string, string>): string[] =>
  graphOf(typeof files === 'string' ? { 'a.tsx': files } : files).edges.map(
    ({ src, dst, kind, confidence, later }) =>
      `${short(src)} → ${short(dst)}  ${kind}, ${confidence}${later ? ', later' : ''}`,
  );

describe('names', () => {
  test.each([
    ['function a() { b() } function b() {}', ['a → b  direct, certain']],
    ['const a = () => b(); const b = () => 1;', ['a → b  direct, certain']],
    ['let b = () => 1; b = () => 2; b();', ['(module) → b  points to, likely', '(module) → b~1  points to, likely']],
    ['(function a() { a() })()', ['(module) → iife  direct, certain', 'iife → iife  direct, certain']],
    ['function a(f) { f() } a(() => 1)', ['(module) → a  direct, certain', 'a → a@0  points to, likely']],
    ['function a() { return () => 1 } a()()', ['(module) → a  direct, certain', '(module) → a/return  returned function, likely']],
    ['const t = (s, ...v) => 1; t`a${1}`', ['(module) → t  direct, certain']],
    ['function a({ f = () => 1 }) { f() } a({})', ['(module) → a  direct, certain', 'a → a/f  points to, likely']],
  ])('%s', (text, expected) => expect(edges(text).toSorted()).toEqual(expected)); // prettier-ignore

  test('across files, however they are exported', () => {
    expect(
      edges({
        'a.ts': "import d, { f as g } from './b.ts'; import * as all from './c.ts'; export function main() { d(); g(); all.f(); all.h() }",
        'b.ts': 'export function f() {} export default () => 1;',
        'c.ts': "export * from './b.ts'; export { main as h } from './a.ts';",
      }).toSorted(),
    ).toEqual([
      'main → b.ts#default  import, certain',
      'main → b.ts#f  import, certain',
      'main → b.ts#f  import, certain',
      'main → main  import, certain',
    ]);
  }); // prettier-ignore

  test('CommonJS, and a module of each kind that imports the other', () => {
    expect(
      edges({
        'a.cjs': "const { f } = require('./b.cjs'); const b = require('./b.cjs'); f(); b.g(); require('./c.cjs')();",
        'b.cjs': 'exports.f = function () { module.exports.g() }; exports.g = () => 1;',
        'c.cjs': 'module.exports = function c() {};',
        'd.ts': "import c, { } from './c.cjs'; import { g } from './b.cjs'; c(); g();",
      }).toSorted(),
    ).toEqual([
      '(module) → b.cjs#  require, certain',
      '(module) → b.cjs#  require, certain',
      '(module) → b.cjs#exports.f  import, certain',
      '(module) → b.cjs#exports.g  import, certain',
      '(module) → c.cjs#  require, certain',
      '(module) → c.cjs#module.exports  import, certain',
      'b.cjs#exports.f → b.cjs#exports.g  points to, likely',
      'd.ts# → b.cjs#exports.g  import, certain',
      'd.ts# → c.cjs#module.exports  import, certain',
    ]);
  }); // prettier-ignore
});

describe('classes, and functions that are used as such', () => {
  test.each([
    ['class A { a() { this.b() } b() {} } class B extends A { b() { super.b() } }', ['A/a → A/b  this method, likely', 'A/a → B/b  this method, likely', 'B/b → A/b  super, certain']],
    ['class A { static make() { return new this() } constructor() { this.go() } go() {} } A.make().go()', ['(module) → A/go  returned function, likely', '(module) → A/static make  points to, likely', 'A/constructor → A/go  this method, certain', 'A/static make → A/constructor  class, certain']],
    ['class A { x = f(); } class B extends A { constructor() { super(); } } function f() {} new B(); new A();', ['(module) → B/constructor  class, certain', '(module) → f  direct, certain', 'B/constructor → f  direct, certain']],
    ['class A { get p() { return 1 } set p(v) {} static { f() } } function f() {} const a = new A(); a.p; a.p = 2;', ['(module) → A/get p  accessor, likely', '(module) → A/set p  accessor, likely', '(module) → A/static{}  direct, certain', 'A/static{} → f  direct, certain']],
    ['function F() {} F.prototype.m = function () { this.n() }; F.prototype.n = function () {}; new F().m();', ['(module) → F  class, certain', '(module) → F.prototype.m  points to, likely', 'F.prototype.m → F.prototype.n  this method, certain']],
    ['function Base() {} Base.prototype.b = function () {}; function Sub() { Base.call(this) } Sub.prototype = Object.create(Base.prototype); new Sub().b();', ['(module) → Base.prototype.b  points to, likely', '(module) → Sub  class, certain', 'Sub → Base  call/apply/bind, certain']],
  ])('%s', (text, expected) => expect(edges(text).toSorted()).toEqual(expected));
}); // prettier-ignore

describe('handed on', () => {
  test.each([
    ['function f(a) { a() } f.call(null, () => 1); f.apply(null, [() => 2]); f.bind(null, () => 3)();', ['(module) → f  call/apply/bind, certain', '(module) → f  call/apply/bind, certain', '(module) → f  returned function, likely', 'f → f.apply@1[]  points to, likely', 'f → f.call@1  points to, likely', 'f → iife=f.bind@1  points to, likely']],
    ['Reflect.apply(function f() {}, null, []);', ['(module) → Reflect.apply@0:f  call/apply/bind, certain']],
  ])('%s', (text, expected) => expect(edges(text).toSorted()).toEqual(expected));
}); // prettier-ignore

describe('values that are followed', () => {
  test.each([
    ['const t = { a() {}, b: () => 1 }; t.a(); t[name]();', ['(module) → t.a  points to, likely', '(module) → t.a  points to, likely', '(module) → t.b  points to, likely']],
    ['function same(x) { return x } same(() => 1)(); same(() => 2)();', ['(module) → iife=same@0  returned function, likely', '(module) → iife=same@0~1  returned function, likely', '(module) → same  direct, certain', '(module) → same  direct, certain']],
    ["function def(o, name, f) { o[name] = f } const a = {}; def(a, 'x', () => 1); def(a, 'y', () => 2); a.x();", ['(module) → def  direct, certain', '(module) → def  direct, certain', '(module) → def@2  points to, likely']],
    ['function mix(to, from) { for (const k in from) to[k] = from[k] } const a = {}; mix(a, { x() {} }); mix({}, { y() {} }); a.x(); a.y();', ['(module) → mix  direct, certain', '(module) → mix  direct, certain', '(module) → mix@1.x  points to, likely', '(module) → mix@1.y  field name, maybe']],
    ['function f() { arguments[0]() } f(() => 1); const g = (...all) => all[0](); g(() => 2);', ['(module) → f  direct, certain', '(module) → g  direct, certain', 'f → f@0  points to, likely', 'g → g@0  points to, likely']],
  ])('%s', (text, expected) => expect(edges(text).toSorted()).toEqual(expected));
}); // prettier-ignore

describe('lists, maps, promises, timers, events', () => {
  test.each([
    ['[1].map((x) => x); list.forEach(f); function f() {}', ['(module) → .map@0  callback of map, likely', '(module) → f  callback of forEach, likely']],
    ['const fs = [() => 1, () => 2]; for (const f of fs) f();', ['(module) → fs[]  points to, likely', '(module) → fs[]~1  points to, likely']],
    ["const m = new Map(); m.set('a', () => 1); m.get('a')();", ['(module) → m.set(e40c292c)@1  callback of m.set, likely, later', '(module) → m.set(e40c292c)@1  returned function, likely']],
    ['load().then((x) => x()); async function load() { return () => 1 } async function g() { (await load())() }', ['(module) → load  direct, certain', '(module) → load.then@0  callback of then, likely, later', 'g → load  direct, certain', 'g → load/return  points to, likely', 'load.then@0 → load/return  points to, likely']],
    ['new Promise((ok) => ok(() => 1)).then((f) => f());', ['(module) → Promise.then@0  callback of then, likely, later', '(module) → Promise@0  callback of new Promise, likely', 'Promise.then@0 → Promise@0/return=ok@0  points to, likely']],
    ['setTimeout(() => 1, 10); process.nextTick(f); function f() {}', ['(module) → f  callback of process.nextTick, likely, later', '(module) → setTimeout@0  callback of setTimeout, likely, later']],
    ["import { EventEmitter } from 'node:events'; const e = new EventEmitter(); e.on('a', () => 1); e.on('b', () => 2); function f() { e.emit('a') } f();", ['(module) → e.on(e40c292c)@1  callback of e.on, likely, later', '(module) → e.on(e70c2de5)@1  callback of e.on, likely, later', '(module) → f  direct, certain', 'f → e.on(e40c292c)@1  event name, likely']],
    ['function* g() { yield () => 1 } for (const f of g()) f();', ['(module) → g  direct, certain', '(module) → g/fn  points to, likely']],
    ['class L { *[Symbol.iterator]() { yield () => 1 } } for (const f of new L()) f();', ['(module) → L/[Symbol.iterator]  points to, likely', '(module) → L/[Symbol.iterator]/fn  points to, likely']],
  ])('%s', (text, expected) => expect(edges(text).toSorted()).toEqual(expected));
}); // prettier-ignore

test('what defaults of parameters call is called before the call, and what bodies call is not', () => {
  const cost = 'function cost() { return 1 }';
  expect(edges(`${cost} function f(x = cost(), { y = cost() } = {}) { cost() } const g = (x = cost(), call = () => cost()) => cost(); class A { constructor(x = cost()) {} }`)).toEqual([
    'f → cost  parameter default, certain', 'f → cost  parameter default, certain', 'f → cost  direct, certain',
    'g → cost  parameter default, certain', 'g/call → cost  direct, certain', 'g → cost  direct, certain',
    'A/constructor → cost  parameter default, certain',
  ]);
  expect(edges(`${cost} function f(x = [].map(cost)) { [].map(cost) }`)).toEqual(['f → cost  callback of map, likely, later', 'f → cost  callback of map, likely']);
}); // prettier-ignore

test('what only looks at a function, or writes it down, calls it not', () => {
  const looks = [
    'Array.isArray(f)', 'Object.keys(f)', 'Object.freeze(f)', 'Number.isInteger(f)', 'isNaN(f)', 'Boolean(f)', 'console.log(f)', 'new Set([f]).has(f)', '[].includes(f)', 'Promise.resolve(f)',
    'inspect(f)', 'util.inspect(f)', 'types.isAsyncFunction(f)', 'util.types.isProxy(f)', 'isRegExp(f)', 'assert(f)', 'assert.ok(f)', 'assert.equal(f, f)', 'assert.strict(f)', 'assert.strict.equal(f, f)', 'strict.ok(f)', 'ok(f)',
  ];
  const calls = ['assert.throws(f)', 'assert.strict.rejects(f)', 'JSON.parse(text, f)', 'setTimeout(f)', 'util.debuglog(name, f)', 'app.delete(path, f)'];
  const head = `
    import assert, { ok } from 'node:assert'; import strict from 'assert/strict'; import util, { inspect, types } from 'node:util'; import { isRegExp } from 'node:util/types';
    import app from 'app'; function f() {}`;
  const told = (texts: string[]): string[] => texts.filter((text) => edges(`${head}\n${text};`).length > 0);
  expect(told(looks)).toEqual([]);
  expect(told(calls)).toEqual(calls);
}); // prettier-ignore

describe('found by a name alone, where only few are called so', () => {
  test.each([
    ['export function f(x) { x.handle() } export const t = { handle() {} };', ['f → t.handle  field name, maybe']],
    ['export function f(x) { x.push() } export const t = { push() {} }; export const u = { push() {} };', []],
  ])('%s', (text, expected) => expect(edges(text).toSorted()).toEqual(expected));
}); // prettier-ignore

describe('elements and namespaces', () => {
  test.each([
    ['function Button() {} const App = () => <Button onClick={() => 1} />; const B = () => <button onClick={() => 2} />;', ['App → Button  jsx, likely', 'B → B/<onClick>  callback of onClick, likely, later']],
    ['namespace N { export function f() {} } N.f();', ['(module) → namespace N/f  points to, likely']],
  ])('%s', (text, expected) => expect(edges(text).toSorted()).toEqual(expected));
}); // prettier-ignore

test('what is kept of a file is what it says', () => {
  const facts = factsOf('a.ts', "import b from 'b'; export default class A extends b { c(d) { this.e = d; return f`${d}`(g['h']); } }");
  expect(readFacts(storedFacts(facts))).toEqual(facts);
  const empty = factsOf('a.ts', '');
  expect(readFacts(storedFacts(empty))).toEqual(empty);
}); // prettier-ignore

describe('what is known of a place', () => {
  const sites = (text: string): string[] =>
    graphOf({ 'a.tsx': text })
      .sites.map(({ text: words, loop, isAwaited, module }) =>
        [words, loop, isAwaited ? 'awaited' : '', module].filter(Boolean).join(', '),
      )
      .toSorted();

  test.each([
    ['once', 'f(); if (x) f(); { f() }', ['f', 'f', 'f']],
    ['loops', 'for (a(); b(); c()) d(); for (const x of e()) f(x); for (const x in g()) h(x); while (i()) j(); do k(); while (l());', ['a', 'b, for', 'c, for', 'd, for', 'e', 'for … of', 'f, for … of', 'g', 'h, for … in', 'i, while', 'j, while', 'k, do', 'l, do']],
    ['a loop that never goes round', 'for (;;) { f(); break; } while (true) { if (g()) { h(); break; } }', ['f', 'g, while', 'h']],
    ['the inner one', 'for (const x of y) for (const z of f(x)) g(z)', ['for … of', 'f, for … of', 'for … of, for … of', 'g, for … of']],
    ['functions within are their own', 'for (;;) { const f = () => g(); h() }', ['g', 'h, for']],
    ['callbacks of lists', 'xs.map((x) => f(x)); xs.reduce(((a, x) => g(a)), h()); xs.then((x) => i()); Array.from(xs, () => j())', ['xs.map', 'f, callback of map', 'xs.reduce', 'g, callback of reduce', 'h', 'xs.then', 'i', 'Array.from', 'j, callback of Array.from']],
    ['a loop within a callback', 'xs.forEach((x) => { for (;;) f() })', ['xs.forEach', 'f, for']],
    ['awaited', 'await f(); await (g.h()); await i()(); j(await k()); const l = async () => (await m()).n(); await o?.p(); await new Q()', ['f, awaited', 'g.h, awaited', 'i(), awaited', 'i', 'j', 'k, awaited', 'm, awaited', 'm().n', 'o.p, awaited', 'Q, awaited']],
    ['for await', 'for await (const x of y) f(x)', ['for … of', 'f, for await … of']],
    ['modules', "import fs from 'fs'; import { readFile } from 'node:fs/promises'; import express from 'express'; import { get } from 'lodash/fp'; import { f } from './b.ts'; fs.statSync(); readFile(); get(); f(); console.log()",
      ['fs.statSync, node:fs', 'readFile, node:fs/promises', 'get, lodash/fp', 'f', 'console.log']],
    ['what a module made', "import express from 'express'; const app = express(); app.get(); const r = app.route(); r.get(); const c = new express.Router(); c.use(); class A { db = express(); f() { this.db.query() } }",
      ['express, express', 'app.get, express', 'app.route, express', 'r.get, express', 'express.Router, express', 'c.use, express', 'express, express', 'this.db.query, express']],
    ['promises and lists that a module made are only that', "import pg from 'pg'; pg.query().then(f); pg.query().rows.map(f); import _ from 'lodash'; _.map(x)", ['pg.query, pg', 'pg.query, pg', 'pg.query().then', 'pg.query().rows.map', '_.map, lodash']],
    ['however it is handed on', "const { readFileSync: read } = require('fs'); const g = read; g(); const x = { g }; x.g()", ['g, node:fs', 'x.g, node:fs']],
  ])('%s', (_, text, expected) => expect(sites(text)).toEqual(expected.toSorted())); // prettier-ignore
});
