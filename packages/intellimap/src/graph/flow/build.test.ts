/** Flows as pictures: a block a line, its steps, and where it leads. */
import { describe, expect, test } from 'vitest';
import { readFile } from '../../transform/index.ts';
import { flatten } from '../tree/flatten.ts';
import type { Tree } from '../tree/tree.ts';
import { flowsOf } from './build.ts';
import { program } from './fixtures/programs.ts';
import { shownFlow } from './fixtures/shown.ts';
import { EdgeKind, ENTRY, EXIT, FAILED, type Flow, Op } from './flow.ts';

const treeOf = (text: string): Tree => {
  const isScript = text.startsWith('with');
  const lang = isScript ? 'js' : text.startsWith('<') ? 'tsx' : 'ts';
  return flatten(readFile(text, { path: 'a.ts', lang, goal: isScript ? 'script' : 'module' }).program);
};

/** The flow of a body, in the order of the text, without entry. */
function shown(text: string, at: number): string[] {
  const tree = treeOf(text);
  return shownFlow(tree, flowsOf(tree)[at]).slice(1);
}

describe('tests and jumps', () => test.each([
  ['if (a && !(b || c)) d(); else e()', [
    '3: READ a, BRANCH Logical → THROW failed, TRUE 4, FALSE 7',
    '4: READ b, BRANCH Logical → THROW failed, TRUE 7, FALSE 5',
    '5: READ c, BRANCH If → THROW failed, TRUE 6, FALSE 7',
    '6: READ d, CALL Call → THROW failed, 8',
    '7: READ e, CALL Call → THROW failed, 8',
    '8: exit',
  ]],
  ['if (a &&= b) c()', [
    '3: READ a, BRANCH Assignment → THROW failed, TRUE 4, FALSE 6',
    '4: READ b, WRITE a, BRANCH If → THROW failed, TRUE 5, FALSE 6',
    '5: READ c, CALL Call → THROW failed, 6',
    '6: exit',
  ]],
  ['d = (a ?? b) ?? c', [
    '3: READ a, BRANCH Logical → THROW failed, TRUE 6, FALSE 4',
    '4: READ b, BRANCH Logical → THROW failed, TRUE 6, FALSE 5',
    '5: READ c → THROW failed, 6',
    '6: WRITE d → THROW failed, exit',
  ]],
  ['while (a) { if (b) break; c() }', [
    '3: READ a, BRANCH While → THROW failed, TRUE 4, FALSE 7',
    '4: READ b, BRANCH If → THROW failed, TRUE 5, FALSE 6',
    '5: JUMP 7',
    '6: READ c, CALL Call → THROW failed, BACK 3',
    '7: exit',
  ]],
  ['for (let i = 0; i < 3; i++) { if (a) continue; b() }', [
    '3: WRITE i → 4',
    '4: READ i, COMPUTE Binary, BRANCH For → THROW failed, TRUE 5, FALSE 9',
    '5: READ a, BRANCH If → THROW failed, TRUE 6, FALSE 7',
    '6: JUMP 8',
    '7: READ b, CALL Call → THROW failed, 8',
    '8: READ i, COMPUTE Update, WRITE i → THROW failed, BACK 4',
    '9: exit',
  ]],
  ['do a(); while (b)', [
    '3: READ a, CALL Call → THROW failed, 4',
    '4: READ b, BRANCH DoWhile → THROW failed, TRUE 5, FALSE 6',
    '5: BACK 3',
    '6: exit',
  ]],
  ['while (true) a(); b()', [
    '3: 4',
    '4: READ a, CALL Call → THROW failed, BACK 3',
    '5: READ b, CALL Call',
  ]],
  ['x: { if (a) break x; b() } c()', [
    '3: READ a, BRANCH If → THROW failed, TRUE 4, FALSE 5',
    '4: JUMP 6',
    '5: READ b, CALL Call → THROW failed, 6',
    '6: READ c, CALL Call → THROW failed, exit',
  ]],
  ['switch (a) { case 1: b(); default: c(); break; case d: e() }', [
    '3: READ a, BRANCH SwitchCase → THROW failed, TRUE 5, FALSE 4',
    '4: READ d, BRANCH SwitchCase → THROW failed, TRUE 7, FALSE 6',
    '5: READ b, CALL Call → THROW failed, 6',
    '6: READ c, CALL Call → THROW failed, JUMP 8',
    '7: READ e, CALL Call → THROW failed, 8',
    '8: exit',
  ]],
])('%s', (text, expected) => expect(shown(text, 0)).toEqual(expected))); // prettier-ignore

