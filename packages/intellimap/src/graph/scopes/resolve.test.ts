import vm from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Goal, readFile } from '../../transform/index.ts';
import { flatten } from '../tree/flatten.ts';
import { KIND_NAMES } from '../tree/kinds.ts';
import { Kind, NONE, textOf, type Tree } from '../tree/tree.ts';
import { resolveScopes } from './resolve.ts';
import { BindingKind, GLOBAL, type Scopes, Use } from './scopes.ts';

const resolved = (text: string, goal: Goal = 'module'): { tree: Tree; scopes: Scopes } => {
  const tree = flatten(readFile(text, { path: 'a.ts', lang: 'tsx', goal }).program, text);
  return { tree, scopes: resolveScopes(tree, goal === 'module') };
};

/** Binding → its name, and which of those with that name it is: `a1`. */
function titles(tree: Tree, { bindings }: Scopes): string[] {
  const names = Array.from(bindings.name, (name) => tree.strings[name]);
  return names.map((name, at) => name + names.slice(0, at + 1).filter((other) => other === name).length);
}

/** The text with the title of its binding for each name; `a0`: nobody declares it; `a`: it is no variable. */
function marked(text: string, goal?: Goal): string {
  const { tree, scopes } = resolved(text, goal);
  const title = titles(tree, scopes);
  let result = '';
  let done = 0;
  for (let node = 0; node < tree.size; node++) {
    const binding = scopes.bindingOf[node];
    if (binding === NONE) continue;
    result +=
      text.slice(done, tree.start[node]) + (binding === GLOBAL ? `${textOf(tree, node)}0` : title[binding]);
    done = tree.start[node] + textOf(tree, node).length;
  }
  return result + text.slice(done);
}

/** A picture without its numbers is the text. */
const textOfPicture = (picture: string): string => picture.replaceAll(/(?<=[A-Za-z])\d/g, '');

/** Titles of the bindings for which something holds. */
function those(text: string, goal: Goal, holds: (scopes: Scopes, binding: number) => boolean): string {
  const { tree, scopes } = resolved(text, goal);
  return titles(tree, scopes).filter((_, binding) => holds(scopes, binding)).join(' '); // prettier-ignore
}

const escaping = (text: string, goal: Goal = 'commonjs'): string =>
  those(text, goal, ({ bindings }, binding) => bindings.escapes[binding] === 1);

