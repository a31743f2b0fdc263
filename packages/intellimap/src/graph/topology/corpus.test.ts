/** Each file of `samples/topology`: texts above, and the picture of what has to be found in them below. Nothing else may be found. */
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { SourceFile } from '../file/source-file.ts';
import { goalOf } from '../files.ts';
import { Project } from '../patterns/project.ts';
import { sourceOf } from '../patterns/source.ts';
import { THING_KINDS } from './kinds/index.ts';
import type { Topology } from './model.ts';
import { topologyOf } from './topology.ts';

const CORPUS = fileURLToPath(new URL('../../../../../samples/topology', import.meta.url));

interface Case {
  files: Map<string, string>;
  picture: string;
}

function read(text: string): Case {
  const files = new Map<string, string>();
  for (const part of text.split(/^--- /m).slice(1)) {
    const end = part.indexOf('\n');
    files.set(part.slice(0, end), part.slice(end + 1));
  }
  const picture = (files.get('picture') ?? '').trimEnd();
  files.delete('picture');
  return { files, picture };
}

function projectOf(files: ReadonlyMap<string, string>): Project {
  const sources = [...files].map(([path, text]) => {
    const goal = path.endsWith('.cjs') || text.includes('require(') ? 'commonjs' : goalOf(path, text);
    return sourceOf(new SourceFile(text, { path, lang: path.endsWith('.ts') ? 'ts' : 'js', goal }), false);
  });
  return new Project(sources, (from, specifier) => {
    const path = posix.join(posix.dirname(from), specifier);
    return specifier.startsWith('.') && files.has(path) ? path : null;
  });
}

/** A line for each edge: `route GET /a ─handles─▶ list`; `?` and why, where it is not certain. Things without any stand alone. */
function pictureOf({ nodes, edges }: Topology): string {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const shown = (id: string): string => {
    const node = byId.get(id)!;
    return node.kind === 'function' ? node.name : `${node.kind} ${node.name}`;
  };
  const drawn = edges.filter(({ src, kind }) => !(kind === 'has' && byId.get(src)!.kind === 'program'));
  const used = new Set(drawn.flatMap(({ src, dst }) => [src, dst]));
  const alone = nodes
    .filter(({ id, kind }) => !used.has(id) && kind !== 'program')
    .map(({ id }) => shown(id));
  const lines = drawn.map(
    ({ src, dst, kind, label, reason }) =>
      `${shown(src)} ─${kind}${label === null ? '' : ` (${label})`}─▶ ${shown(dst)}${reason === null ? '' : `  ? ${reason}`}`,
  );
  return [...lines, ...alone].toSorted().join('\n');
}

const cases = readdirSync(CORPUS).filter((name) => name.endsWith('.txt'));
const foundIn = ({ files }: Case, kinds = THING_KINDS): Topology =>
  topologyOf(projectOf(files), [...files.keys()].map((path) => ({ path, why: 'a test' })), kinds); // prettier-ignore

describe.each(cases)('%s', (name) => {
  const it = read(readFileSync(`${CORPUS}/${name}`, 'utf8'));
  const picture = pictureOf(foundIn(it));
  if (process.env['SHOW_TOPOLOGY'] !== undefined) console.log(`${name}\n${picture}`);
  test('the picture', () => expect(picture).toBe(it.picture));
  test('ids are unique, and edges lead to what is there', () => {
    const { nodes, edges } = foundIn(it);
    const ids = new Set(nodes.map(({ id }) => id));
    expect(ids.size).toBe(nodes.length);
    expect(edges.filter(({ src, dst }) => !ids.has(src) || !ids.has(dst))).toEqual([]);
  });
});

test.each(THING_KINDS.map(({ name }) => name))('a case needs %s: without it, its picture is another one', (name) => {
  const less = THING_KINDS.filter((kind) => kind.name !== name);
  const isMissed = cases.some((file) => {
    const it = read(readFileSync(`${CORPUS}/${file}`, 'utf8'));
    return pictureOf(foundIn(it, less)) !== it.picture;
  });
  expect(isMissed).toBe(true);
}); // prettier-ignore

