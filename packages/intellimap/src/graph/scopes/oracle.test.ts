/**
 * Real files through these scopes and through those of typescript-eslint, which linters rely on: the same variable for each name, and the same ones used by closures. Names that
 * only types say are left out. What both see differently is at the end, and why.
 */
import fs from 'node:fs';
import path from 'node:path';
import { analyze, type Reference, type Scope } from '@typescript-eslint/scope-manager';
import { parseSync } from 'oxc-parser';
import { expect, test } from 'vitest';
import type { Goal, Lang, Node } from '../../transform/index.ts';
import { flatten } from '../tree/flatten.ts';
import { KIND_NAMES } from '../tree/kinds.ts';
import { bodyOwner, type Tree } from '../tree/tree.ts';
import { resolveScopes } from './resolve.ts';
import { BindingKind, GLOBAL, type Scopes, Use } from './scopes.ts';

interface Text {
  text: string;
  lang: Lang;
  goal: Goal;
}

/** Offset of a name → the first name that declares its variable, and whether that is another function's. */
type Meanings = Map<number, string>;

const NOBODY = 'nobody';
const meaning = (declared: number, isArguments: boolean, isOwn: boolean): string =>
  `${isArguments ? 'arguments of ' : ''}${declared}${isOwn ? '' : ', from a closure'}`;

/** As `transform` parses it, or with types. */
function programOf({ text, lang, goal }: Text, astType: 'js' | 'ts'): Node {
  const options = { lang, sourceType: goal, astType, range: true, preserveParens: true } as const;
  const { program, errors } = parseSync('a.ts', text, options);
  expect(errors).toEqual([]);
  return program as object as Node;
}

function ours(given: Text): Meanings {
  const tree = flatten(programOf(given, 'js'), given.text);
  const scopes = resolveScopes(tree, given.goal === 'module');
  const meanings: Meanings = new Map();
  for (let node = 0; node < tree.size; node++)
    if (scopes.use[node] !== 0) meanings.set(tree.start[node], ourMeaning(tree, scopes, node));
  return meanings;
}

function ourMeaning(tree: Tree, { bindings, bindingOf, owner, use }: Scopes, node: number): string {
  const binding = bindingOf[node];
  if (binding === GLOBAL) return NOBODY;
  const isOwn = (use[node] & Use.DECLARE) !== 0 || owner[bindings.scope[binding]] === bodyOwner(tree, node);
  if (!isOwn) expect(bindings.escapes[binding]).toBe(1);
  const isArguments = bindings.kind[binding] === BindingKind.ARGUMENTS;
  return meaning(tree.start[bindings.node[binding]], isArguments, isOwn);
}

interface Theirs {
  meanings: Meanings;
  /** Texts of syntax that has no place in trees. */
  leftOut: readonly Node[];
}

function theirs(given: Text): Theirs {
  const program = programOf(given, 'ts');
  const asked = { sourceType: given.goal, lib: [], jsxPragma: null };
  const { scopes } = analyze(program as never, asked);
  const meanings: Meanings = new Map();
  for (const { identifiers, isValueVariable } of scopes.flatMap(({ variables }) => variables))
    if (isValueVariable)
      for (const { range } of identifiers)
        meanings.set(range[0], meaning(identifiers[0].range[0], false, true));
  for (const reference of scopes.flatMap(({ references }) => references))
    if (reference.isValueReference) meanings.set(reference.identifier.range[0], theirMeaning(reference));
  return { meanings, leftOut: [...leftOut(program)] };
}

function theirMeaning({ resolved, from }: Reference): string {
  if (!resolved) return NOBODY;
  const isArguments = resolved.defs.length === 0;
  const declared = isArguments ? resolved.scope.block : resolved.identifiers[0];
  return meaning(declared.range[0], isArguments, theirOwner(from) === theirOwner(resolved.scope));
}