describe('which name is which variable', () => {
  test.each([
    ['blocks', 'let a1; { let a2; a2 } a1'],
    ['nobody declares it', 'a0; typeof b0; undefined0'],
    ['declared further down', 'a1; function f1() { return a1 } let a1'],
    ['var goes out of blocks', 'function f1() { a1; { var a1 = b0 } for (var c1 of a1); c1 }'],
    ['a function of a block of a module stays there', 'f0; { f1; function f1() {} } f0'],
    ['parameters', 'function f1(a1, { b: b1, c: { d1 }, ...e1 }, [g1, , h1 = a1]) { return [a1, b1, d1, e1, g1, h1] }'],
    ['a parameter that is also var', 'function f1(a1) { var a1; a1 }'],
    ['defaults do not see the body', 'let a1; function f1(b1 = a1) { var a2; b1 }'],
    ['a body with computed parameters has variables of its own', 'function f1(a1, b1 = () => a1) { var a2 = b1; a2 }'],
    ['function expressions know themselves', 'const f1 = function f2() { f2 }; f1'],
    ['unless something there has the name', 'const a1 = function f(f1) { f1 }; (function g() { let g1; g1 })'],
    ['classes know themselves', 'class A1 extends f0(() => A2) { a = A2; static { A2 } [A2.b]() {} } A1'],
    ['class expressions', '(class A1 { a() { A1 } }); A0'],
    ['decorators stand outside', '@a1(() => A1) class A1 { @b1 c() { A2 } } function a1() {} function b1() {}'],
    ['static blocks', 'let a1; class A1 { static { var a2; a2 } static { a1 } }'],
    ['keys and members are none', 'let a1; a1.a; a1[a1]; ({ a: a1, [a1]: a1, a() {}, get a() {} }); class A1 { a = a1; [a1] = a1; #a; a() { this.#a } }'],
    ['short forms', 'const a1 = 1; ({ a1 }); ({ a1 } = a1); ({ a: a1 = a1, ...a1 } = a1)'],
    ['targets', 'let a1; [a1, b0, a1.c, ...d0] = a1; for (a1 of a1); for (a1.b in a1); (a1) = (b0)++'],
    ['for has its own scope', 'let a1; for (let a2 = 0; a2; a2++) { let a3; a3 } for (const a4 of a4) a4; a1'],
    ['switch, behind what it asks', 'let a1; switch (a1) { case a2: let a2; default: a2 } a1'],
    ['catch', 'let a1; try { a1 } catch (a2) { a2; let b1 } finally { a1; b0 } try {} catch ({ c: [d1] }) { d1 }'],
    ['labels are none', 'let a1; a: for (;;) { if (a1) break a; continue a }'],
    ['arguments', 'function f1() { arguments1; () => arguments1; function g1() { return arguments2[0] } } arguments0'],
    ['arguments that the text declares', '(function (arguments1) { arguments1 })'],
    ['imports', 'import a1, { b as c1, d1 } from "e"; import * as f1 from "g"; a1(c1, d1, f1.b)'],
    ['exports', 'let a1, b1; export { a1, b1 as c }; export { a, d as e } from "f"; export * as g from "h"; export default a1'],
    ['import.meta, new.target', 'import.meta; function f1() { new.target }'],
    ['JSX', 'const A1 = 1, a1 = 2; <_a0 />; <A1 a={a1}><a b:a="a" /><a1.b.c /><a-b /><B0 {...a1} /></A>; <this.A />'],
    ['enum', 'enum A1 { B1 = 1, C1 = B1 | D0, "E", F1 = A1.B } A1.B; B0'],
    ['namespace', 'namespace A1 { export const a1 = 1; var b1; export namespace B1 { a1 } } A1.a; a0; b0'],
    ['a namespace of types', 'namespace A { export type B = 1; interface C {} export namespace D { type E = 1 } } namespace F1 { type B = 1; export const a1 = 1 } A0; F1'],
    ['enums of one name', 'enum A1 { B1 } enum A1 { C1 = B1, D1 = E1 } enum A1 { E1 } { enum A2 { F1 = B0 } }'],
    ['namespaces of one name', 'namespace A1 { export let a1; let b1; export namespace B1 { export let c1 } namespace C1 { export let d1 } } namespace A1 { a1; b0; export namespace B2 { a1; c1 } namespace C2 { d0; let a2; a2 } a1 } namespace A1.B3 { a1; c1; b0 } a0'],
    ['an enum and a namespace of one name keep to themselves', 'enum A1 { B1 } namespace A1 { B0; export let a1 } enum A1 { C1 = a0 }'],
    ['namespaces in one line', 'namespace A1.B1.C1 { let a1 = A1 + B1 + C1 } A1; B0'],
    ['import =', 'import a1 = require("a"); import b1 = a1.c.d; b1'],
    ['types are none', 'interface A {} type B = typeof a; let a1: A = b0 as B; export { A }; function f1<T>(this: T, c1?: T): c is A { return c1! }'],
    ['what is only said to be somewhere', 'declare enum A { B } declare namespace C { let d: 1 } declare global { var e: 1 } declare const f: 1; declare let g: 1, h: 1; export declare class I { j() } A0; C0.d; e0; f0; B0; [g0, h0] = I0'],
    ['and what has such a name', 'let declare1; declare1 = 1'],
  ])('%s', (_, picture) => expect(marked(textOfPicture(picture))).toBe(picture)); // prettier-ignore
});

