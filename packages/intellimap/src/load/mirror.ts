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

/**
 * Changes what the constructor of a class hands to that of its superclass. Nobody stands in for the class itself, and nothing of
 * ours is on the stack when its methods run: V8 keeps ten frames.
 */
export function changeSuper(derived: AnyClass, change: (args: unknown[]) => unknown[]): void {
  const parent = Object.getPrototypeOf(derived) as AnyClass;
  const standIn = new Proxy(parent, {
    construct: (target, args, newTarget) => construct(target as never, change(args), newTarget) as object,
  });
  originals.set(standIn, parent);
  Object.setPrototypeOf(derived, standIn);
}
