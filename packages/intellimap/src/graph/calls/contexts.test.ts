/** What each call of a function is told by itself, what numbers read, who asks what it is handed for another form: `caller → callee`. */
import { expect, test } from 'vitest';
import { SourceFile } from '../file/source-file.ts';
import { linkCalls } from './link.ts';
import { callsOf } from './of-file.ts';
import { readFacts, storedFacts } from './stored.ts';

const short = (id: string): string => id.replace(/^ts:a\.ts#?/, '').replaceAll('class ', '') || '(module)';

/** Without those of the module. */
function calls(text: string): string[] {
  const file = new SourceFile(text, { path: 'a.ts', lang: 'ts', goal: 'module' });
  const { edges } = linkCalls([readFacts(storedFacts(callsOf(file)))], () => null);
  return edges.filter(({ src }) => short(src) !== '(module)').map(({ src, dst, kind }) => `${short(src)} → ${short(dst)}  ${kind}`);
} // prettier-ignore

test('a mixin gives each object its own', () => {
  const mixed = `
    function mix(to, from) { for (const name in from) to[name] = from[name]; return to; }
    function give(to, value) { to.run = value; }
    const a = {}, b = {};
    mix(a, { go() {} }); mix(b, { go() {} });
    give(a, function one() {}); give(b, function two() {});
    function main() { a.go(); b.go(); a.run(); b.run(); }`;
  expect(calls(mixed)).toEqual([
    'main → mix@1.go  points to',
    'main → mix@1.go~1  points to',
    'main → give@1:one  points to',
    'main → give@1:two  points to',
  ]);
});

test('a name that is handed over is the name of what is written there, through several functions', () => {
  const named = `
    class Definer {
      constructor(on) { this.on = on; }
      both(name) { this.getter(name); return this.method(name, () => 1); }
      getter(name) { Object.defineProperty(this.on, name, { get: function got() { return 1; } }); return this; }
      method(name, f) { this.on[name + 's'] = f; return this; }
    }
    const it = {};
    new Definer(it).both('size');
    function main() { it.size; it.other; }`;
  expect(calls(named).filter((each) => each.startsWith('main'))).toEqual(['main → Definer/getter/Object.defineProperty@2.get  accessor']); // prettier-ignore
});

test('who calls itself in a copy calls that', () => {
  const again = `
    function fill(into, f, depth) { into.f = f; if (depth > 0) fill(into, f, depth - 1); into.f(); }
    fill({}, function one() {}, 2); fill({}, function two() {}, 2);`;
  expect(calls(again).toSorted()).toEqual([
    'fill → fill  direct',
    'fill → fill@1:one  points to',
    'fill → fill@1:two  points to',
  ]);
});

test('one that nobody is known to call is looked at all the same', () =>
  expect(calls('export function a(to) { to.x = b; b(); } function b() {}')).toEqual(['a → b  direct']));

test('a number reads what a list holds, and no member that has a name', () => {
  const tables = `
    const table = { named() {} };
    table[0] = () => 1;
    function main(list, key) { for (let i = 0; i < 9; i++) table[i](); table[0](); }
    function other(key) { table[key](); }`;
  expect(calls(tables)).toEqual([
    'other → table.named  points to',
    'other → table[0]  points to',
    'main → table[0]  points to',
    'main → table[0]  points to',
  ]);
});

test('lists have no members of names that are theirs by accident', () =>
  expect(calls('const all = [function a() {}]; function main() { all.slice(1); all.unheard(); }')).toEqual(
    [],
  ));

test('text, numbers and JSON are made by methods of what is handed over', () => {
  const made = `
    class A { toString() { return ''; } toJSON() {} valueOf() { return 1; } }
    function main() { const a = new A(); String(a); JSON.stringify(a); Number(a); }`;
  expect(calls(made)).toEqual([
    'main → A/toString  conversion',
    'main → A/toJSON  conversion',
    'main → A/valueOf  conversion',
  ]);
});

test('what a test puts in place of a method is called instead, of the host as well', () => {
  const replaced = `
    import fs from 'node:fs';
    const it = { go() {} };
    function test(t) { t.mock.method(it, 'go', function stand() {}); t.mock.method(fs, 'readFileSync', function read() {}); }
    test();
    function main() { it.go(); fs.readFileSync('x'); }`;
  expect(calls(replaced).filter((each) => each.startsWith('main'))).toEqual([
    'main → it.go  points to',
    'main → test/t.mock.method@2:stand  points to',
    'main → test/t.mock.method@2:read  points to',
  ]);
});

test('getters and setters that are defined in the old way', () => {
  const old = `
    const it = {};
    it.__defineGetter__('a', function read() {});
    it.__defineSetter__('b', function write() {});
    function main() { it.a; it.b = 1; it.c; }`;
  expect(calls(old)).toEqual(['main → it.__defineGetter__("a")@1:read  accessor', 'main → it.__defineSetter__("b")@1:write  accessor']); // prettier-ignore
});

test('packages that copy members, where their files are not looked at', () => {
  const copied = `
    import merge from 'merge-descriptors';
    import { extend } from 'lodash';
    const proto = { go() {} };
    const a = function () {}; merge(a, proto, false);
    const b = extend({}, proto);
    function main() { a.go(); b.go(); }`;
  expect(calls(copied)).toEqual(['main → proto.go  points to', 'main → proto.go  points to']);
});
