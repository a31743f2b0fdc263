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
import { mirror, mirrorClass } from './mirror.ts';

/** Heads of wrapper functions; the file's own text begins right after the match. */
const WRAPPERS = [
  /^'use strict';async \([\w$,\s]*\)\s*=>\s*\{\{/, // vitest 1 – 5
  /^\(\{"Object\.<anonymous>":function\([\w$,\s]*\)\{/, // jest up to 29
  /^\(function \(exports, require, module, __filename, __dirname\) \{ ?/, // Module.wrap: v8-compile-cache and others
];

type Realm = [ErrorConstructor, FunctionConstructor];

export interface VmWatch {
  /** Told the `Error` and `Function` of each new vm context. */
  realm: (...realm: Realm) => void;
  /** Told what left a script: Node put the line where it was thrown in front of its stack. */
  thrown: (error: unknown) => void;
}

export function hookVm(instrument: Instrument, watch: VmWatch): void {
  const probed = (code: unknown, options: unknown, goal: ModuleText['goal']): unknown => {
    const path = filenameOf(options);
    if (typeof code !== 'string' || path === undefined) return code;
    const wrapper =
      goal === 'script' ? WRAPPERS.map((head) => head.exec(code)?.[0].length).find(Boolean) : undefined;
    return (
      instrument(code, { path, goal, format: 'vm', wrapper, ownResolution: true, start: startOf(options) }) ??
      code
    );
  };

  const watched = <T>(run: () => T): T => {
    try {
      return run();
    } catch (error) {
      watch.thrown(error);
      throw error;
    }
  };
  for (const name of ['runInThisContext', 'runInContext', 'runInNewContext'] as const) {
    const options = name === 'runInThisContext' ? 1 : 2;
    const mirrored = mirror(vm[name] as (...args: never[]) => unknown, (call, args) =>
      watched(() => call(probed(args[0], args[options], 'script'), ...args.slice(1))),
    );
    Object.assign(vm, { [name]: mirrored });
  }
  const scripts = vm.Script.prototype;
  for (const name of ['runInThisContext', 'runInContext', 'runInNewContext'] as const) {
    // oxlint-disable-next-line typescript/unbound-method -- called on its own receiver
    const mirrored = mirror(scripts[name] as (...args: never[]) => unknown, (call, args) =>
      watched(() => call(...args)),
    );
    Object.assign(scripts, { [name]: mirrored });
  }
  vm.compileFunction = mirror(vm.compileFunction, (call, args) =>
    call(probed(args[0], args[2], 'commonjs'), ...args.slice(1)),
  );
  vm.Script = mirrorClass(vm.Script, (args) => [probed(args[0], args[1], 'script'), ...args.slice(1)]);
  if (vm.SourceTextModule !== undefined) {
    vm.SourceTextModule = mirrorClass(vm.SourceTextModule, (args) => [
      probed(args[0], { filename: (args[1] as { identifier?: string })?.identifier }, 'module'),
      ...args.slice(1),
    ]);
  }
  const { runInContext } = vm;
  vm.createContext = mirror(vm.createContext, (call, args) => {
    const context = call(...args);
    const [realmError, realmFunction] = runInContext('[Error, Function]', context as vm.Context) as Realm;
    watch.realm(realmError, realmFunction);
    return context;
  });
  syncBuiltinESMExports();
}

function startOf(options: unknown): { line: number; column: number } {
  const { lineOffset, columnOffset } = (
    typeof options === 'object' && options !== null ? options : {}
  ) as vm.ScriptOptions;
  return { line: lineOffset ?? 0, column: columnOffset ?? 0 };
}

/** A stale or fresh code cache belongs to the text it was made for: leave such a compile alone. */
function filenameOf(options: unknown): string | undefined {
  if (typeof options === 'string') return asPath(options);
  if (typeof options !== 'object' || options === null) return undefined;
  const { filename, cachedData, produceCachedData } = options as Record<string, unknown>;
  if (cachedData !== undefined || produceCachedData === true) return undefined;
  return typeof filename === 'string' ? asPath(filename) : undefined;
}

function asPath(filename: string): string | undefined {
  if (filename.startsWith('file:')) return fileURLToPath(filename);
  const path = filename.split('?')[0];
  return isAbsolute(path) ? path : undefined;
}
