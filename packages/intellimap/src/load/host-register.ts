/**
 * Host: `module.register`, the only way to ES modules on Node 20. The hooks run in a thread of their own (hooks-thread.ts).
 *
 * Hooks registered later are asked first. A compiler that registers after us (tsx, ts-node) would hide its output from us,
 * so every later registration is followed by ours once more: whatever comes out in the end passes our hook.
 */
import Module, { syncBuiltinESMExports } from 'node:module';
import { mirror } from './mirror.ts';
import type { HooksThreadData } from './hooks-thread.ts';

type Register = typeof Module.register;

export function registerHooksThread(data: HooksThreadData): void {
  const builtin = Module as unknown as { register: Register };
  const register = builtin.register;
  const hooks = new URL('./hooks-thread.mjs', import.meta.url);
  register(hooks, { data });
  builtin.register = mirror<Register>(register, (call, args) => {
    const answer = call(args);
    register(hooks, { data });
    return answer;
  });
  syncBuiltinESMExports();
}
