/** Stand-ins for functions of Node's that look the same from outside: name, length, own properties, text. */

type AnyFunction = (...args: never[]) => unknown;
type Call = (...args: unknown[]) => unknown;

/** @param around gets the original, bound to the caller's `this`, and the arguments. */
export function mirror<F extends AnyFunction>(
  original: F,
  around: (call: Call, args: unknown[]) => unknown,
): F {
  return new Proxy(original, {
    apply: (target, self, args: unknown[]) =>
      around((...changed) => Reflect.apply(target as unknown as Call, self, changed), args),
  });
}

type AnyClass = abstract new (...args: never[]) => unknown;

/** @param change what the class is constructed with instead. */
export function mirrorClass<C extends AnyClass>(original: C, change: (args: unknown[]) => unknown[]): C {
  const mirrored = new Proxy(original, {
    construct: (target, args: unknown[], newTarget) =>
      Reflect.construct(target as never, change(args), newTarget) as object,
  });
  const { prototype } = original as { prototype: object };
  const descriptor = Object.getOwnPropertyDescriptor(prototype, 'constructor');
  Object.defineProperty(prototype, 'constructor', { ...descriptor, value: mirrored });
  return mirrored;
}