describe('in sloppy code', () => {
  test.each([
    ['a function of a block is known around it', 'f1(); if (a0) { f1; function f1() {} } else { function f1() {} }'],
    ['not further than its function', 'function g1() { { function f1() {} } f1 } f0'],
    ['not where something else has its name', 'f1; let f1; { function f2() {} f2 }'],
    ['not through a block that has its name', 'f0; { let f1; { function f2() {} } }'],
    ['not through one that has such a function', 'f1; { function f1() {} { function f2() {} f2 } }'],
    ['not beside a parameter', 'function g1(f1) { { function f2() {} } f1 }'],
    ['not beside a parameter, with a body of its own', 'function g1(f1, a1 = 0) { { function f2() {} } f1 }'],
    ['not through a pattern of catch', 'try {} catch ({ f1 }) { { function f2() {} f2 } } f0'],
    ['catch has it, and does not hide it', 'try {} catch (f1) { f1; { f2; function f2() {} } } f3'],
    ['not when it is async', '{ async function f1() {} f1 } f0'],
    ['not in strict code', 'function g1() { "use strict"; { function f1() {} } f0 }'],
    ['not in a class', 'class A1 { static { { function f1() {} } f0 } }'],
    ['it hides the name of the function', '(function f() { { function f1() {} } f1 })'],
    ['a case of a switch is a block', 'switch (a0) { case 1: function f1() {} } f1'],
    ['without a block', 'if (a0) function f1() {} f1; a: function g1() {}'],
    ['var of the same name', 'var f1; { function f1() {} } f1'],
    ['what is caught is written, and not the variable', 'var a1; try {} catch (a2) { var a2 = 1; var a1; a2 } a1'],
    ['with', 'var a1; with (a1) { a1; b0 }'],
    ['var arguments', 'function f1() { var arguments1; return arguments1 } function g1(a1 = 1) { var arguments2 }'],
    ['let arguments', 'function f1() { arguments1; let arguments1 }'],
    ['a file has no arguments', 'arguments0; () => arguments0'],
  ])('%s', (_, picture) => expect(marked(textOfPicture(picture), 'commonjs')).toBe(picture)); // prettier-ignore

  /** Whatever stands around and beside a function of a block: the engine knows whether its name is one of the function around. */
  test('names of functions in blocks are known where the engine knows them', () => {
    const { statements } = fc.letrec<{ statement: string; statements: string }>((tie) => ({
      statements: fc.array(tie('statement'), { minLength: 1, maxLength: 3 }).map((all) => all.join(' ')),
      statement: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom('function f() {}', 'function f() {}', 'var f;', 'let f;', 'class f {}', 'async function f() {}', '0;'),
        fc.tuple(
          fc.constantFrom('', 'try {} catch (f)', 'try {} catch ({ f })', 'for (let f of [])', 'for (var f of [])', 'a:', 'if (0)'),
          tie('statements'),
        ).map(([head, body]) => `${head} { ${body} }`),
        tie('statements').map((body) => `switch (0) { case 1: ${body} }`),
        tie('statements').map((body) => `(function () { "use strict"; ${body} });`),
      ),
    })); // prettier-ignore
    const heads = fc.constantFrom('function g()', 'function f()', 'function g(f)', 'function g(f, a = 1)', 'function g(a = 1)');
    let known = 0;
    let unknown = 0;
    fc.assert(
      fc.property(heads, statements, (head, body) => {
        // `let f` after it, or the like, is an error of syntax.
        const text = `(${head} { ${body}; f })`;
        fc.pre(compiles(text));
        const isKnown = knows(text);
        if (isKnown) known++;
        else unknown++;
        expect(marked(text, 'commonjs').endsWith('; f0 })')).toBe(!isKnown);
      }),
      { numRuns: 500, maxSkipsPerRun: 50 },
    );
    expect(Math.min(known, unknown)).toBeGreaterThan(50);
  });
}); // prettier-ignore

function compiles(text: string): boolean {
  try {
    return new vm.Script(text) instanceof vm.Script;
  } catch {
    return false;
  }
}

/** Whether the last name of the function means something. */
function knows(text: string): boolean {
  try {
    vm.runInThisContext(`${text}()`);
    return true;
  } catch {
    return false;
  }
}