describe('exceptions', () => test.each([
  ['try { a(); b = 1; c() } catch (e) { d(e) } finally { f() } g()', [
    '3: READ a, CALL Call → THROW 5, 4',
    '4: WRITE b, READ c, CALL Call → THROW 5, 7',
    '5: CATCH CatchClause → 6',
    '6: WRITE e, READ d, READ e, CALL Call → THROW 8, 7',
    '7: 8',
    '8: READ f, CALL Call → THROW failed, 9',
    '9: READ g, CALL Call → THROW failed, exit',
  ]],
  ['try { const a = b(), c = d() } catch {}', [
    '3: READ b, CALL Call → THROW 6, 4',
    '4: WRITE a, READ d, CALL Call → THROW 6, 5',
    '5: WRITE c → 7',
    '6: CATCH CatchClause → 7',
    '7: exit',
  ]],
  ['for (const a of b) try { if (c) continue; break } finally { d() }', [
    '3: READ b, ITERATE ForOf → THROW failed, 4',
    '4: ITERATE ForOf, BRANCH ForOf → THROW failed, TRUE 5, FALSE 11',
    '5: WRITE a → 6',
    '6: READ c, BRANCH If → THROW 9, TRUE 7, FALSE 8',
    '7: JUMP 9',
    '8: JUMP 9',
    '9: READ d, CALL Call → THROW failed, JUMP 4, JUMP 10',
    '10: ITERATE ForOf → THROW failed, JUMP 11',
    '11: exit',
  ]],
  ['for (const a of b) { try { break } catch { c() } }', [
    '3: READ b, ITERATE ForOf → THROW failed, 4',
    '4: ITERATE ForOf, BRANCH ForOf → THROW failed, TRUE 5, FALSE 10',
    '5: WRITE a → 6',
    '6: JUMP 7',
    '7: ITERATE ForOf → THROW failed, JUMP 10',
    '8: CATCH CatchClause, READ c, CALL Call → 9',
    '9: ',
    '10: exit',
  ]],
  ['try { throw a } finally { b() } c()', [
    '3: READ a, THROW Throw → THROW 4',
    '4: READ b, CALL Call → THROW failed',
    '5: READ c, CALL Call',
  ]],
  ['{ using a = b(); c() }', [
    '3: READ b, CALL Call, COMPUTE VariableDeclarator, WRITE a → THROW failed, 4',
    '4: READ c, CALL Call → THROW 5, 5',
    '5: CALL Variable → THROW failed, 6',
    '6: exit',
  ]],
  ['try {} catch { a() }', [
    '3: 5',
    '4: CATCH CatchClause, READ a, CALL Call',
    '5: exit',
  ]],
])('%s', (text, expected) => expect(shown(text, 0)).toEqual(expected))); // prettier-ignore

