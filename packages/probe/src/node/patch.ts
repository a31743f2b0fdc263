/**
 * Replaces a function of Node's by a stand-in that looks the same: a Proxy keeps name, length, own properties, `new`
 * and identity of results. A patch that cannot be made is left out.
 */

// Taken now: programs delete globals.
const { apply } = Reflect;
type Callable = (...args: never[]) => unknown;

export type Around = (call: (args: unknown[]) => unknown, args: unknown[], self: unknown) => unknown;

/** Stand-in → what it stands for. */
const originals = new WeakMap<object, object>();

/** What a stand-in of ours stands for; undefined for anything else. */
export const originalOf = (value: object): object | undefined => originals.get(value);

export const standsFor = (standIn: object, original: object): void => void originals.set(standIn, original);

/** `around` gets the arguments and decides how the original is called; a failing preparation must not stop the call. */
export function patchFunction(holder: object, name: string, around: Around): void {
  const descriptor = Object.getOwnPropertyDescriptor(holder, name);
  const original = descriptor?.value as Callable | undefined;
  if (descriptor === undefined || typeof original !== 'function') return;
  const value = new Proxy(original, {
    apply: (target, self, args) => around((changed) => apply(target, self, changed as never[]), args, self),
  });
  standsFor(value, original);
  Object.defineProperty(holder, name, { ...descriptor, value });
}

/** `change` may answer with other arguments. Then it is done: one frame of ours is on the stack, of the ten that V8 keeps. */
export function patchArguments(
  holder: object,
  name: string,
  change: (args: unknown[]) => unknown[] | undefined,
): void {
  const descriptor = Object.getOwnPropertyDescriptor(holder, name);
  const original = descriptor?.value as Callable | undefined;
  if (descriptor === undefined || typeof original !== 'function') return;
  const value = new Proxy(original, {
    apply: (target, self, args: unknown[]) =>
      apply(target, self, (quietly(() => change(args)) ?? args) as never[]),
  });
  standsFor(value, original);
  Object.defineProperty(holder, name, { ...descriptor, value });
}

/** The probe never breaks the program: what fails is left out. */
export function quietly<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
