/**
 * Host: `Module.prototype._compile`, where every CommonJS text passes, also those that tsx, ts-node or a register hook
 * compiled by themselves. On Node without `registerHooks` it is the only way to see CommonJS.
 *
 * The property is an accessor. When Node's own loader asks for it, it gets the native function bound to the
 * instrumented text: a stand-in would be two frames in every stack below it, and V8 keeps ten.
 */
import fs from 'node:fs';
import Module from 'node:module';
import { callerOf } from './caller.ts';
import { findPackageType } from './package-type.ts';
import type { Instrument } from './instrument.ts';
import type { CommonJsText } from './hook-steps.ts';
import { mirrorArguments } from './mirror.ts';
import type { Scope } from './scope.ts';

type Compile = (this: unknown, content: string, filename: string, format?: string) => unknown;

export interface CommonJsParts {
  scope: Scope;
  instrument: Instrument;
  /** Texts that load hooks had for files which Node is about to compile. */
  handed: Map<string, CommonJsText>;
  /** Told about each file, also those out of scope. */
  onFile: () => void;
}

export function hookCommonJs({ scope, instrument, handed, onFile }: CommonJsParts): void {
  const prototype = Module.prototype as unknown as { _compile: Compile };
  const native = prototype._compile;
  const standIn = mirrorArguments(native, (args) => {
    const content = args[0] as string;
    const filename = args[1] as string;
    const format = args[2];
    const goal = format === 'module' || format === 'module-typescript' ? 'module' : goalOf(filename);
    args[0] = instrument(content, { path: filename, goal, format: 'commonjs' }) ?? content;
  });

  /** For Node's own handler of an extension, which reads the file and compiles what it read. */
  const forNode = (module: unknown): Compile => {
    const { filename } = module as { filename: string };
    // Most files of a program are its packages': they are not read twice for nothing.
    if (!scope.has(filename)) return native;
    const known = handed.get(filename);
    handed.delete(filename);
    // TypeScript that no hook had: what Node makes of it first is only seen in the call.
    if (known === undefined && !/\.[cm]?js$/.test(filename)) return standIn;
    const { text, format } = known ?? { text: fs.readFileSync(filename, 'utf8'), format: formatOf(filename) };
    const goal = format === 'module' ? 'module' : 'commonjs';
    const mayBeModule = format === undefined || format === 'typescript';
    const said = format?.endsWith('typescript') ? 'commonjs-typescript' : 'commonjs';
    const probed = instrument(text, { path: filename, goal, mayBeModule, format: said });
    return probed === undefined ? native : native.bind(module, probed, filename, format);
  };

  replaceableGetter(prototype, '_compile', standIn, (module, read) => {
    if (module === prototype || callerOf(read) !== NODES_LOADER) return standIn;
    onFile();
    try {
      return forNode(module);
    } catch {
      return standIn;
    }
  });
}

const NODES_LOADER = 'node:internal/modules/cjs/loader';

/** A property that reads as `get` says until somebody assigns to it, and then is what data properties are. */
function replaceableGetter<T extends object, K extends keyof T & string>(
  holder: T,
  name: K,
  initial: T[K],
  get: (receiver: unknown, read: () => T[K]) => T[K],
): void {
  let current = initial;
  const { enumerable } = Object.getOwnPropertyDescriptor(holder, name)!;
  Object.defineProperty(holder, name, {
    configurable: true,
    enumerable,
    get: function read(this: unknown): T[K] {
      return current === initial ? get(this, read) : current;
    },
    set(this: unknown, value: T[K]) {
      if (this === holder) current = value;
      else Object.defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true });
    },
  });
}

/** Node 20 compiles a required ES module through `_compile` too, and tells no format when a compiler calls. */
const goalOf = (filename: string): 'module' | 'commonjs' =>
  formatOf(filename) === 'module' ? 'module' : 'commonjs';

/** What Node's handler says about a file, by its name and its package. */
function formatOf(filename: string): string | undefined {
  if (filename.endsWith('.cjs')) return 'commonjs';
  if (filename.endsWith('.mjs')) return 'module';
  return filename.endsWith('.js') ? findPackageType(filename) : undefined;
}
