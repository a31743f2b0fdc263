/** Versions in pictures: each name has the number of its version, `a1→2` is read and written; `?` is memory, `!` a constant of another body, `0` what is there before any write. */
import { describe, expect, test } from 'vitest';
import { readFile } from '../../transform/index.ts';
import { flowsOf } from '../flow/build.ts';
import { type Flow, Op } from '../flow/flow.ts';
import { resolveScopes } from '../scopes/resolve.ts';
import type { Scopes } from '../scopes/scopes.ts';
import { flatten } from '../tree/flatten.ts';
import { NONE, type Tree } from '../tree/tree.ts';
import { ssasOf } from './build.ts';
import { Def, type Ssa } from './ssa.ts';

interface Body {
  tree: Tree;
  flow: Flow;
  scopes: Scopes;
  ssa: Ssa;
}

function bodies(text: string, goal: 'module' | 'commonjs' = 'module'): Body[] {
  const tree = flatten(readFile(text, { path: 'a.ts', lang: 'ts', goal }).program);
  const scopes = resolveScopes(tree, goal === 'module');
  const flows = flowsOf(tree);
  return ssasOf(tree, flows, scopes).map((ssa, at) => ({ tree, flow: flows[at], scopes, ssa }));
}

const nameOf = ({ tree, scopes, ssa }: Body, version: number): string =>
  tree.strings[scopes.bindings.name[ssa.variable[version]]];

/** Numbers of a variable's versions: writes and phis from 1 on, in their order. */
function mark({ ssa }: Body, version: number): string {
  if (version === NONE) return '';
  const kind = ssa.definition[version];
  if (kind === Def.UNSET) return '0';
  if (kind === Def.MEMORY) return '?';
  if (kind === Def.CONSTANT) return '!';
  let number = 0;
  for (let other = version; other >= 0 && ssa.variable[other] === ssa.variable[version]; other--)
    if (![Def.UNSET, Def.MEMORY, Def.CONSTANT].includes(ssa.definition[other] as never)) number++;
  return String(number);
}

/** The text with versions, then phis. */
function shown(text: string, at = 0, goal: 'module' | 'commonjs' = 'module'): string[] {
  const body = bodies(text, goal)[at];
  const { tree, flow, ssa } = body;
  const marks = new Map<number, string>();
  flow.node.forEach((node, step) => {
    if (flow.op[step] !== Op.READ && flow.op[step] !== Op.WRITE) return;
    const version = flow.op[step] === Op.READ ? ssa.use[step] : ssa.def[step];
    const before = marks.get(tree.end[node]);
    marks.set(tree.end[node], before ? `${before}→${mark(body, version)}` : mark(body, version));
  });
  const owned = Array.from(text, (letter, place) => (marks.get(place) ?? '') + letter).join('');
  const lines = [owned + (marks.get(text.length) ?? '')];
  for (let phi = 0; phi < ssa.size; phi++) {
    if (ssa.definition[phi] !== Def.PHI) continue;
    const operands = [...ssa.operand.subarray(ssa.firstOperand[phi], ssa.firstOperand[phi + 1])];
    const given = operands.map((operand) => nameOf(body, operand) + mark(body, operand));
    lines.push(`${nameOf(body, phi)}${mark(body, phi)} = φ(${given.join(', ')})`);
  }
  return lines;
} // prettier-ignore

