/**
 * Host: `module.register`, the only way to ES modules on Node 20. The hooks run in a thread of their own (hooks-thread.ts).
 *
 * Hooks registered later are asked first. A compiler that registers after us (tsx, ts-node) would hide its output from us,
 * so every later registration is followed by ours once more: whatever comes out in the end passes our hook.
 */
import * as nodeModule from 'node:module';
import type { HooksThreadData } from './hooks-thread.ts';

type Register = typeof nodeModule.register;

export function registerHooksThread(data: HooksThreadData): void {
  const builtin = nodeModule.default as unknown as { register: Register };
  const register = builtin.register;
  const hooks = new URL('./hooks-thread.js', import.meta.url);
  register(hooks, { data });
  builtin.register = function (this: unknown, ...args: Parameters<Register>) {
    const answer = register.apply(this as never, args);
    register(hooks, { data });
    return answer;
  } as Register;
  nodeModule.syncBuiltinESMExports();
}
