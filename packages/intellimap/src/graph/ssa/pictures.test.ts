/** Slices in pictures: lines of a program that are part of the slice of its `out(…)`, numbered as they stand. */
import { expect, test } from 'vitest';
import { readFile } from '../../transform/index.ts';
import { flowsOf } from '../flow/build.ts';
import { resolveScopes } from '../scopes/resolve.ts';
import { flatten } from '../tree/flatten.ts';
import { childAt, Field, Kind, textOf, type Tree } from '../tree/tree.ts';
import { type Dependence, dependenceOf, type DependenceOptions } from './dependence.ts';
import { backwardSlice, forwardSlice, type SliceOptions } from './slice.ts';
import { Why } from './why.ts';

const dependence = (text: string, options?: DependenceOptions): Dependence => {
  const tree = flatten(readFile(text, { path: 'a.ts', lang: 'ts', goal: 'module' }).program);
  return dependenceOf(tree, flowsOf(tree), resolveScopes(tree, true), options);
};

/** Numbers of the lines where something of a slice begins, from 1 on. */
function linesOf(tree: Tree, text: string, isIn: Uint8Array): string {
  const lines = new Set<number>();
  isIn.forEach((is, node) => is && lines.add(text.slice(0, tree.start[node]).split('\n').length));
  return [...lines].toSorted((a, b) => a - b).join(' ');
}

const callsOf = (tree: Tree, name: string): number[] =>
  [...tree.kind.keys()].filter(
    (node) => tree.kind[node] === Kind.CallExpression && textOf(tree, childAt(tree, node, Field.callee)) === name,
  ); // prettier-ignore

/** Of all `out(…)`, by lines. */
function backward(lines: readonly string[], options: DependenceOptions & SliceOptions = {}): string {
  const text = lines.join('\n');
  const all = dependence(text, options);
  return linesOf(all.tree, text, backwardSlice(all, callsOf(all.tree, 'out'), options));
}

/** Of all numbers 42. */
function forward(lines: readonly string[]): string {
  const text = lines.join('\n');
  const all = dependence(text);
  const numbers = [...all.tree.kind.keys()].filter((node) => textOf(all.tree, node) === '42');
  return linesOf(all.tree, text, forwardSlice(all, numbers));
}

