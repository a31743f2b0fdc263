/** Slices in pictures: files as lists of lines, and the lines that are part of it, `a 1 3` for lines 1 and 3 of a.ts. Calls are those that the call graph finds. */
import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { linkCalls } from '../calls/link.ts';
import { callsOf } from '../calls/of-file.ts';
import { SourceFile } from '../file/source-file.ts';
import { sliceFrom, type SliceOptions } from './across.ts';
import type { Slice, SliceCall, SlicePlace, SliceSource } from './slice.ts';

type Files = Record<string, string[]>;

function sourceOf(files: Files): SliceSource {
  const texts = new Map(Object.entries(files).map(([name, lines]) => [`${name}.ts`, lines.join('\n')]));
  const facts = [...texts].map(([path, text]) => callsOf(new SourceFile(text, { path, lang: 'ts', goal: 'module' })));
  const { edges } = linkCalls(facts, (from, to) => {
    const path = posix.join(posix.dirname(from), to);
    return texts.has(path) ? path : null;
  });
  const calls = edges.map(({ path, line, column, dst, kind }): SliceCall => ({
    path, line, column, dst, dstPath: /^ts:(.*?)#/.exec(dst)![1], isDirect: !kind.startsWith('callback of'),
  }));
  return {
    text: (path) => texts.get(path),
    isModule: () => true,
    callsIn: async (path) => calls.filter((call) => call.path === path),
    callsOf: async (ids) => calls.filter(({ dst }) => ids.includes(dst)),
  };
} // prettier-ignore

/** `a:3:x` */
function placeOf(text: string): SlicePlace {
  const [path, line, name] = text.split(':');
  return { path: `${path}.ts`, line: Number(line), ...(name !== undefined && { name }) };
}

const sliced = async (files: Files, start: string, options?: SliceOptions): Promise<Slice | undefined> =>
  await sliceFrom(sourceOf(files), placeOf(start), options);

const picture = (slice: Slice | undefined): string =>
  slice?.files
    .map(({ path, lines }) => [path.replace('.ts', ''), ...lines.map(({ line }) => line)].join(' '))
    .join(', ') ?? 'nothing';

test.each<[string, Files, string, string]>([
  ['a name', { a: ['const x = 1, y = 2;', 'const z = x + 1;', 'out(y, z);'] }, 'a:3:z', 'a 1 2 3'],
  ['a line', { a: ['const x = 1;', 'const y = 2;', 'const z = x + 1;'] }, 'a:3', 'a 1 3'],
  ['a member', { a: ['const o = {};', 'o.x = 1;', 'o.y = 2;', 'out(o.x);'] }, 'a:4:x', 'a 1 2 4'],
  ['what decides', { a: ['const x = f();', 'let y = 1;', 'if (x)', 'y = 2;', 'out(y);'] }, 'a:5:y', 'a 1 2 3 4 5'],
  ['into a function of another file', {
    a: ["import { f } from './b.ts';", 'const x = 1;', 'const y = f(x, 2);', 'out(y);'],
    b: ['let other = 1;', 'export function f(p, q) {', 'const r = p * 2;', 'other = q;', 'return r;', '}'],
  }, 'a:4:y', 'a 2 3 4, b 2 3 5'],
  ['to callers in other files, and only for what is given', {
    a: ['export function f(p, q) {', 'out(q);', 'return p;', '}'],
    b: ["import { f } from './a.ts';", 'const x = 1;', 'const y = 2;', 'f(x,', 'y);'],
  }, 'a:3:p', 'a 1 3, b 2 4'],
  ['over several', {
    a: ["import { g } from './b.ts';", 'out(g(1));'],
    b: ["import { h } from './c.ts';", 'export const g = (p) => h(p + 1);'],
    c: ['const k = 3, l = 4;', 'export const h = (p) => p * k;'],
  }, 'a:2', 'a 2, b 2, c 1 2'],
  ['methods of what is known', {
    a: ["import { Cart } from './b.ts';", 'const cart = new Cart();', 'const sum = cart.total(1);', 'out(sum);'],
    b: ['export class Cart {', 'total(tax) {', 'return tax +', 'this.base();', '}', 'base() {', 'return 2;', '}', 'never() {', 'return 3;', '}', '}'],
  }, 'a:4:sum', 'a 2 3 4, b 2 3 4 7'],
  ['named functions that lists call', {
    a: ['const k = 2;', 'function twice(x) {', 'return x * k;', '}', 'const list = [1];', 'const all = list.map(twice);', 'out(all);'],
  }, 'a:7:all', 'a 1 2 3 5 6 7'],
  ['not out of a function by another call than it was come into', {
    a: ["import { id } from './b.ts';", 'const x = 1;', 'const y = 2;', 'const z = id(x);', 'id(y);', 'out(z);'],
    b: ['export const id = (p) =>', 'p;', 'id(3);'],
  }, 'a:6:z', 'a 2 4 6, b 1 2'],
  ['the same within a file', { a: ['const id = (p) => p;', 'const x = 1;', 'const y = 2;', 'id(y);', 'const z = id(x);', 'out(z);'] }, 'a:6:z', 'a 1 2 5 6'],
  ['but from within a function to all of its callers', { a: ['const id = (p) =>', 'p;', 'const x = 1;', 'const y = 2;', 'id(y);', 'id(x);'] }, 'a:2:p', 'a 1 2 3 4 5 6'],
  ['a property is told, and not followed', { a: ['const v = 1;', 'a.x = v;', 'b.x = 2;', 'b.y = 3;', 'out(b.x);'] }, 'a:5:x', 'a 2 3 5'],
  ['what is put into a list', { a: ['const all = [];', 'const x = 1, y = 2;', 'if (y)', 'all.push(x);', 'other.push(y);', 'out(all);'] }, 'a:6:all', 'a 1 2 3 4 6'],
  ['what is written to an object', { a: ['const o = {};', 'const x = 1;', 'o.x = x;', 'o.y = 2;', 'out(o);', 'out(o.y);'] }, 'a:5:o', 'a 1 2 3 4 5'],
  ['a property of it, and calls that may change it', { a: ['const o = {};', 'const x = 1;', 'o.x = x;', 'o.y = 2;', 'out(o);', 'out(o.y);'] }, 'a:6:y', 'a 1 4 5 6'],
  ['nothing', { a: ['const x = 1;', '', 'out(x);'] }, 'a:2', 'nothing'],
  ['no such name', { a: ['const x = 1;'] }, 'a:1:y', 'nothing'],
])('backward: %s', async (_, files, start, expected) => expect(picture(await sliced(files, start))).toBe(expected)); // prettier-ignore