describe('order', () => test.each([
  ['a.b = c; d[e] += f; g.h++', [
    '3: READ a, READ c, STORE Member, READ d, READ e, LOAD Member, READ f, COMPUTE Assignment, STORE Member, READ g, LOAD Member, COMPUTE Update, STORE Member → THROW failed, exit',
  ]],
  ['[a.b = c, , ...d] = e', [
    '3: READ e, ITERATE ArrayPattern, READ a, ITERATE AssignmentPattern, BRANCH AssignmentPattern → THROW failed, TRUE 5, FALSE 4',
    '4: READ c → THROW failed, 5',
    '5: STORE Member, ITERATE Hole, ITERATE RestElement, WRITE d → THROW failed, exit',
  ]],
  ['const { a = b, [c()]: { d }, ...e } = f', [
    '3: READ f, COMPUTE ObjectPattern, LOAD Property, BRANCH AssignmentPattern → THROW failed, TRUE 5, FALSE 4',
    '4: READ b → THROW failed, 5',
    '5: WRITE a, READ c, CALL Call, LOAD Property, COMPUTE ObjectPattern, LOAD Property, WRITE d, COMPUTE RestElement, WRITE e → THROW failed, exit',
  ]],
  ['a?.b(c)?.[d].e; delete f?.g', [
    '3: READ a, BRANCH Member → THROW failed, TRUE 4, FALSE 6',
    '4: LOAD Member, READ c, CALL Call, BRANCH Member → THROW failed, TRUE 5, FALSE 6',
    '5: READ d, LOAD Member, LOAD Member → THROW failed, 6',
    '6: READ f, BRANCH Member → THROW failed, TRUE 7, FALSE 8',
    '7: STORE Member → THROW failed, 8',
    '8: exit',
  ]],
  ['a`b${c}`; `${d}`; new e(...f); ({ [g]: h, ...i })', [
    '3: READ a, READ c, CALL TaggedTemplate, READ d, COMPUTE TemplateLiteral, READ e, READ f, ITERATE SpreadElement, CALL New, READ g, COMPUTE Property, READ h, READ i, COMPUTE SpreadElement → THROW failed, exit',
  ]],
  ['a = b ? c : d; e ||= f', [
    '3: READ b, BRANCH Conditional → THROW failed, TRUE 4, FALSE 5',
    '4: READ c → THROW failed, 6',
    '5: READ d → THROW failed, 6',
    '6: WRITE a, READ e, BRANCH Assignment → THROW failed, TRUE 8, FALSE 7',
    '7: READ f, WRITE e → THROW failed, 8',
    '8: exit',
  ]],
  ['class A extends B { @c [d] = 1; static e = f; static { g() } }', [
    '3: READ B, READ c, READ d, COMPUTE PropertyDefinition, CLOSURE Class, CALL Decorator, CALL PropertyDefinition, CALL StaticBlock, WRITE A → THROW failed, exit',
  ]],
  ['{ a(); function b() {} let c; var d }', [
    '3: CLOSURE Function, WRITE b, READ a, CALL Call, WRITE c → THROW failed, exit',
  ]],
  ['with (a) if (b) function f() {} else c()', [
    '3: READ a, COMPUTE With, READ b, BRANCH If → THROW failed, TRUE 4, FALSE 5',
    '4: CLOSURE Function, WRITE f → 6',
    '5: READ c, CALL Call → THROW failed, 6',
    '6: exit',
  ]],
  ['with (a) b = c', [
    '3: READ a, COMPUTE With, READ c, WRITE b → THROW failed, exit',
  ]],
  ['enum A { B = c, D } namespace E { export const f = 1 } import g = require("g")', [
    '3: WRITE A, READ c, STORE TSEnumMember, WRITE B, STORE TSEnumMember, WRITE D, WRITE E, WRITE f, CALL TSExternalModuleReference, WRITE g → THROW failed, exit',
  ]],
  ['<A b={c} {...d}>{e}<f.g /><h /></A>', [
    '3: READ A, READ c, READ d, COMPUTE JSXSpreadAttribute, READ e, READ f, LOAD JSXMember, COMPUTE JSXElement, COMPUTE JSXElement, COMPUTE JSXElement → THROW failed, exit',
  ]],
])('%s', (text, expected) => expect(shown(text, 0)).toEqual(expected))); // prettier-ignore

describe('functions', () => test.each([
  ['function f(a = 1, { b }) { return a; b() }', [
    '3: BRANCH AssignmentPattern → TRUE 5, FALSE 4',
    '4: 5',
    '5: WRITE a, COMPUTE ObjectPattern, LOAD Property, WRITE b, READ a, RETURN Return → THROW failed, JUMP exit',
    '6: READ b, CALL Call',
  ]],
  ['function* f() { try { yield a } finally { b() } }', [
    '3: YIELD Function → THROW failed, 4, CLOSE exit',
    '4: READ a, YIELD Yield → THROW 6, 5, CLOSE 6',
    '5: 6',
    '6: READ b, CALL Call → THROW failed, 7, JUMP exit',
    '7: exit',
  ]],
  ['async function* f() { for await (const a of b) yield* a; return c }', [
    '3: YIELD Function → THROW failed, 4, CLOSE exit',
    '4: READ b, ITERATE ForOf → THROW failed, 5',
    '5: ITERATE ForOf, AWAIT ForOf → THROW failed, 6',
    '6: BRANCH ForOf → TRUE 7, FALSE 11',
    '7: WRITE a, READ a, ITERATE Yield, YIELD Yield → THROW failed, 10, CLOSE 8',
    '8: ITERATE ForOf, AWAIT ForOf → THROW failed, 9',
    '9: JUMP exit',
    '10: BACK 5',
    '11: READ c, RETURN Return → THROW failed, JUMP exit',
  ]],
  ['(async (a) => await a())', [
    '3: WRITE a, READ a, CALL Call, AWAIT Await → THROW failed, 4',
    '4: RETURN Await → JUMP exit',
  ]],
])('%s', (text, expected) => expect(shown(text, 1)).toEqual(expected))); // prettier-ignore

