/** Columns and source maps lead back to where they came from. */
import { TraceMap, originalPositionFor } from '@jridgewell/trace-mapping';
import { expect, it } from 'vitest';
import type { TransformOptions, TransformResult } from './index.ts';
import { originalPlace, transform } from './index.ts';
import { program } from './fixtures/programs.ts';

function done(
  source: string,
  options: Partial<TransformOptions> = {},
): Extract<TransformResult, { ok: true }> {
  const result = transform(source, {
    path: 'a.js',
    lang: 'js',
    goal: 'module',
    tier: 'performance',
    base: 1,
    ...options,
  });
  if (!result.ok) throw new Error(result.reason);
  return result;
}

/** Offsets of every identifier that occurs once in `text`. */
const unique = (text: string): [string, number][] =>
  [...text.matchAll(/\bu\d+\b/g)].map((m) => [m[0], m.index]);

const place = (text: string, offset: number): { line: number; column: number } => {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: before.at(-1)?.length ?? 0 };
};

it('every column leads back', () => {
  for (let seed = 0; seed < 40; seed++) {
    let n = 0;
    const source = program(seed).replaceAll(/\blog\b/g, () => `u${n++}`);
    const { code, moves } = done(source, { goal: 'script' });
    expect(code.split('\n').length).toBe(source.split('\n').length);
    for (const [name, offset] of unique(code)) {
      const { line, column } = place(code, offset);
      const original = place(source, source.search(new RegExp(`\\b${name}\\b`)));
      expect(originalPlace(moves, line, column), name).toEqual(original);
    }
  }
});

it('maps every word for bundlers, which chain maps', () => {
  const source = 'export function f(u1, [u2] = [() => u3]) {\n  const u4 = (u5) => { return u6 + u7; };\n}';
  const result = done(source, { imported: { from: 'probes', modules: true } });
  const map = new TraceMap(result.map());
  for (const [name, offset] of [...unique(source), ['function', source.indexOf('function')] as const]) {
    const at = place(result.code, result.code.indexOf(name));
    expect(originalPositionFor(map, at), name).toMatchObject(place(source, offset));
  }
});

it('maps calls, constructions and throws exactly', () => {
  const source =
    'function f(a) { if (a) throw new Error(a.b.c(1)); return g(a) + h() }\nf(await import("x"))';
  const result = done(source);
  const map = new TraceMap(result.map());
  for (const text of ['throw', 'new', 'c(1)', 'g(a)', 'h()', 'import']) {
    const at = place(result.code, result.code.indexOf(text));
    expect(originalPositionFor(map, at), text).toMatchObject({
      source: 'a.js',
      ...place(source, source.indexOf(text)),
    });
  }
});

it('a column inside an insertion is that of what follows', () => {
  const { code, moves } = done('a(); function f() { b() }', { goal: 'commonjs' });
  expect(originalPlace(moves, 1, code.indexOf('try{'))).toEqual({ line: 1, column: 19 });
  expect(originalPlace(moves, 1, 0)).toEqual({ line: 1, column: 0 });
  expect(originalPlace(moves, 9, 3)).toEqual({ line: 9, column: 3 });
});

/** What TypeScript 5.9 makes of the original below (module: commonjs). */
const ORIGINAL = `import { b } from './b';
export class Cart {
  private async load(x: number): Promise<void> { await b(x); await import('./lazy'); }
}
export const f = <T,>(x: T) => (y: T) => x;
export default function () { throw new Error('x') }
`;
const COMPILED = `"use strict";
var __helper = (this && this.__helper) || function () { };
Object.defineProperty(exports, "__esModule", { value: true });
const b_1 = require("./b");
class Cart {
    async load(x) { await (0, b_1.b)(x); await Promise.resolve().then(() => require('./lazy')); }
}
const f = (x) => (y) => x;
function default_1() { throw new Error('x'); }
`;
/** Generated line:column → original line:column, where TypeScript has segments. */
const SEGMENTS = [
  [4, 0, 1, 0], [5, 0, 2, 0], [6, 4, 3, 2], [6, 10, 3, 16], [6, 15, 3, 21], [6, 20, 3, 49], [6, 26, 3, 55], [6, 41, 3, 61], [6, 47, 3, 67],
  [6, 76, 3, 67], [6, 84, 3, 74], [8, 0, 5, 13], [8, 10, 5, 17], [8, 17, 5, 31], [9, 0, 6, 0], [9, 23, 6, 29], [9, 29, 6, 35],
] as const; // prettier-ignore

const upstreamMap = {
  version: 3 as const, sources: ['cart.ts'], names: [],
  mappings: COMPILED.split('\n').map((_, i) => SEGMENTS.filter((s) => s[0] === i + 1).map((s) => [s[1], 0, s[2] - 1, s[3]] as [number, number, number, number])),
}; // prettier-ignore

it('compiled text has the ids and positions of its original', () => {
  const upstream = { map: upstreamMap, source: ORIGINAL, path: 'src/cart.ts', lang: 'ts' as const };
  const wrapper = '({"Object.<anonymous>":function(module,exports,require){';
  for (const [text, options] of [
    [COMPILED, { goal: 'commonjs' }],
    [`${wrapper}${COMPILED}\n}});`, { goal: 'script', wrapper: wrapper.length }],
  ] as const) {
    const { table, map, code } = done(text, { ...options, path: 'out/cart.js', upstream });
    const found = table.sites.map(
      (s) => `${s.kind} ${s.id.replace('ts:src/cart.ts#', '')} ${s.line}:${s.column}`,
    );
    expect(found).toEqual([
      'module  1:0',
      'function ~generated/__helper 1:0',
      'require ~generated/!require:./b~0 1:0',
      'method class Cart/load 3:2',
      'await class Cart/load!await:b~0 3:49',
      'await class Cart/load!await:import~0 3:61',
      'arrow ~generated/class Cart/load/Promise.resolve.then@0 3:67',
      'require class Cart/load!import:./lazy~0 3:67',
      'arrow f 5:17',
      'arrow f/return 5:31',
      'function default 6:15',
      'throw default!throw:Error~0 6:29',
    ]);
    expect(table).toMatchObject({ path: 'src/cart.ts', lines: 7 });
    expect(table.imports.find((i) => i.kind === 'import()')?.site).toBe(7);
    const at = place(code, code.indexOf('throw'));
    expect(originalPositionFor(new TraceMap(map()), at)).toMatchObject({
      source: 'cart.ts',
      line: 6,
      column: 29,
    });
  }
});

it('a compiled function whose beginning alone is mapped, to the `export` in front of its original, as by TypeScript 7', () => {
  const source =
    'const one = 1;\nexport function total() { return one; }\nexport async function later() {}\n';
  const compiled = 'exports.total = total;\nfunction total() { return one; }\nasync function later() { }\n';
  // Line 2: 0 → 2:0, 19 → 2:26; line 3: 0 → 3:0.
  const map = { version: 3 as const, sources: ['a.ts'], names: [], mappings: ';AACA,mBAA0B;AAC1B' };
  const upstream = { map, source, path: 'a.ts', lang: 'ts' as const };
  const { table } = done(compiled, { goal: 'commonjs', path: 'out/a.js', upstream });
  expect(table.sites.map(({ id }) => id)).toEqual(['ts:a.ts#', 'ts:a.ts#total', 'ts:a.ts#later']);
});
