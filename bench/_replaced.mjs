// Text of the real transform with other probes behind it: what a probe costs, or would cost, in code as it really is.
import fs from 'node:fs';
import Module, { createRequire } from 'node:module';
import { idleProbes } from '../packages/probe/dist/core/index.js';
import { installIn } from '../packages/probe/dist/node/realm.js';
import { MAX_COUNTED_SITES } from '../packages/probe/dist/wire/index.js';

/** In the process that starts the others: parser and transform leave no trace in those that measure. */
export async function instrumented(file, tier = 'performance') {
  const { transform } = await import('../packages/intellimap/dist/transform/index.js');
  const result = transform(fs.readFileSync(file, 'utf8'), {
    path: 'program.js',
    lang: 'js',
    goal: 'commonjs',
    tier,
    base: 1,
  });
  if (!result.ok) throw new Error(`${file}: ${result.reason}`);
  return result.code;
}

/**
 * Declares the probes as the recorder does, as lexical constants, and sees to it that `file` runs with `code` in place of its own text, by whoever
 * it is required. Probes that are not given do nothing, gates are open.
 */
export function replace(file, code, probes) {
  const gates = new Uint8Array(new SharedArrayBuffer(MAX_COUNTED_SITES));
  if (!installIn({ ...idleProbes, g: gates, b: () => {}, ...probes })) throw new Error('there are probes');
  const { _compile: compile } = Module.prototype;
  let isReplaced = false;
  Module.prototype._compile = function (text, name, ...rest) {
    if (name !== file) return compile.call(this, text, name, ...rest);
    isReplaced = true;
    return compile.call(this, code, name, ...rest);
  };
  const exports = createRequire(file)(file);
  Module.prototype._compile = compile;
  if (!isReplaced) throw new Error(`${file} was not compiled`);
  return exports;
}