describe('a binding escapes', () => {
  test.each([
    ['when a closure reads it', 'let a, b, c; b; () => a; { c }', 'a1'],
    ['or writes it', 'function f(a, b) { function g() { a = 1 } b = g }', 'a1'],
    ['or a field, a static block', 'let a, b, c; class A { [a] = b; static { c } }', 'b1 c1'],
    ['not behind a body with nothing in it', 'let a; [class { static {} }, a]', ''],
    ['when a parameter is read by a closure beside arguments', 'function f(a, b) { arguments[0]; return () => a }', 'a1'],
    ['not when a function is called by itself', 'let a; (function f() { f; let b; { b } })', ''],
    ['through arguments', 'function f(a) { arguments; a } function g(a) { arguments[0]; arguments.length }', 'a1'],
    ['through what is done with arguments', 'function f(a) { arguments[0] = 1 } function g(a) { delete arguments[0] } function h(a) { arguments[0]() } function i(a) { [arguments[0]] = a }', 'a1 a2 a3 a4'],
    ['through arguments of sloppy code with plain parameters alone', 'function f(a) { "use strict"; arguments } function g(a, b = 1) { arguments } function h(...a) { arguments }', ''],
    ['when a function of a block is assigned', '{ function f() {} f = 1 } { function g() {} } g()', 'f1'],
    ['in with', 'function f(a) { with (a) { let b; b } } function g(c) {}', 'f1 a1 b1 g1'],
    ['in direct eval', 'function f(a, b) { let c; eval(a); function g(d) {} } function h(e) {}', 'f1 a1 b1 c1 g1 d1 h1'],
    ['not in others', 'function f(a) { eval?.(a); (0, eval)(a); a.eval(a); new eval(a) }', ''],
    ['nor when eval is another one', 'function f(eval, a) { eval(a) }', ''],
  ])('%s', (_, text, expected) => expect(escaping(text)).toBe(expected)); // prettier-ignore

  test.each([
    ['when it is exported', 'export const a = 1, { b, c: [d] } = a; export function e() {} export class f {} let g, h, i; export { g as h }', 'a1 b1 d1 e1 f1 g1'],
    ['as default', 'export default function f() {}', 'f1'],
    ['not when its value is', 'let a; export default a', ''],
    ['when it is imported', 'import a, { b } from "c"; import * as d from "e"', 'a1 b1 d1'],
    ['when a namespace exports it, and when it is a member of an enum', 'namespace N { export const a = 1; const b = 2; export namespace M { 0 } } enum E { c }', 'a1 M1 c1'],
    ['in direct eval, which sees what is around it', 'let a; function f(b) { eval(b); function g(c) {} } function h(d) {}', 'a1 f1 b1 g1 h1'],
  ])('%s', (_, text, expected) => expect(escaping(text, 'module')).toBe(expected)); // prettier-ignore
});

test.each([
  ['it is imported', 'import a from "b"; let c', 'a1'],
  ['a namespace hands it out', 'namespace A { export let a; let b; () => b } enum E { c }', 'a1'],
  ['eval, with', 'function f(a) { eval(a) } function g(b) { with (b) {} } function h(c) {}', 'f1 a1 g1 b1 h1'],
  ['arguments, unless they are only looked at', 'function f(a) { arguments[0] = 1 } function g(b) { arguments[0]; () => b }', 'a1'],
  ['functions of blocks that are assigned, or asked for where their block may have been left', '{ function a() {} a = 1 } { b(); function b() {} } b; c: { break c; function d() {} } d; try { f(); function f() {} } finally {} f; switch (g) { case 1: function h() {} } h; switch (g) { case 2: function i() {} i }', 'a1 d1 f1 h1'],
  ['what is caught hides it', 'try {} catch (f) { { function f() {} } }', 'f3'],
] as const)('it has values that no name gives it: %s', (_, text, expected) => {
  const goal = text.startsWith('import') || text.startsWith('namespace') ? 'module' : 'commonjs';
  expect(those(text, goal, ({ bindings }, binding) => bindings.unseen[binding] === 1)).toBe(expected);
}); // prettier-ignore

test('where names may mean something else', () => {
  const dynamic = (text: string, goal: Goal): string[] => {
    const { tree, scopes } = resolved(text, goal);
    return Array.from(scopes.node).filter((_, scope) => scopes.isDynamic[scope] === 1).map((node) => KIND_NAMES[tree.kind[node]]); // prettier-ignore
  };
  const text = 'function f() { { eval("") } return () => 1 } for (;;);';
  expect(dynamic(text, 'commonjs')).toEqual([
    'FunctionDeclaration',
    'BlockStatement',
    'ArrowFunctionExpression',
  ]);
  // Strict code keeps what it declares to itself.
  expect(dynamic(text, 'module')).toEqual(['BlockStatement']);
  expect(dynamic('with (a) () => b; () => c', 'commonjs')).toEqual([
    'WithStatement',
    'ArrowFunctionExpression',
  ]);
});

test('reads and writes are counted', () => {
  const text = `import a from 'a';
    function b(c, d = 1) { c = d; c += 1; c++; arguments }
    class E extends E { static f = E }
    let g, h = 1;
    for (const i of h) i;
    ({ g, j: [h] } = b);
    try {} catch (k) { k }
    for (var l in b) l;`;
  const { tree, scopes } = resolved(text, 'module');
  const { reads, writes } = scopes.bindings;
  expect(titles(tree, scopes).map((title, at) => `${title} ${reads[at]}/${writes[at]}`)).toEqual([
    'a1 0/1', 'arguments1 1/1', 'b1 2/1', 'c1 2/4', 'd1 1/1', 'E1 0/1', 'E2 2/1', 'g1 0/1', 'h1 1/2', 'i1 1/1', 'k1 1/1', 'l1 1/1',
  ]); // prettier-ignore
});

