/** What texts must not do to whoever looks for patterns. */
import { expect, test } from 'vitest';
import { SourceFile } from '../file/source-file.ts';
import { findPatterns } from './find.ts';
import { findingsOf, inOrder } from './findings.ts';
import { PATTERNS } from './list/index.ts';
import { Project } from './project.ts';
import { sourceOf } from './source.ts';

const projectOf = (files: Record<string, string>): Project =>
  new Project(
    Object.entries(files).map(([path, text]) =>
      sourceOf(new SourceFile(text, { path, lang: 'tsx', goal: 'module' }), path.includes('.test.')),
    ),
    (_, specifier) => (specifier.startsWith('./') ? specifier.slice(2) : null),
  );
const found = (files: Record<string, string>): string[] =>
  inOrder(findingsOf(findPatterns(projectOf(files), PATTERNS)).map(({ finding }) => finding)).map(
    ({ id }) => id,
  );

test.each([
  ['a variable that is made of itself', 'function f(g) { var a = a || []; a.push(g); for (const h of a) h(); }'],
  ['a list that is made of itself', 'async function f(db) { var a = a; for (const b of a) await db.get(b); }'],
  ['functions that give back each other', 'const a = () => b(); const b = () => a(); export function c() { a(); }'],
  ['a class that extends itself', 'class A extends A { b() { this.c(); } } new A().c();'],
  ['a module that exports itself', "export * from './a.ts'; import { b } from './a.ts'; b();"],
  ['a circle of aliases', 'const a = b.a, b = a.b; a.b.a.b();'],
  ['nothing', ''],
  ['calls and members without names', "(0, a)(); a[b](c => d)(e); new (class {})(); import('x').then(); [].map(); Promise.all(); x.on(); (() => {})().catch()"],
])('%s', (_, text) => expect(() => found({ 'a.ts': text })).not.toThrow()); // prettier-ignore

test('ids name the function; others in the same function are counted; tests come last', () => {
  const text = 'export function f(g) { try { g(); } catch {} try { g(); } catch {} }';
  expect(found({ 'a.test.ts': text, 'b.ts': text })).toEqual([
    'pattern:swallowed-error:ts:b.ts#f',
    'pattern:swallowed-error:ts:b.ts#f~1',
    'pattern:swallowed-error:ts:a.test.ts#f',
    'pattern:swallowed-error:ts:a.test.ts#f~1',
  ]);
});

const SAVE = 'async function save(x) { await x; throw x; }';

// Recordings tell who called whom, and not from which place.
test.each<[string, string, string, string[]]>([
  ['nobody else', 'floating-promise', `function f() { save(2); } ${SAVE}`, ['#save 0']],
  ['another place', 'floating-promise', `function f() { save(9).catch(tell); save(2); } ${SAVE}`, ['#save 1']],
  ['by another name', 'floating-promise', `function f() { save(2); again(3).catch(tell); } ${SAVE} const again = save;`, ['#save 1']],
  ['again and again', 'floating-promise', `function f(xs) { save(2); for (const x of xs) void save(x); } ${SAVE}`, ['#save null']],
  ['handed over', 'floating-promise', `function f(xs) { save(2); xs.forEach(save); } ${SAVE}`, ['#save null']],
  ['in a function inside', 'floating-promise', `function f() { save(2); return () => save(3); } ${SAVE}`, ['#save 0']],
  ['another function by that name', 'floating-promise', `function f(o) { save(2); const p = { async save() {} }; void p.save(); } ${SAVE}`, ['#save 0']],
  ['methods that are not known', 'n-plus-one', 'async function f(db, ids) { await db.query(0); for (const id of ids) await db.query(id); void db.find(1); }', ['query 1']],
  ['a text that is called like the method', 'n-plus-one', 'async function f(db, ids) { const query = g(); for (const id of ids) await db.query(query, id); }', ['query 0']],
  ['one of two that are awaited in turn', 'sequential-awaits', 'async function f() { const a = await load(1); const b = await load(2); return [a, b]; } async function load(x) { await x; }', ['#load 0']],
  ['work that is async', 'unbounded-concurrency', `async function f(xs) { await Promise.all(xs.map(async (x) => { await save(x); })); } ${SAVE}`, ['#f/Promise.all@0=xs.map@0 0']],
  ['work that gives back what it calls', 'unbounded-concurrency', `async function f(xs) { await Promise.all(xs.map((x) => save(x))); } ${SAVE}`, ['#save through #f/Promise.all@0=xs.map@0 0']],
  ['work that gives back what follows on it', 'unbounded-concurrency', `async function f(xs) { await Promise.all(xs.map(one)); } function one(x) { return save(x).then(g); } ${SAVE}`, ['#save through #one 0']],
  ['work that makes two calls', 'unbounded-concurrency', `async function f(xs) { await Promise.all(xs.map((x) => { void save(0); return save(x); })); } ${SAVE}`, ['#save through #f/Promise.all@0=xs.map@0 1']],
  ['work that is done elsewhere, too', 'unbounded-concurrency', `async function f(xs) { await Promise.all(xs.map(one)); void one(0); } function one(x) { return save(x); } ${SAVE}`, ['#save through #one null']],
  ['work that gives back a promise of its own', 'unbounded-concurrency', 'async function f(xs) { await Promise.all(xs.map((x) => new Promise((y) => x(y)))); }', ['Promise through #f/Promise.all@0=xs.map@0 0']],
  ['work that gives back one of two', 'unbounded-concurrency', `async function f(xs) { await Promise.all(xs.map((x) => { if (x) return save(x); return save(0); })); } ${SAVE}`, ['nobody through #f/Promise.all@0=xs.map@0 0']],
])('who made the call, of which pattern: %s', (_, pattern, text, expected) => {
  const asked = findingsOf(findPatterns(projectOf({ 'a.ts': text }), PATTERNS));
  const questions = asked.filter(({ finding }) => finding.pattern === pattern);
  expect(questions.map(({ question: { callee, through, elsewhere } }) => {
    const who = callee === null ? 'nobody' : 'id' in callee ? callee.id.slice(callee.id.indexOf('#')) : callee.name;
    return `${who}${through === null ? '' : ` through ${through.slice(through.indexOf('#'))}`} ${elsewhere}`;
  })).toEqual(expected);
}); // prettier-ignore
