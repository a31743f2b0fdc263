/**
 * Replaces natives by stand-ins that look the same: a Proxy keeps name, length, own properties, `new` and what comes out, and texts of functions are
 * answered with those of the natives. What an error says of a frame of ours is taken out of it. A patch that cannot be made is left out.
 */
import { indexOf, slice, weakMapGet, weakMapSet } from '../core/intrinsics.ts';

// Taken now: programs put others into their place.
const { apply, construct } = Reflect;
const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf } = Object;
/** V8's, where it is that. */
const NativeError = globalThis.Error as { stackTraceLimit?: unknown; prepareStackTrace?: unknown };

/** Runs before the native and may change its arguments; what it returns gets the result and answers with one. When either fails, the call is as it would be. */
export type Hook = (args: unknown[], self: object) => ((result: never) => unknown) | void;
type Callable = (...args: never[]) => unknown;

/** Stand-in → native. */
const natives = new WeakMap<object, object>();

export function patch(from: object, key: string, hook: Hook): void {
  let holder: object | null = from;
  let found: PropertyDescriptor | undefined;
  for (; holder !== null && found === undefined; holder = getPrototypeOf(holder) as object | null) {
    found = getOwnPropertyDescriptor(holder, key);
    if (found !== undefined) replace(holder, key, found, hook);
  }
}

function replace(holder: object, key: string, found: PropertyDescriptor, hook: Hook): void {
  const native = found.value as Callable & { prototype?: object };
  if (typeof native !== 'function') return;
  // Each trap calls the native itself: one frame of ours, and none while code of the program runs.
  const stand: typeof native = new Proxy(native, {
    apply(_, self: object, args: never[]) {
      const done = quietly(() => hook(args, self));
      let result: unknown;
      keep(1);
      try {
        result = apply(native, weakMapGet(natives, self) ?? self, args);
      } catch (error) {
        throw cleaned(error);
      } finally {
        keep(-1);
      }
      return done ? quietly(() => done(result as never), result) : result;
    },
    construct(_, args: never[], target) {
      const done = quietly(() => hook(args, target));
      let result: object;
      keep(1);
      try {
        result = construct(native, args, target === stand ? native : target) as object;
      } catch (error) {
        throw cleaned(error);
      } finally {
        keep(-1);
      }
      if (done) quietly(() => done(result as never));
      return result;
    },
  });
  weakMapSet(natives, stand, native);
  defineProperty(holder, key, { ...found, value: stand });
  const { prototype } = native;
  const made = prototype && getOwnPropertyDescriptor(prototype, 'constructor');
  if (made?.value === native) defineProperty(prototype!, 'constructor', { ...made, value: stand });
}

export function quietly<T>(act: () => T): T | undefined;
export function quietly<T>(act: () => T, otherwise: T): T;
export function quietly<T>(act: () => T, otherwise?: T): T | undefined {
  try {
    return act();
  } catch {
    return otherwise;
  }
}

/** V8 keeps so many frames of a trace more. */
function keep(frames: number): void {
  try {
    if (typeof NativeError.stackTraceLimit === 'number') NativeError.stackTraceLimit += frames;
  } catch {
    // The program has frozen it.
  }
}

const TRAPS = ['apply', 'construct'];

/** An error that a native made while a trap called it, without the trap's line: it is the first one of that name. Returns the error. */
export function cleaned<E>(error: E): E {
  quietly(() => {
    // A program's own way to show traces would be asked here.
    if (typeof NativeError.prepareStackTrace === 'function') return;
    if (getOwnPropertyDescriptor(error, 'stack') === undefined) return;
    const { stack } = error as { stack: string };
    for (const trap of TRAPS) {
      const from = indexOf(stack, `\n    at Object.${trap} (`);
      if (from < 0) continue;
      const to = indexOf(stack, '\n', from + 1);
      (error as { stack: string }).stack = slice(stack, 0, from) + (to < 0 ? '' : slice(stack, to));
      return;
    }
  });
  return error;
}
