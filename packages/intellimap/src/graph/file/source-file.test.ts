import { expect, test } from 'vitest';
import { KIND_NAMES } from '../tree/kinds.ts';
import { SourceFile } from './source-file.ts';

const TEXT = `
class A { get b() { return 1 } static c = () => 2; d = 3; static { this.c() } }
const e = { f() {}, g: function () {} };
async function* h() {}`;
const file = new SourceFile(TEXT, { path: 'src/a.ts', lang: 'ts', goal: 'module' });

test('functions have the ids, extents and places that recordings know them by', () => {
  const { kind, start } = file.tree;
  expect(
    file.functions.map(({ node, extent, site }) => [site.id, KIND_NAMES[kind[node]], KIND_NAMES[kind[extent]], site.line]),
  ).toEqual([
    ['ts:src/a.ts#', 'Program', 'Program', 1],
    ['ts:src/a.ts#class A/get b', 'FunctionExpression', 'MethodDefinition', 2],
    ['ts:src/a.ts#class A/static c', 'ArrowFunctionExpression', 'ArrowFunctionExpression', 2],
    ['ts:src/a.ts#class A/static{}', 'StaticBlock', 'StaticBlock', 2],
    ['ts:src/a.ts#e.f', 'FunctionExpression', 'Property', 3],
    ['ts:src/a.ts#e.g', 'FunctionExpression', 'FunctionExpression', 3],
    ['ts:src/a.ts#h', 'FunctionDeclaration', 'FunctionDeclaration', 4],
  ]);
  for (const { extent, site } of file.functions.slice(1))
    expect(file.lines.at(start[extent])).toEqual({ line: site.line, column: site.column });
}); // prettier-ignore

test('a body is asked for by who owns it; of initialisers of fields recordings know nothing', () => {
  for (const { node, site } of file.functions) expect(file.siteOf(node)).toBe(site);
  const owners = [...file.metrics.owner];
  expect(owners.filter((owner) => file.siteOf(owner) === undefined)).toHaveLength(2);
});

test('what is made of it is made once', () => {
  expect(file.ssas).toHaveLength(file.flows.length);
  expect(file.ssas).toBe(file.ssas);
});
