import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { GRAPH_NAMES, surveyWorkspace } from '../graph/index.ts';
import { graphSize } from '../query/index.ts';
import { TABLES } from '../schema/index.ts';
import { type GraphMaker, openStore, refreshGraph } from '../store/index.ts';
import { grapher } from './grapher.ts';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'intellimap-graph-')));
  mkdirSync(join(root, '.intellimap'));
  put('package.json', '{ "type": "module" }');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const put = (path: string, text: string): void => writeFileSync(join(root, path), text);
const refreshed = async (graphs?: GraphMaker) =>
  await refreshGraph(root, {
    sources: async (known) => surveyWorkspace(root, known),
    graphs: graphs ?? (await grapher(root)),
    ask: graphSize,
  });

async function rows(sql: string): Promise<object[]> {
  const store = await openStore(root);
  try {
    return await store.all(sql);
  } finally {
    store.close();
  }
}

const EDGES = `SELECT s.text AS src, e.label, d.text AS dst FROM graph_edges e JOIN ast_nodes s ON s.path = e.path AND s.node = e.src
  JOIN ast_nodes d ON d.path = e.path AND d.node = e.dst WHERE e.label IN ('ref', 'value') ORDER BY ALL`;

test('nodes and edges of each file, functions by the ids that recordings have', async () => {
  put('a.mjs', 'export function f(x) {\n  return x;\n}\n');
  const answer = { files: 1, nodes: 8, functions: 2, edges: { ref: 1, next: 5, value: 1 }, problems: [] };
  expect(await refreshed()).toEqual({ made: 1, removed: 0, nodes: 8, answer });
  expect(await rows('SELECT kind, field, parent, after, text, ast_node_id FROM ast_nodes ORDER BY node')).toEqual([
    { kind: 'Program', field: 'none', parent: null, after: 8, text: null, ast_node_id: "ts:a.mjs#" },
    { kind: 'ExportNamedDeclaration', field: 'body', parent: 0, after: 8, text: null, ast_node_id: null },
    { kind: 'FunctionDeclaration', field: 'declaration', parent: 1, after: 8, text: null, ast_node_id: 'ts:a.mjs#f' },
    { kind: 'Identifier', field: 'id', parent: 2, after: 4, text: 'f', ast_node_id: null },
    { kind: 'Identifier', field: 'params', parent: 2, after: 5, text: 'x', ast_node_id: null },
    { kind: 'BlockStatement', field: 'body', parent: 2, after: 8, text: null, ast_node_id: null },
    { kind: 'ReturnStatement', field: 'body', parent: 5, after: 8, text: null, ast_node_id: null },
    { kind: 'Identifier', field: 'argument', parent: 6, after: 8, text: 'x', ast_node_id: null },
  ]);
  expect(await rows(EDGES)).toEqual([{ src: 'x', label: 'ref', dst: 'x' }, { src: 'x', label: 'value', dst: 'x' }]);
}); // prettier-ignore

test('only what changed is made anew; what is gone is forgotten', async () => {
  put('a.mjs', 'let a = 1;');
  put('b.mjs', 'let b = 1;');
  put('broken.mjs', 'let = = 1;');
  expect(await refreshed()).toMatchObject({ made: 3 });
  expect(await refreshed()).toMatchObject({ made: 0, removed: 0, nodes: 0 });
  put('b.mjs', 'let c = 1; c;');
  rmSync(join(root, 'a.mjs'));
  put('broken.mjs', 'let d = 1; d;');
  expect(await refreshed()).toMatchObject({ made: 2, removed: 1 });
  expect(await rows('SELECT path, problem FROM graph_files ORDER BY path')).toEqual([
    { path: 'b.mjs', problem: null },
    { path: 'broken.mjs', problem: null },
  ]);
  expect(await rows("SELECT DISTINCT text FROM ast_nodes WHERE kind = 'Identifier' ORDER BY text")).toEqual([
    { text: 'c' },
    { text: 'd' },
  ]);
  const maker = await grapher(root);
  expect(await refreshed({ ...maker, version: maker.version + 1 })).toMatchObject({ made: 2 });
});

test('a file that cannot be parsed says why', async () => {
  put('broken.mjs', 'let = = 1;');
  await refreshed();
  expect(await rows('SELECT nodes, problem FROM graph_files')).toEqual([
    { nodes: 0, problem: expect.stringContaining('1:') as string },
  ]);
});

test('large tables: each row says what belongs to it', async () => {
  const text = Array.from({ length: 1500 }, (_, at) => (at % 3 === 0 ? `const f${at} = () => { a(${at}); };` : `a;`));
  put('a.mjs', text.join('\n'));
  put('b.mjs', 'function b() {}');
  await refreshed();
  const found = await rows(`SELECT path, text, ast_node_id FROM ast_nodes JOIN (SELECT path, parent AS node, text AS name FROM ast_nodes WHERE kind = 'Identifier' AND field = 'id')
    USING (path, node) WHERE ast_node_id IS NOT NULL ORDER BY path`);
  expect(found).toEqual([{ path: 'b.mjs', text: null, ast_node_id: 'ts:b.mjs#b' }]);
  const functions = await rows(`SELECT n.node, n.kind, n.ast_node_id, n.start FROM ast_nodes n WHERE n.path = 'a.mjs' AND n.ast_node_id IS NOT NULL ORDER BY n.node`);
  expect(functions.slice(1)).toEqual(Array.from({ length: 500 }, (_, at) => ({
    node: expect.any(Number) as number,
    kind: 'ArrowFunctionExpression',
    ast_node_id: `ts:a.mjs#f${at * 3}`,
    start: text.slice(0, at * 3).join('\n').length + (at > 0 ? 1 : 0) + `const f${at * 3} = `.length,
  })));
  const numbers = await rows("SELECT text FROM ast_nodes WHERE path = 'a.mjs' AND kind = 'Literal' ORDER BY node");
  expect(numbers).toEqual(Array.from({ length: 500 }, (_, at) => ({ text: String(at * 3) })));
}); // prettier-ignore

test('the database knows all names of syntax, in their order', () => {
  const { kind, field } = TABLES.ast_nodes.columns;
  expect(kind.values).toEqual(GRAPH_NAMES.kinds);
  expect(field.values).toEqual(GRAPH_NAMES.fields);
  expect(TABLES.graph_edges.columns.label.values).toEqual(GRAPH_NAMES.labels);
});
