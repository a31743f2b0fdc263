/**
 * Host: `module.register`, the only way to ES modules on Node 20. The hooks run in a thread of their own (hooks-thread.ts).
 *
 * Hooks registered later are asked first. A compiler that registers after us (tsx, ts-node) would hide its output from us,
 * so every later registration is followed by ours once more: whatever comes out in the end passes our hook.
 */
import Module, { syncBuiltinESMExports } from 'node:module';
import { startAlone } from './late-preloads.ts';
import { mirror } from './mirror.ts';
import type { HooksThreadData } from './hooks-thread.ts';

type Register = typeof Module.register;

// Taken now: programs delete globals.
const { store } = Atomics;

/** @param apart what makes a thread within is none of the program's */
export function registerHooksThread(
  about: Omit<HooksThreadData, 'others'>,
  apart: (action: () => void) => void,
): void {
  const others = new Int32Array(new SharedArrayBuffer(4));
  const data: HooksThreadData = { ...about, others };
  const builtin = Module as unknown as { register: Register };
  const register = builtin.register;
  const hooks = new URL('./hooks-thread.mjs', import.meta.url);
  const start = (): void => apart(() => register(hooks, { data }));
  let share = (): void => {};
  if (!hasLoaderFlag()) share = startAlone(start);
  else if (process.argv[1] !== undefined) beforeMain(start);
  else start();
  builtin.register = mirror<Register>(register, (call, args) => {
    store(others, 0, 1);
    share();
    const answer = call(args);
    start();
    return answer;
  });
  syncBuiltinESMExports();
}

/** The first registration starts Node's hooks thread, which loads the program's `--loader` at once. */
function hasLoaderFlag(): boolean {
  const options = `${process.execArgv.join(' ')} ${process.env['NODE_OPTIONS'] ?? ''}`;
  return /--(?:experimental-)?loader\b/.test(options);
}

/** That loader may build on what a `--require` of the program does: after those, Node asks for this function. */
function beforeMain(action: () => void): void {
  const property = Object.getOwnPropertyDescriptor(Module, 'runMain')!;
  Object.defineProperty(Module, 'runMain', {
    configurable: true,
    enumerable: property.enumerable ?? true,
    get() {
      Object.defineProperty(Module, 'runMain', property);
      action();
      return property.value as unknown;
    },
    set(value: unknown) {
      property.value = value;
    },
  });
}
