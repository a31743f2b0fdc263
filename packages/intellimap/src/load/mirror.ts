/** Stand-ins for functions of Node's that look the same from outside: name, length, own properties, text. */

// Taken now: programs delete globals.
const { apply, construct } = Reflect;

/** Stand-in → what it stands for. */
const originals = new WeakMap<object, object>();

/** What a stand-in stands for; undefined for anything else. */
export const mirrored = (value: object): object | undefined => originals.get(value);

type AnyFunction = (...args: never[]) => unknown;
type Call = (...args: unknown[]) => unknown;

/** @param around gets the original, bound to the caller's `this`, and the arguments. */
export function mirror<F extends AnyFunction>(
  original: F,
  around: (call: Call, args: unknown[], self: unknown) => unknown,
): F {
  const standIn = new Proxy(original, {
    apply: (target, self, args: unknown[]) =>
      around((...changed) => apply(target as unknown as Call, self, changed), args, self),
  });
  originals.set(standIn, original);
  return standIn;
}

type AnyClass = abstract new (...args: never[]) => unknown;

/** @param change what the class is constructed with instead. */
export function mirrorClass<C extends AnyClass>(original: C, change: (args: unknown[]) => unknown[]): C {
  const standIn = new Proxy(original, {
    construct: (target, args: unknown[], newTarget) =>
      construct(target as never, change(args), newTarget) as object,
  });
  originals.set(standIn, original);
  const { prototype } = original as { prototype: object };
  const descriptor = Object.getOwnPropertyDescriptor(prototype, 'constructor');
  Object.defineProperty(prototype, 'constructor', { ...descriptor, value: standIn });
  return standIn;
}
