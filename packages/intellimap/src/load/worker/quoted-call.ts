/**
 * What `assert.ok(value)` quotes of its call, found in the author's text the way Node finds it in what it reads: with the same parser, so
 * that it gives up, and stops too early, where Node does.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import vm from 'node:vm';
import type * as Acorn from 'acorn';
import type { QuotedCall, InstrumentedText } from '../questions.ts';

export interface TextsOfPaths {
  atPath: (path: string) => InstrumentedText | undefined;
  /** As V8 would have it. */
  before: (path: string) => string | undefined;
}

/** @param line from 1. */
export const lineOf = (text: string | undefined, line: number): string | undefined =>
  text?.split(/\r\n|[\n\r\u2028\u2029]/)[line - 1];

export function quotedCall(
  { path, line, column, byMap }: QuotedCall,
  texts: TextsOfPaths,
): string | undefined {
  try {
    if (!readsLine()) return printable(callInFile(readFileSync(path, 'utf8'), line, column - 1));
    if (byMap) return undefined;
    const { startLine = 0, startColumn = 0 } = texts.atPath(path) ?? {};
    const at = line - startLine;
    const source = lineOf(texts.before(path), at);
    if (source === undefined) return undefined;
    return printable(expressionInLine(source, column - 1 - (at === 1 ? startColumn : 0)));
  } catch {
    return undefined;
  }
}

// Only asked for when an assertion fails.
const acorn = (): typeof Acorn => createRequire(import.meta.url)('acorn') as typeof Acorn;

/** Since some release of Node 22, Node takes the line that V8 holds; before, it read the file, which here does not exist. */
function readsLine(): boolean {
  reads ??= lineOfNothing() !== '0 == true';
  return reads;
}
let reads: boolean | undefined;

function lineOfNothing(): unknown {
  const { ok } = createRequire(import.meta.url)('node:assert') as typeof import('node:assert');
  try {
    (vm.runInThisContext('(ok) => ok(0)', 'no such file') as (assertOk: typeof ok) => void)(ok);
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
}

/** Before Node 22: the innermost call around the place, in the first expression that can be parsed from there on. */
export function callInFile(text: string, line: number, column: number): string {
  const rest = text
    .split('\n')
    .slice(line - 1)
    .join('\n');
  const { parseExpressionAt, tokenizer } = acorn();
  for (const { start } of tokenizer(rest, { ecmaVersion: 'latest' })) {
    if (start > column) break;
    const call = attempt(() => callAround(parseExpressionAt(rest, start, { ecmaVersion: 'latest' }), column));
    if (call !== undefined) return indented(rest.slice(call.start, call.end), call.start);
  }
  throw new Error('no call there');
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function callAround(node: Acorn.Node, offset: number): Acorn.Node | undefined {
  if (node.start > offset || node.end < offset) return undefined;
  for (const value of Object.values(node) as unknown[])
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
      const found = isNode(child) ? callAround(child, offset) : undefined;
      if (found !== undefined) return found;
    }
  return node.type === 'CallExpression' ? node : undefined;
}

const isNode = (value: unknown): value is Acorn.Node =>
  typeof value === 'object' && value !== null && typeof (value as Acorn.Node).type === 'string';

/** Lines that follow lose as much of their indentation as the first one has. */
function indented(code: string, column: number): string {
  const [first, ...others] = code.split('\n');
  return [
    first,
    ...others.map((each) => {
      const indent = /^[ \t]*/.exec(each)![0].length;
      return `  ${each.slice(Math.min(indent, column))}`;
    }),
  ].join('\n');
}

/** From Node 22 on: from the name in front of the place to the bracket that closes the call, or to the end of the line. */
export function expressionInLine(line: string, column: number): string {
  const names = ['name', 'string', 'num'];
  const access = ['.', '?.', '[', ']'];
  let before: Acorn.Token | undefined;
  let first: Acorn.Token | undefined;
  let depth = 0;
  for (const token of acorn().tokenizer(line, { ecmaVersion: 'latest' })) {
    const { label } = token.type;
    if (token.start >= column) {
      if (label === '(') depth += 1;
      if (label === ')' && (depth -= 1) === 0) return line.slice(first?.start ?? column, token.start + 1);
      // As if nothing were there: Node's own slip.
      if (label === ';') throw new Error('a statement ends before its call');
      continue;
    }
    if (label === ';') {
      first = undefined;
      continue;
    }
    if (access.includes(label) && before?.type.label === 'name') first ??= before;
    else if (!access.includes(label) && !names.includes(label)) first = undefined;
    before = token;
  }
  return line.slice(first?.start ?? column);
}

/** Control characters but for line breaks and tabs are spelled out. */
const printable = (code: string): string =>
  // oxlint-disable-next-line no-control-regex
  code.replaceAll(/[\0-\x08\x0b\x0c\x0e-\x1f]/g, (character) => NAMED[character] ?? escaped(character));

const NAMED: Record<string, string> = { '\b': '\\b', '\f': '\\f' };

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
