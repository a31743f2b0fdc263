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
