/**
 * Host: `node:vm`. Test runners keep module systems of their own and compile through it: vitest wraps a module in an async
 * arrow function, jest compiles a function with the CommonJS names as parameters or wraps it in an object literal.
 * A text counts when its file name is a file in scope; everything else (`eval`-like uses) passes untouched.
 */
import vm from 'node:vm';
import { syncBuiltinESMExports } from 'node:module';
import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Instrument, ModuleText } from './instrument.ts';
import { changeSuper, mirror } from './mirror.ts';

/** Heads of wrapper functions; the file's own text begins right after the match. */
const WRAPPERS = [
  /^'use strict';async \([\w$,\s]*\)\s*=>\s*\{\{/, // vitest 1 – 5
  /^\(\{"Object\.<anonymous>":function\([\w$,\s]*\)\{/, // jest up to 29
  /^\(function \(exports, require, module, __filename, __dirname\) \{ ?/, // Module.wrap: v8-compile-cache and others
];

type Realm = [ErrorConstructor, FunctionConstructor];

/** @param onRealm told the `Error` and `Function` of each new vm context. */
export function hookVm(instrument: Instrument, onRealm: (...realm: Realm) => void): void {
  const probed = (code: unknown, given: Given, goal: ModuleText['goal']): unknown => {
    const path = pathOf(given);
    if (typeof code !== 'string' || path === undefined) return code;
    const wrapper =
      goal === 'script' ? WRAPPERS.map((head) => head.exec(code)?.[0].length).find(Boolean) : undefined;
    const start = { line: given.lineOffset ?? 0, column: given.columnOffset ?? 0 };
    return instrument(code, { path, goal, format: 'vm', wrapper, ownResolution: true, start }) ?? code;
  };

  // Every way to run a script makes a `vm.Script`, which hands its text on to the class below.
  changeSuper(
    vm.Script,
    ([code, filename, lineOffset, columnOffset, cachedData, produceCachedData, ...rest]) => [
      probed(code, { filename, lineOffset, columnOffset, cachedData, produceCachedData } as Given, 'script'),
      filename,
      lineOffset,
      columnOffset,
      cachedData,
      produceCachedData,
      ...rest,
    ],
  );
  if (vm.SourceTextModule !== undefined)
    changeSuper(vm.SourceTextModule, ([options]) => {
      const { sourceText, identifier, ...given } = options as Given & Record<string, unknown>;
      return [
        {
          ...(options as object),
          sourceText: probed(sourceText, { ...given, filename: identifier }, 'module'),
        },
      ];
    });
  vm.compileFunction = mirror(vm.compileFunction, (call, args) =>
    call(probed(args[0], (args[2] ?? {}) as Given, 'commonjs'), ...args.slice(1)),
  );
  const { runInContext } = vm;
  vm.createContext = mirror(vm.createContext, (call, args) => {
    const context = call(...args);
    const [realmError, realmFunction] = runInContext('[Error, Function]', context as vm.Context) as Realm;
    onRealm(realmError, realmFunction);
    return context;
  });
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