test.each<[what: string, lines: string[], slice: string]>([
  ['values', ['let a = 1;', 'let b = 2;', 'let c = a + 1;', 'out(c);'], '1 3 4'],
  ['a write that is not seen', ['let a = 1;', 'a = 2;', 'out(a);'], '2 3'],
  ['tests', ['let a = 1, b = 2;', 'if (b)', 'a = 3;', 'out(a);'], '1 2 3 4'],
  ['tests of others', ['let a = 1, c = 3;', 'if (b)', 'c = 3;', 'out(a);'], '1 4'],
  ['the test of a value', ['const a = 1;', 'const b = a', '? 2', ': 3;', 'out(b);'], '1 2 3 4 5'],
  ['loops', ['let n = 3, sum = 0, other = 0;', 'while (n > 0) {', 'sum += 1;', 'other += 1;', 'n--;', '}', 'out(sum);'], '1 2 3 5 7'],
  ['a jump', ['let a = 1;', 'for (const b of c) {', 'if (b) break;', 'a++;', '}', 'out(a);'], '1 2 3 4 6'],
  ['patterns', ['const o = { x: 1 };', 'const d = 2;', 'const { x = d, ...rest } = o;', 'out(x);'], '1 2 3 4'],
  // Calls
  ['what is returned', ['function f() {', 'let b = 2;', 'return 1;', '}', 'out(f());'], '1 3 5'],
  ['what is given', ['const f = (a, b) => a;', 'let x = 1;', 'let y = 2;', 'out(f(x, y));'], '1 2 4'],
  ['what is given to a variable of the body', ['function f(a, b = () => a) {', 'var a;', 'return a;', '}', 'const x = 1;', 'const y = 2;', 'out(f(x, y));'], '1 3 5 7'],
  ['whether it is called', ['let a = 1;', 'function f() {', 'a = 2;', '}', 'if (b)', 'f();', 'out(a);'], '1 2 3 5 6 7'],
  ['which return counts', ['function f(c) {', 'L: try { return 1; }', 'finally { if (c)', 'break L; }', '}', 'const c = 2;', 'out(f(c));'], '1 2 3 6 7'],
  ['whoever is called back', ['const k = 2;', 'const list = [1];', 'const all = list.map((a) =>', 'a * k);', 'out(all);'], '1 2 3 4 5'],
  // Failures
  ['whoever throws', ['const f = (a) => {', 'if (a)', 'throw 1; };', 'const a = 2;', 'f(a);', 'out(3);'], '1 2 3 4 5 6'],
  ['what is thrown', ['let a = 1;', 'try {', 'if (b)', 'throw a;', '} catch (e) {', 'out(e);', '}'], '1 3 4 5 6'],
  ['what is thrown through finally', ['let a = 1;', 'try { try {', 'if (b) throw a;', '} finally { c = 1; }', '} catch (e) {', 'out(e); }'], '1 3 5 6'],
  ['how finally is entered', ['const c = 1, d = 2;', 'const f = () => { try {', 'if (c)', 'return;', '} finally {', 'g(d); }', 'out(1);', '};', 'f();'], '1 2 3 4 7 9'],
  ['a value that is thrown', ['try {', 'if (b) throw (', '7', ');', '} catch (e) {', 'out(e);', '}'], '2 3 5 6'],
  ['a value that is thrown through finally', ['try { try {', 'if (b) throw (', '7', ');', '} finally { c = 1; }', '} catch (e) {', 'out(e); }'], '2 3 6 7'],
  ['a failure that goes on after finally', ['const f = () => {', 'try {', 'if (c) throw 1;', '} finally { d = 1; }', 'out(1); };', 'f();'], '1 3 5 6'],
  ['a call that fails before finally', ['const f = (a) => { if (a) throw 1; };', 'const c = 1;', 'const g = () => {', 'try { f(c); }', 'finally { d = 1; }', 'out(1); };', 'g();'], '1 2 3 4 6 7'],
  ['what may fail, and is heard of', ['let a = 1;', 'try {', 'a = b.c;', '} catch {', 'out(2);', '}'], '3 5'],
  // Objects
  ['properties of one name', ['const o = {};', 'o.x = 1;', 'o.y = 2;', 'out(o.x);'], '1 2 4'],
  ['elements', ['const list = [];', 'let i = 0;', 'list[i] = 1;', 'out(list[0]);'], '1 2 3 4'],
  ['what others do to an object', ['const list = [];', 'const a = 1;', 'list.push(a);', 'out(list[0]);'], '1 2 3 4'],
  ['fields', ['class A {', 'x = 1;', 'y = 2; }', 'const o = new A();', 'out(o.x);'], '1 2 4 5'],
  // Others' time
  ['await', ['const f = async () => {', 'const a = await b;', 'await c;', 'out(a); };', 'f();'], '1 2 4 5'],
  ['yield', ['function* f() {', 'yield 1; }', 'const [a] = f();', 'out(a);'], '1 2 3 4'],
])('%s', (_, lines, slice) => expect(backward(lines)).toBe(slice)); // prettier-ignore

test('with failures, what may fail decides what comes after it', () => {
  const lines = ['const a = b.c;', 'const f = () => d.e;', 'out(1);'];
  expect(backward(lines)).toBe('3');
  expect(backward(lines, { withFailures: true })).toBe('1 3');
});

test('a call graph may know more than names do', () => {
  const lines = ['const o = { x: 1,', 'f(a) {', 'return this.x + a; } };', 'const b = 2;', 'out(o.f(b));'];
  const { tree } = dependence(lines.join('\n'));
  const isMethod = (call: number): boolean =>
    tree.kind[childAt(tree, call, Field.callee)] === Kind.MemberExpression;
  const calls = {
    targets: (call: number) => (isMethod(call) ? [tree.kind.indexOf(Kind.FunctionExpression)] : []),
    isComplete: isMethod,
  };
  expect(backward(lines)).toBe('1 2 4 5');
  expect(backward(lines, { calls })).toBe('1 2 3 4 5');
});

test('some kinds of dependence alone', () => {
  const lines = ['let a = 1;', 'if (b)', 'a = 2;', 'out(a);'];
  expect(backward(lines, { why: [Why.DATA] })).toBe('1 3 4');
});

test.each<[lines: string[], slice: string]>([
  [['let a = 42;', 'let b = 1;', 'let c = a + b;', 'f(c);'], '1 3 4'],
  [['let a = 1;', 'if (a === 42)', 'b = 2;', 'c = 3;'], '2 3'],
  [['const f = (a) => a;', 'f(42);', 'g(f(1));', 'g(2);'], '1 2 3'],
])('forwards: %s', (lines, slice) => expect(forward(lines)).toBe(slice)); // prettier-ignore