test('what a name does', () => {
  const { tree, scopes } = resolved(
    'let a; let b = a; a += b++; [a] = b; delete a.b; typeof c; for (a of b); var d = 1; var e',
  );
  const uses = [...scopes.use].flatMap((use, node) => {
    const words = (['READ', 'WRITE', 'DECLARE'] as const).filter((word) => (use & Use[word]) !== 0);
    return use === 0 ? [] : `${textOf(tree, node)} ${words.join(' ')}`;
  });
  expect(uses).toEqual([
    'a DECLARE', 'b WRITE DECLARE', 'a READ', 'a READ WRITE', 'b READ WRITE', 'a WRITE', 'b READ', 'a READ', 'c READ', 'a WRITE', 'b READ', 'd WRITE DECLARE', 'e DECLARE',
  ]); // prettier-ignore
});

test.each([
  ['var a; let b; const c = 1; for (const d of c); using e = c;', 'a1 VAR, b1 LET, c1 CONST, d1 CONST, e1 CONST'],
  ['function f(a, { b }, ...c) { try {} catch (d) {} }', 'f1 FUNCTION, a1 PARAMETER, b1 PARAMETER, c1 PARAMETER, d1 CATCH'],
  ['class A {} (class B {}); (function f() {})', 'A1 CLASS, A2 SELF, B1 SELF, f1 SELF'],
  ['import a, { b } from "c"; import d = require("e"); enum E { f } namespace G { 0 }', 'a1 IMPORT, b1 IMPORT, d1 IMPORT, E1 TYPESCRIPT, f1 TYPESCRIPT, G1 TYPESCRIPT'],
  ['(function f() { arguments }); (function g() { var arguments }); (function h(arguments) {})', 'arguments1 ARGUMENTS, f1 SELF, arguments2 ARGUMENTS, g1 SELF, h1 SELF, arguments3 PARAMETER'],
  // What the text declares hides what a function brings along.
  ['(function f() { arguments; let arguments }); (function g() { var g }); (function h(h) {})', 'f1 SELF, arguments1 LET, g1 VAR, h1 PARAMETER'],
  ['function f(a) { var a; function a() {} }', 'f1 FUNCTION, a1 PARAMETER'],
])('what makes bindings: %s', (text, expected) => {
  const { tree, scopes } = resolved(text, text.startsWith('import') ? 'module' : 'commonjs');
  const kinds = Object.keys(BindingKind);
  expect(titles(tree, scopes).map((title, at) => `${title} ${kinds[scopes.bindings.kind[at]]}`).join(', ')).toBe(expected);
}); // prettier-ignore

test('scopes and bindings stand in the order of the text', () => {
  const { tree, scopes } = resolved('let a; { f(); class A { m = () => a } } function f(b, c = b) { var d; return function g() {} }');
  const { bindings } = scopes;
  const named = (node: number): string => KIND_NAMES[tree.kind[node]];
  expect(Array.from(scopes.node, (node, scope) => `${named(node)} in ${scopes.outer[scope]} of ${named(scopes.owner[scope])}`)).toEqual([
    'Program in -1 of Program',
    'BlockStatement in 0 of Program',
    'ClassDeclaration in 1 of Program',
    'PropertyDefinition in 2 of PropertyDefinition',
    'ArrowFunctionExpression in 3 of ArrowFunctionExpression',
    'FunctionDeclaration in 0 of FunctionDeclaration',
    'BlockStatement in 5 of FunctionDeclaration',
    'FunctionExpression in 6 of FunctionExpression',
  ]);
  const kinds = Object.keys(BindingKind);
  expect(titles(tree, scopes).map((title, at) => `${title} ${kinds[bindings.kind[at]]} in ${bindings.scope[at]}`)).toEqual([
    'a1 LET in 0', 'A1 CLASS in 1', 'A2 SELF in 2', 'f1 FUNCTION in 0', 'b1 PARAMETER in 5', 'c1 PARAMETER in 5', 'd1 VAR in 6', 'g1 SELF in 7',
  ]); // prettier-ignore
  for (let binding = 0; binding < bindings.size; binding++) expect(tree.kind[bindings.node[binding]]).toBe(Kind.Identifier);
}); // prettier-ignore
