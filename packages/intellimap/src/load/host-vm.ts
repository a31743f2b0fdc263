/**
 * Host: `node:vm`. Test runners keep module systems of their own and compile through it: vitest wraps a module in an async
 * arrow function, jest compiles a function with the CommonJS names as parameters or wraps it in an object literal.
 * A text counts when its file name is a file in scope; everything else (`eval`-like uses) passes untouched.
 */
import vm from 'node:vm';
import { syncBuiltinESMExports } from 'node:module';
import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Instrument } from './instrument.ts';
import type { ModuleText } from './questions.ts';
import { changeSuper, mirrorLeaf, type MoreFrames } from './mirror.ts';

/** Heads of wrapper functions; the file's own text begins right after the match. */
const WRAPPERS = [
  /^'use strict';async \([\w$,\s]*\)\s*=>\s*\{\{/, // vitest 1 – 5
  /^\(\{"Object\.<anonymous>":function\([\w$,\s]*\)\{/, // jest up to 29
  /^\(function \(exports, require, module, __filename, __dirname\) \{ ?/, // Module.wrap: v8-compile-cache and others
];

export interface VmParts {
  instrument: Instrument;
  moreFrames: MoreFrames;
}

export function hookVm({ instrument, moreFrames }: VmParts): void {
  const probed = (code: unknown, given: Given, goal: ModuleText['goal']): unknown => {
    const path = pathOf(given);
    if (typeof code !== 'string' || path === undefined) return code;
    const wrapper =
      goal === 'script' ? WRAPPERS.map((head) => head.exec(code)?.[0].length).find(Boolean) : undefined;
    const { lineOffset: startLine, columnOffset: startColumn } = given;
    const module = { path, goal, format: 'vm', wrapper, ownResolution: true, startLine, startColumn };
    return instrument(code, module) ?? code;
  };

  // Every way to run a script makes a `vm.Script`, which hands its text on to the class below: text, file name, line and column
  // offset, cached data, whether to produce some.
  const ofScript = (args: unknown[]): void => {
    const given = {
      filename: args[1],
      lineOffset: args[2],
      columnOffset: args[3],
      cachedData: args[4],
      produceCachedData: args[5],
    } as Given;
    args[0] = probed(args[0], given, 'script');
  };
  const ofModule = (args: unknown[]): void => {
    const options = args[0] as Given & { sourceText: unknown; identifier: unknown };
    const given = { ...options, filename: options.identifier };
    args[0] = { ...options, sourceText: probed(options.sourceText, given, 'module') };
  };
  const ofFunction = (args: unknown[]): void => {
    args[0] = probed(args[0], args[2] ?? {}, 'commonjs');
  };
  changeSuper(vm.Script, ofScript, moreFrames);
  if (vm.SourceTextModule !== undefined) changeSuper(vm.SourceTextModule, ofModule, moreFrames);
  vm.compileFunction = mirrorLeaf(vm.compileFunction, ofFunction, moreFrames);
  syncBuiltinESMExports();
}

/** What Node is told about a text beside the text. */
interface Given {
  filename?: unknown;
  lineOffset?: number;
  columnOffset?: number;
  cachedData?: unknown;
  produceCachedData?: unknown;
}

/** A stale or fresh code cache belongs to the text it was made for: leave such a compile alone. */
function pathOf({ filename, cachedData, produceCachedData }: Given): string | undefined {
  if (cachedData !== undefined || produceCachedData === true) return undefined;
  return typeof filename === 'string' ? asPath(filename) : undefined;
}

function asPath(filename: string): string | undefined {
  if (filename.startsWith('file:')) return fileURLToPath(filename);
  const path = filename.split('?')[0];
  return isAbsolute(path) ? path : undefined;
}
