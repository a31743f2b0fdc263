/**
 * Stand-ins for functions of Node's that look the same from outside: name, length, own properties, text. Neither they nor
 * their users spread or destructure arguments: a program may have changed how arrays are iterated.
 */

// Taken now: programs delete globals.
const { apply, construct } = Reflect;

/** Stand-in → what it stands for. */
const originals = new WeakMap<object, object>();

/** What a stand-in stands for; undefined for anything else. */
export const mirrored = (value: object): object | undefined => originals.get(value);

export const standsFor = (standIn: object, original: object): void => void originals.set(standIn, original);

type AnyFunction = (...args: never[]) => unknown;
type AnyClass = abstract new (...args: never[]) => unknown;
type Call = (args: unknown[]) => unknown;

/** @param around gets the original, bound to the caller's `this`, and the arguments, a list of its own to change. */
export function mirror<F extends AnyFunction>(
  original: F,
  around: (call: Call, args: unknown[], self: unknown) => unknown,
): F {
  const standIn = new Proxy(original, {
    apply: (target, self, args: unknown[]) =>
      around((changed) => apply(target, self, changed as never[]), args, self),
  });
  originals.set(standIn, original);
  return standIn;
}

/** Changes the arguments of each call. The trap itself calls on: one frame of ours is on the stack while the original runs. */
export function mirrorArguments<F extends AnyFunction>(original: F, change: (args: unknown[]) => void): F {
  const standIn = new Proxy(original, {
    apply(target, self, args: unknown[]) {
      change(args);
      return apply(target, self, args as never[]);
    },
  });
  originals.set(standIn, original);
  return standIn;
}

/** Makes V8 keep more frames, for those of ours; the answer ends that. */
export type MoreFrames = (own: number) => () => void;

/** A stand-in for a function that runs no code of the program: an error of it has all frames that it would have. */
export function mirrorLeaf<F extends AnyFunction>(
  original: F,
  change: (args: unknown[]) => void,
  moreFrames: MoreFrames,
): F {
  const standIn = new Proxy(original, {
    apply(target, self, args: unknown[]) {
      change(args);
      const restore = moreFrames(1);
      try {
        return apply(target, self, args as never[]);
      } finally {
        restore();
      }
    },
  });
  originals.set(standIn, original);
  return standIn;
}

/**
 * Changes what the constructor of a class hands to that of its superclass, which runs no code of the program. Nobody stands in for the
 * class itself, and nothing of ours is on the stack when its methods run: V8 keeps ten frames.
 */
export function changeSuper(
  derived: AnyClass,
  change: (args: unknown[]) => void,
  moreFrames: MoreFrames,
): void {
  const parent = Object.getPrototypeOf(derived) as AnyClass;
  const standIn = new Proxy(parent, {
    construct(target, args: unknown[], newTarget) {
      change(args);
      const restore = moreFrames(1);
      try {
        return construct(target as never, args, newTarget) as object;
      } finally {
        restore();
      }
    },
  });
  originals.set(standIn, parent);
  Object.setPrototypeOf(derived, standIn);
}