test.each([
  ['an emitter that is made of itself', 'var a = a || a.b; a.on("c", a); a.emit(a); export const d = a.on(d);'],
  ['functions that hand each other on', 'const a = (b) => c(b); const c = (b) => a(b); fetch(a("/d")); setInterval(c, a());'],
  ['a class that extends itself, and makes itself', 'class A extends A { constructor(b) { super(new A(b)); this.b = b; } c() { this.b.on("d", this.c); } }'],
  ['a list of itself', 'const a = []; a.push(a, ...a); for (const b of a) b.get("/c", a.pop()); app.use(a);'],
  ['routers below each other', 'import { Router } from "express"; const a = Router(), b = Router(); a.use("/a", b); b.use("/b", a); a.get("/c", () => {});'],
  ['an object that is made of itself', 'const a = { ...a }; fetch(a.b);'],
  ['a list that is made of itself', 'const a = [...a]; for (const b of a) fetch(b);'],
  ['a text that grows', 'let a = "b"; a = a + a + `${a}${a}`; fetch(a); bus.emit(a);'],
  ['nothing where something is needed', 'fetch(); setTimeout(); new Worker(); process.on(); express(); http.createServer().listen(); fork(); new Queue().add(); onmessage = null;'],
  ['computed, optional, private, tagged', 'class A { #b; c() { this.#b?.[d]?.(); a`b`; new (class {})(); (0, fetch)("/e"); import(f).then(); } }'],
  ['nothing', ''],
])('what texts must not do: %s', (_, text) => {
  const head = "import express from 'express'; import http from 'node:http'; import { fork } from 'node:child_process'; import { Queue } from 'bullmq'; import { Worker } from 'node:worker_threads';\n";
  const files = new Map([['a.js', text === '' ? '' : head + text.replace('import { Router } from "express";', 'const { Router } = express;')]]);
  expect(() => foundIn({ files, picture: '' })).not.toThrow();
}); // prettier-ignore

/** Each is a chain of so many links, with its end at a URL that nobody can follow back to. */
const chained = (link: (n: number) => string, begin: string): string =>
  `${Array.from({ length: 3000 }, (_, n) => link(n)).join('\n')}\n${begin}\nfetch(f3000('/x'));`;

test.each([
  ['arguments', (n: number) => `function f${n + 1}(url) { return f${n}(url); }`, 'function f0(url) { return fetch(url); }'],
  ['arguments in an object', (n: number) => `function f${n + 1}({ url = '/' }) { return f${n}({ url }); }`, 'function f0({ url }) { return fetch(url); }'],
  ['fields of classes', (n: number) => `class C${n + 1} { constructor(url) { this.inner = new C${n}(url); this.url = this.inner.url; } }`, 'class C0 { constructor(url) { this.url = url; } }\nfetch(new C3000("/x").url);'],
  ['lists of lists', (n: number) => `const f${n + 1} = [...f${n}.map((each) => each)];`, 'const f0 = ["/x"];\nfor (const each of f3000) fetch(each);'],
  ['promises', (n: number) => `const f${n + 1} = f${n}.then((each) => each);`, 'const f0 = Promise.resolve("/x");\nf3000.then((each) => fetch(each));'],
])('a long way back ends nowhere, and not in a full stack: %s', (_, link, begin) => {
  const { nodes } = foundIn({ files: new Map([['a.js', chained(link, begin)]]), picture: '' });
  expect(nodes.filter(({ kind }) => kind === 'client').length).toBeGreaterThan(0);
}); // prettier-ignore

test('a computed text does not grow with the number of its parts', () => {
  const text = `const a = [${Array.from({ length: 200 }, (_, n) => `'/${n}'`).join()}];
for (const b of a) for (const c of a) for (const d of a) fetch(b + c + d);`;
  expect(foundIn({ files: new Map([['a.js', text]]), picture: '' }).nodes.length).toBeLessThan(40);
});
