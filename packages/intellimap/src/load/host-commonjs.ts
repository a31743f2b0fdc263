/**
 * Host: `Module.prototype._compile`, where every CommonJS text passes, also those that tsx, ts-node or a register hook
 * compiled by themselves. On Node without `registerHooks` it is the only way to see CommonJS.
 */
import Module from 'node:module';
import { findPackageType } from './package-type.ts';
import type { Instrument } from './instrument.ts';
import { mirror } from './mirror.ts';

type Compile = (content: string, filename: string, format?: string) => unknown;

export function hookCommonJs(instrument: Instrument): void {
  const prototype = Module.prototype as unknown as { _compile: Compile };
  // oxlint-disable-next-line typescript/unbound-method -- called with the module as `this`
  prototype._compile = mirror(prototype._compile, (call, args) => {
    const [content, filename, format] = args as Parameters<Compile>;
    const goal = format === 'module' || format === 'module-typescript' ? 'module' : goalOf(filename);
    const probed = instrument(content, { path: filename, goal, format: 'commonjs' });
    return call(probed ?? content, ...args.slice(1));
  });
}

/** Node 20 compiles a required ES module through `_compile` too and tells no format. */
function goalOf(filename: string): 'module' | 'commonjs' {
  if (filename.endsWith('.mjs')) return 'module';
  if (filename.endsWith('.js') && findPackageType(filename) === 'module') return 'module';
  return 'commonjs';
}
