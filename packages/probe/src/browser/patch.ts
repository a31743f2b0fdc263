/**
 * Replaces natives by stand-ins that look the same: a Proxy keeps name, length, own properties, `new` and what comes out, and texts of functions are
 * answered with those of the natives. What an error says of a frame of ours is taken out of it. A patch that cannot be made is left out.
 */
import {
  apply,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  indexOf,
  slice,
  weakMapGet,
  weakMapSet,
} from '../core/intrinsics.ts';

// Taken now: programs put others into their place.
const { construct } = Reflect;
const { defineProperty } = Object;
/** V8's, where it is that. */
export const NativeError = globalThis.Error as ErrorConstructor & {
  stackTraceLimit?: unknown;
  prepareStackTrace?: unknown;
};

/**
 * Runs before the native and may change its arguments; what it returns gets the result and may answer with another, or hears that there is none, as the native failed.
 * When either fails, the call is as it would be.
 */
// oxlint-disable-next-line typescript/no-invalid-void-type -- says that it may return nothing
export type Hook = (
  args: unknown[],
  self: object,
) => ((result: never, hasFailed?: boolean) => unknown) | void;
type Callable = (...args: never[]) => unknown;

/** Stand-in → native. */
const natives = new WeakMap<object, object>();

/** @param from an object that has the native, or inherits it */
export function patch(from: object | undefined, key: string, hook: Hook): void {
  let holder = from;
  while (holder && !getOwnPropertyDescriptor(holder, key))
    holder = (getPrototypeOf(holder) as object | null) ?? undefined;
  const found = holder && getOwnPropertyDescriptor(holder, key);
  const native = found?.value as (Callable & { prototype?: object }) | undefined;
  if (typeof native !== 'function') return;
  // It calls the native itself: one frame of ours.
  const trap = (isNew: boolean) =>
    function (_: Callable, self: never, last: never) {
      const args: never[] = isNew ? self : last;
      const done = quietly(() => hook(args, self));
      let result: unknown;
      keep(1);
      try {
        result = isNew
          ? construct(native, args, last === stand ? native : last)
          : apply(native, weakMapGet(natives, self) ?? self, args);
      } catch (error) {
        quietly(() => done!(result as never, true));
        throw cleaned(error);
      } finally {
        keep(-1);
      }
      return (done && quietly(() => done(result as never))) ?? result;
    };
  const stand = new Proxy(native, { apply: trap(false), construct: trap(true) as never });
  // What was replaced before stands for something, too.
  weakMapSet(natives, stand, weakMapGet(natives, native) ?? native);
  defineProperty(holder!, key, { ...found, value: stand });
  const { prototype } = native;
  const made = prototype && getOwnPropertyDescriptor(prototype, 'constructor');
  if (made?.value === native) defineProperty(prototype!, 'constructor', { ...made, value: stand });
}

export function quietly<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

/** V8 keeps so many frames of a trace more. The program may have frozen that. */
const keep = (frames: number): void =>
  quietly(() => {
    if (typeof NativeError.stackTraceLimit === 'number') NativeError.stackTraceLimit += frames;
  });

/** Of a trace, what must be there. */
const FRAMES = 3;
/**
 * What traces say of a trap: lines, each with the break before it. Made when one is asked for first: the browser reads the whole file again to find out where in
 * it a function stands.
 */
let lines: readonly string[] | undefined;

function linesOfTraps(): readonly string[] {
  const failing = {
    f: function () {
      throw new NativeError();
    } as unknown as { (): void; new (): object },
  };
  // Those of its own traps are left as they are.
  lines = [];
  patch(failing, 'f', () => {});
  keep(FRAMES);
  lines = [thirdLine(() => failing.f()), thirdLine(() => new failing.f())];
  keep(-FRAMES);
  return lines;
}

function thirdLine(fail: () => unknown): string {
  try {
    return fail() as never;
  } catch (error) {
    const { stack } = error as { stack: string };
    const at = lineEnd(stack, lineEnd(stack, 0));
    return slice(stack, at, lineEnd(stack, at));
  }
}

/** Where the line that begins with the break at `from`, or the text, ends. */
function lineEnd(text: string, from: number): number {
  const at = indexOf(text, '\n', from + 1);
  return at < 0 ? text.length : at;
}

/** An error that a native made while a trap called it, without the trap's line. Returns the error. */
export function cleaned<E>(error: E): E {
  quietly(() => {
    // A program's own way to show traces would be asked here.
    if (NativeError.prepareStackTrace || !getOwnPropertyDescriptor(error, 'stack')) return;
    for (const line of (lines ??= linesOfTraps())) {
      const { stack } = error as { stack: string };
      const at = indexOf(stack, line);
      if (at >= 0) (error as { stack: string }).stack = slice(stack, 0, at) + slice(stack, at + line.length);
    }
  });
  return error;
}