test.each<[string, Files, string, string]>([
  ['a name', { a: ['const x = 1, y = 2;', 'const z = x + 1;', 'out(y);', 'out(z);'] }, 'a:1:x', 'a 1 2 4'],
  ['what it decides', { a: ['const x = f();', 'let y = 1;', 'if (x)', 'y = 2;', 'out(y);'] }, 'a:1:x', 'a 1 3 4 5'],
  ['what it is put into', { a: ['const x = 1;', 'const all = [];', 'all.push(x);', 'out(all);', 'out(1);'] }, 'a:1:x', 'a 1 3 4'],
  ['into functions that are handed it', {
    a: ["import { f } from './b.ts';", 'const x = 1;', 'f(x, 2);'],
    b: ['export function f(p, q) {', 'out(p);', 'log(q);', '}'],
  }, 'a:2:x', 'a 2 3, b 1 2'],
  ['to who is given it back', {
    a: ['const k = 1;', 'export const f = () => k;'],
    b: ["import { f } from './a.ts';", 'const y = f();', 'out(y);', 'out(1);'],
  }, 'a:1:k', 'a 1 2, b 2 3'],
])('forward: %s', async (_, files, start, expected) =>
  expect(picture(await sliced(files, start, { isForward: true }))).toBe(expected)); // prettier-ignore

test('in full, properties are followed, too', async () => {
  const files = { a: ['const v = 1;', 'a.x = v;', 'b[f()] = 2;', 'out(b.x);'] };
  expect(picture(await sliced(files, 'a:4:x'))).toBe('a 2 4');
  expect(picture(await sliced(files, 'a:4:x', { isFull: true }))).toBe('a 1 2 3 4');
});

test('each line says why it is there', async () => {
  const slice = await sliced(
    {
      a: ["import { f } from './b.ts';", 'function g(c) {', 'if (c)', 'return 1;', 'return f(2);', '}', 'let x = g(3);', 'out(x);'],
      b: ['export const f = (p) => p;'],
    },
    'a:8:x',
  );
  const said = slice!.files.flatMap(({ lines }) => lines.map(({ line, why, of, isStart }) => `${line}${isStart ? '!' : ''} ${why.join('+')} ${of.map((at) => `${at.path ?? ''}:${at.line}`).join(' ')}`.trim()));
  expect(said).toEqual(['2 data :3 :7', '3 control :7', '4 control+call :7', '5 control+call :7', '7 data :8', '8!', '1 call a.ts:5']);
  expect(slice!.files[0].lines.map(({ function: id }) => id)).toEqual(['ts:a.ts#g', 'ts:a.ts#g', 'ts:a.ts#g', 'ts:a.ts#g', 'ts:a.ts#', 'ts:a.ts#']);
}); // prettier-ignore

test('says where it stops', async () => {
  const files: Files = {
    a: ["import { f } from './b.ts';", 'export const g = (p) => f(p);', 'out(g(1));'],
    b: ["import { h } from './c.ts';", 'export const f = (p) => h(p);'],
    c: ['export const h = (p) => p;'],
    d: ["import { g } from './a.ts';", 'if (x)', 'g(2);'],
  };
  const near = await sliced(files, 'a:2', { files: 1 });
  expect(picture(near)).toBe('a 2 3');
  expect(near!.stops).toEqual([
    { path: 'd.ts', line: 3, why: 'calls ts:a.ts#g' },
    { path: 'd.ts', line: 3, why: 'whether ts:a.ts#g is called is decided here' },
  ]);
  expect((await sliced(files, 'b:2', { files: 1 }))!.stops[0]).toEqual({
    path: 'a.ts',
    line: 2,
    why: 'calls ts:b.ts#f',
  });
});

test('a place by its column', async () => {
  const files = { a: ['const x = 1;', 'const y = 2;', 'out(x + y);'] };
  const at = async (column: number) =>
    picture(await sliceFrom(sourceOf(files), { path: 'a.ts', line: 3, column }));
  expect([await at(5), await at(9), await at(7)]).toEqual(['a 1 3', 'a 2 3', 'a 1 2 3']);
});

test('a file that is none is said', async () => {
  await expect(sliceFrom(sourceOf({ a: ['1'] }), { path: 'b.ts', line: 1 })).rejects.toThrow(
    'b.ts cannot be read',
  );
});
