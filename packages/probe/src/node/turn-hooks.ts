/**
 * Tells of each callback that Node makes, before and after it, by `async_hooks`, without what usually comes with them:
 *
 * - no promise hooks, which cost every `await` and `then`. Node 22 and later have a mark on the hook for that, which its inspector uses.
 *   Before, they are set by a module that loads when first asked for: it gets a function that waits until the program asks, too.
 * - no trampoline: the frame of Node's that stands below callbacks in stack traces, once hooks exist. It goes with the last hook,
 *   as Node counts them; that there is ours is taken out of the count.
 *
 * Where any of this is not as expected, nothing is hooked.
 */
import asyncHooks from 'node:async_hooks';

export interface TurnListener {
  before: (asyncId: number) => void;
  after: (asyncId: number) => void;
}

/** Part of Node's binding, where programs may have it. */
interface AsyncWrap {
  async_id_fields: Float64Array;
  async_hook_fields: Uint32Array;
  setCallbackTrampoline: (callback?: unknown) => void;
  setPromiseHooks: (...hooks: unknown[]) => void;
  constants: Record<string, number>;
}

type Marked = Record<symbol, unknown>;

/** @returns how ids of callbacks can be read: where Node gives them away (`counter`); undefined when nothing is hooked. */
export function hookTurns(listener: TurnListener): { counter: (() => number) | undefined } | undefined {
  const hook = asyncHooks.createHook(listener);
  const mark = symbolOf(hook, 'kNoPromiseHook');
  if (mark !== undefined) return hookMarked(hook, mark);
  return hookMuted(hook);
}

const symbolOf = (hook: object, name: string): symbol | undefined =>
  Object.getOwnPropertySymbols(hook).find(({ description }) => description === name);

function hookMarked(hook: asyncHooks.AsyncHook, mark: symbol): { counter: undefined } {
  (hook as unknown as Marked)[mark] = true;
  hook.enable();
  leaveCount(mark);
  return { counter: undefined };
}

/**
 * Node removes the trampoline when a hook leaves and the sum of its counts becomes 0. Ours has two callbacks: two hooks come
 * with nothing and leave with one each, of a kind that Node calls for promises only.
 */
function leaveCount(mark: symbol): void {
  for (let left = 0; left < 2; left += 1) {
    const hook = asyncHooks.createHook({});
    const resolve = symbolOf(hook, 'promiseResolve');
    if (resolve === undefined) return;
    (hook as unknown as Marked)[mark] = true;
    hook.enable();
    (hook as unknown as Marked)[resolve] = () => {};
    hook.disable();
  }
}

function hookMuted(hook: asyncHooks.AsyncHook): { counter: () => number } | undefined {
  // Whoever loaded it has what we would have to replace.
  const { moduleLoadList } = process as unknown as { moduleLoadList: string[] };
  if (moduleLoadList.some((name) => name.endsWith('internal/promise_hooks'))) return undefined;
  const wrap = bindingOf();
  const fields = wrap?.async_hook_fields;
  if (wrap === undefined || fields === undefined || fields[wrap.constants['kTotals']] !== 0) return undefined;
  const { setPromiseHooks } = wrap;
  let isMuted = true;
  wrap.setPromiseHooks = (init, before, after, settled) => {
    if (!isMuted) setPromiseHooks(init, before, after, settled);
  };
  try {
    hook.enable();
  } finally {
    isMuted = false;
    wrap.setPromiseHooks = setPromiseHooks;
  }
  fields[wrap.constants['kTotals']] = 0;
  fields[wrap.constants['kCheck']] -= 1;
  wrap.setCallbackTrampoline();
  const ids = wrap.async_id_fields;
  const last = wrap.constants['kAsyncIdCounter'];
  return { counter: () => ids[last] };
}

/** Asking for it prints a warning, unless warnings are off. */
function bindingOf(): AsyncWrap | undefined {
  const before = Object.getOwnPropertyDescriptor(process, 'noDeprecation');
  try {
    process.noDeprecation = true;
    return (process as unknown as { binding: (name: string) => AsyncWrap }).binding('async_wrap');
  } catch {
    return undefined;
  } finally {
    if (before === undefined) delete (process as { noDeprecation?: boolean }).noDeprecation;
    else Object.defineProperty(process, 'noDeprecation', before);
  }
}