const OWNERS: readonly string[] = ['function', 'function-expression-name', 'class-field-initializer', 'class-static-block']; // prettier-ignore
function theirOwner(scope: Scope): unknown {
  let at: Scope | null = scope;
  while (at && !OWNERS.includes(at.type)) at = at.upper;
  return at?.block;
}

/** Types mostly, and what is declared to be elsewhere. */
function* leftOut(node: Node): Generator<Node> {
  const isThis = node.type === 'Identifier' && node['name'] === 'this';
  if (isThis || node['declare'] === true || !(KIND_NAMES as readonly string[]).includes(node.type))
    yield node;
  else
    for (const value of Object.values(node).flat() as unknown[])
      if (value !== null && typeof value === 'object' && 'type' in value) yield* leftOut(value as Node);
}

/** `name@3: ours, theirs` */
function differences(given: Text): string[] {
  const mine = ours(given);
  const { meanings, leftOut } = theirs(given);
  const isLeftOut = (at: number): boolean => leftOut.some(({ start, end }) => at >= start && at < end);
  const places = [...new Set([...mine.keys(), ...meanings.keys()])].toSorted((a, b) => a - b);
  return places
    .filter((at) => mine.get(at) !== meanings.get(at))
    .filter((at) => !isLeftOut(at) && !isLeftOut(Number.parseInt(meanings.get(at) ?? '', 10)))
    .map((at) => `${/^[\w$]*/.exec(given.text.slice(at))![0]}@${at}: ${mine.get(at)}, ${meanings.get(at)}`);
}

const PACKAGES = path.resolve(import.meta.dirname, '../../../..');
const MODULES = path.resolve(PACKAGES, '../node_modules');

function read(file: string): Text {
  const goal = file.endsWith('.js') ? 'commonjs' : 'module';
  return { text: fs.readFileSync(file, 'utf8'), lang: file.endsWith('.ts') ? 'ts' : 'tsx', goal };
}

/** Program texts below a folder; tests say the same things again and again. */
const textsIn = (folder: string): string[] =>
  fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.d|\.test)\.tsx?$/.test(file))
    .map((file) => path.join(folder, file));

test.each(['probe/src', 'intellimap/src', 'ui/src'])('all files of %s', (folder) => {
  const files = textsIn(path.join(PACKAGES, folder));
  expect(files.length).toBeGreaterThan(30);
  for (const file of files) expect([file, ...differences(read(file))]).toEqual([file]);
});

test.each([
  'acorn/dist/acorn.js',
  'acorn/dist/acorn.mjs',
  'react-dom/cjs/react-dom-client.development.js',
  'react-dom/cjs/react-dom-server.browser.production.js',
  'typescript-5/lib/_tsc.js',
])('%s', (file) => expect(differences(read(path.join(MODULES, file)))).toEqual([]));

test.each([
  // In these, names that nothing can mean mean nothing here.
  ['the name of a function expression is hidden', 'commonjs', '(function f(f) {})', ['f@10: undefined, 10']],
  // They leave out Annex B of the language.
  ['functions of blocks', 'commonjs', '{ function f() {} } f()', ['f@20: 11, nobody']],
  // By the language the body has a variable of its own.
  ['var beside computed parameters', 'module', 'function f(a, b = a) { var a; a }', ['a@27: 27, 11', 'a@30: 27, 11']],
  ['var arguments', 'commonjs', 'function f() { var arguments; arguments }', ['arguments@19: arguments of 0, 19', 'arguments@30: arguments of 0, 19']],
  // Parameters see `arguments`.
  ['arguments in defaults', 'module', 'function f(a = arguments) {}', ['arguments@15: arguments of 0, nobody']],
  // Trees do not know that it is a type that is exported.
  ['types that are exported', 'module', 'import type { A } from "a"; export type { A };', ['A@42: 14, undefined']],
] as const)('%s', (_, goal, text, expected) => expect(differences({ text, lang: 'tsx', goal })).toEqual(expected)); // prettier-ignore
