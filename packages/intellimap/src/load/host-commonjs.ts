/**
 * Host: `Module.prototype._compile`, where every CommonJS text passes, also those that tsx, ts-node or a register hook
 * compiled by themselves. On Node without `registerHooks` it is the only way to see CommonJS.
 */
import Module from 'node:module';
import { findPackageType } from './package-type.ts';
import type { Instrument } from './instrument.ts';

type Compile = (this: unknown, content: string, filename: string, ...rest: unknown[]) => unknown;

export function hookCommonJs(instrument: Instrument): void {
  const prototype = Module.prototype as unknown as { _compile: Compile };
  const original = prototype._compile;
  prototype._compile = {
    _compile(this: unknown, content: string, filename: string, ...rest: unknown[]) {
      const probed = instrument(content, {
        path: filename,
        goal: rest[0] === 'module' || rest[0] === 'module-typescript' ? 'module' : goalOf(filename),
        format: 'commonjs',
      });
      return original.call(this, probed ?? content, filename, ...rest);
    },
  }._compile;
}

/** Node 20 compiles a required ES module through `_compile` too and tells no format. */
function goalOf(filename: string): 'module' | 'commonjs' {
  if (filename.endsWith('.mjs')) return 'module';
  if (filename.endsWith('.js') && findPackageType(filename) === 'module') return 'module';
  return 'commonjs';
}