test('a flow for each body', () => {
  const text = 'class A { b = 1; c; static { d } m() { return () => e } } function f() {}';
  const tree = treeOf(text);
  const owners = flowsOf(tree).map(({ owner }) => text.slice(tree.start[owner], tree.end[owner]));
  expect(owners).toEqual([text, 'b = 1;', 'static { d }', '() { return () => e }', '() => e', 'function f() {}']);
}); // prettier-ignore

/** Which blocks can be reached. */
function reached(flow: Flow): Set<number> {
  const all = new Set([ENTRY]);
  // A set that grows is gone through to its end.
  for (const block of all) flow.from.forEach((from, edge) => void (from === block && all.add(flow.to[edge])));
  return all;
}

test('sums and conditions of thousands of parts', () => {
  const parts = Array.from({ length: 7000 }, (_, at) => `a${at}`);
  const [sum] = flowsOf(treeOf(`b = ${parts.join(' + ')}`));
  expect(sum.op.filter((op) => op === Op.COMPUTE)).toHaveLength(6999);
  const [tests] = flowsOf(treeOf(`if (${parts.join(' && ')}) b()`));
  expect(tests.op.filter((op) => op === Op.BRANCH)).toHaveLength(7000);
});

describe('of any program', () => {
  const flows = Array.from({ length: 40 }, (_, seed) => flowsOf(treeOf(program(seed)))).flat();
  const each = (check: (flow: Flow, block: number, ops: number[], edges: number[]) => void): void => {
    for (const flow of flows)
      for (let block = 0; block < flow.blocks; block++) {
        const ops = Array.from(flow.op.slice(flow.firstStep[block], flow.firstStep[block + 1]));
        const edges = Array.from(flow.from.keys()).filter((edge) => flow.from[edge] === block);
        check(flow, block, ops, edges);
      }
  };

  test('entry leads one way, exit and failed nowhere, and nothing happens in them', () => {
    each((_, block, ops, edges) => {
      if (block > FAILED) return;
      expect(ops).toEqual([]);
      expect(edges.length).toBe(block === ENTRY ? 1 : 0);
    });
  });

  test('dead code leads to dead code only', () => {
    let dead = 0;
    for (const flow of flows) {
      const live = reached(flow);
      dead += flow.blocks - live.size;
      flow.from.forEach((from, edge) => expect(live.has(from)).toBe(live.has(flow.to[edge])));
    }
    expect(dead).toBeGreaterThan(50);
  });

  test('a branch ends its block and has two ways on; nobody else has such', () => {
    each((flow, _, ops, edges) => {
      const kinds = edges.map((edge) => flow.edge[edge]);
      const at = ops.indexOf(Op.BRANCH);
      const isDead = edges.length === 0;
      if (at !== -1) expect(at).toBe(ops.length - 1);
      const count = at === -1 || isDead ? 0 : 1;
      expect(kinds.filter((kind) => kind === EdgeKind.TRUE).length).toBe(count);
      expect(kinds.filter((kind) => kind === EdgeKind.FALSE).length).toBe(count);
    });
  });

  test('who hears of failures finds what held then: a write is the first step of its block', () => {
    let writes = 0;
    each((flow, _, ops, edges) => {
      const isHeard = edges.some((edge) => flow.edge[edge] === EdgeKind.THROW && flow.to[edge] !== FAILED);
      if (!isHeard) return;
      writes += ops.filter((op) => op === Op.WRITE).length;
      expect(ops.lastIndexOf(Op.WRITE)).toBeLessThanOrEqual(0);
    });
    expect(writes).toBeGreaterThan(50);
  });

  test('edges by where they begin, each once, and one for failures', () => {
    each((flow, _block, _ops, edges) => {
      const told = edges.map((edge) => `${flow.edge[edge]} ${flow.to[edge]}`);
      expect(new Set(told).size).toBe(told.length);
      expect(edges.filter((edge) => flow.edge[edge] === EdgeKind.THROW).length).toBeLessThanOrEqual(1);
      if (edges.length > 0) expect(edges.at(-1)! - edges[0]).toBe(edges.length - 1);
    });
    for (const flow of flows) expect(flow.to.every((to) => to !== ENTRY && to < flow.blocks)).toBe(true);
    expect(flows.some((flow) => flow.to.includes(EXIT))).toBe(true);
  });
});