describe('versions', () => {
  test.each([
    // One after the other
    ['let a = 1; a = a + 1; a++; a', ['let a1 = 1; a2 = a1 + 1; a2→3++; a3']],
    ['let a; a; var b; b; b = 1', ['let a1; a1; var b; b0; b1 = 1']],
    ['let [a, b] = [1, 2]; [a, b] = [b, a]', ['let [a1, b1] = [1, 2]; [a2, b2] = [b1, a1]']],
    // Branches and joins
    ['let a = 1; if (a) a = 2; a', ['let a1 = 1; if (a1) a2 = 2; a3', 'a3 = φ(a1, a2)']],
    ['let a = 1; if (a) a; else a; a', ['let a1 = 1; if (a1) a1; else a1; a1']],
    ['let a = 1; a ||= 2; a', ['let a1 = 1; a1→2 ||= 2; a3', 'a3 = φ(a1, a2)']],
    ['let a = 1; a = a ? 2 : a; a', ['let a1 = 1; a2 = a1 ? 2 : a1; a2']],
    ['var a; if (b) a = 1; a', ['var a; if (b) a1 = 1; a2', 'a2 = φ(a0, a1)']],
    // Loops
    ['let a = 1; while (a) a--; a', ['let a1 = 1; while (a3) a3→2--; a3', 'a3 = φ(a1, a2)']],
    ['let a = 1, b = 2; while (a) a--; b', ['let a1 = 1, b1 = 2; while (a3) a3→2--; b1', 'a3 = φ(a1, a2)']],
    ['for (;;) { let a; if (b) a = 1; a }', ['for (;;) { let a1; if (b) a2 = 1; a3 }', 'a3 = φ(a1, a2)']],
    ['for (const a of b) a', ['for (const a1 of b) a1']],
    // Failures
    ['let a = 1; try { b(); a = 2; b() } catch { a } a', ['let a1 = 1; try { b(); a2 = 2; b() } catch { a3 } a4', 'a3 = φ(a1, a2)', 'a4 = φ(a2, a3)']],
    ['let a = 1; try { a = b() } finally { a } a', ['let a1 = 1; try { a2 = b() } finally { a3 } a3', 'a3 = φ(a1, a2)']],
    ['try { b() } catch (e) { e }', ['try { b() } catch (e1) { e1 }']],
    // What changes nothing
    ['const a = 1; try { a = 2 } catch { a }', ['const a1 = 1; try { a = 2 } catch { a1 }']],
    ['let a = 1; throw a; a = 2; a', ['let a1 = 1; throw a1; a2 = 2; a']],
    // Others read it, but nobody else writes it
    ['let a = 1; f = () => a; f(); a', ['let a1 = 1; f = () => a; f(); a1']],
    ['export let a = 1; b(); a', ['export let a1 = 1; b(); a1']],
    // Others write it
    ['let a = 1; a; f = () => { a = 2 }; a; f(); a', ['let a1 = 1; a1; f = () => { a = 2 }; a1; f(); a?']],
    ['let a = 1; f = () => a++; if (b) f(); a', ['let a1 = 1; f = () => a++; if (b) f(); a2', 'a2 = φ(a1, a?)']],
    ['import a from "b"; a', ['import a from "b"; a?']],
    ['let a = 1; class B { static { a = 2 } } a', ['let a1 = 1; class B1 { static { a = 2 } } a?']],
  ])('%s', (text, expected) => expect(shown(text)).toEqual(expected)); // prettier-ignore

  test.each([
    ['function f(a, b = a) { a; b = 1; b }', ['function f(a1, b1 = a1) { a1; b2 = 1; b2 }']],
    ['function f({ a }, ...b) { a; b }', ['function f({ a1 }, ...b1) { a1; b1 }']],
    // Arrows and fields see what is around them.
    ['const a = 1; f = () => a', ['const a = 1; f = () => a!']],
    ['let a = 1; a = 2; f = () => a', ['let a = 1; a = 2; f = () => a?']],
    ['let a; f = () => { a = 1; a; b(); a }', ['let a; f = () => { a1 = 1; a1; b(); a? }']],
    ['f = async () => { let a = 1; await b; a }', ['f = async () => { let a1 = 1; await b; a1 }']],
    ['class A { b = a; } let a = 1', ['class A { b = a!; } let a = 1']],
    ['f = function g() { g }', ['f = function g() { g! }']],
  ])('within a function: %s', (text, expected) => expect(shown(text, 1)).toEqual(expected)); // prettier-ignore

  test('a variable that begins with what a parameter of its name has', () => {
    const text = 'function f(a, b = () => a) { a; var a; a = 1; a }';
    expect(shown(text, 1)).toEqual(['function f(a1, b1 = () => a) { a2; var a; a1 = 1; a1 }']);
  });

  test('members of enums', () =>
    expect(shown('enum A { B = 1, C = B } enum A { D = B + C }')[0]).toBe(
      'enum A1 { B1 = 1, C1 = B1 } enum A2 { D1 = B1 + C1 }',
    ));

  /** As many joins as variables: a phi for each of both would be millions. */
  test('many variables in a body of many blocks', () => {
    const names = Array.from({ length: 1500 }, (_, at) => `a${at}`);
    const lines = [
      `let ${names.join(', ')};`,
      ...names.map((name) => `if (b) ${name} = 1;`),
      `c(${names.join(', ')})`,
    ];
    const [{ ssa }] = bodies(lines.join('\n'));
    expect(ssa.definition.filter((kind) => kind === Def.PHI)).toHaveLength(names.length);
  });

  test('functions of blocks', () => {
    const text = 'f; { f; function f() {} } f';
    expect(shown(text)[0]).toBe('f; { f1; function f1() {} } f');
    expect(shown(text, 0, 'commonjs')[0]).toBe('f0; { f1; function f1() {} } f1');
    expect(shown('function f() {} g = () => f', 2)[0]).toBe('function f() {} g = () => f!');
  });

  test('where names may mean something else, nothing is certain', () => {
    expect(shown('function f(a) { eval(""); return a }', 1, 'commonjs')[0]).toContain('return a?');
    expect(shown('function f(a) { arguments[0] = 1; g(arguments); return a }', 1, 'commonjs')[0]).toContain('return a?'); // prettier-ignore
    expect(shown('function f(a) { "use strict"; g(arguments); return a }', 1, 'commonjs')[0]).toContain('return a1'); // prettier-ignore
  });
});

test('chains go both ways', () => {
  const [body] = bodies('let a = 1; if (a) a = 2; a; a; f = () => { b = 1 }; let b = 2; f(); b');
  const { ssa, flow } = body;
  for (let version = 0; version < ssa.size; version++) {
    const uses = [...ssa.useStep.subarray(ssa.firstUse[version], ssa.firstUse[version + 1])];
    expect(uses).toEqual([...flow.op.keys()].filter((step) => ssa.use[step] === version));
    for (const phi of ssa.phi.subarray(ssa.firstPhi[version], ssa.firstPhi[version + 1]))
      expect(ssa.operand.subarray(ssa.firstOperand[phi], ssa.firstOperand[phi + 1])).toContain(version);
  }
  const phi = ssa.definition.indexOf(Def.PHI);
  const edges = [...ssa.operandEdge.subarray(ssa.firstOperand[phi], ssa.firstOperand[phi + 1])];
  expect(edges.map((edge) => flow.to[edge])).toEqual([ssa.at[phi], ssa.at[phi]]);
});
