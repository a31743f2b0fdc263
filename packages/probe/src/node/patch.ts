/**
 * Replaces a function of Node's by a stand-in that looks the same: a Proxy keeps name, length, own properties, `new`
 * and identity of results. A patch that cannot be made is left out.
 */

// Taken now: programs delete globals.
const { apply } = Reflect;
type Callable = (...args: never[]) => unknown;

/** Stand-in → what it stands for. */
const originals = new WeakMap<object, object>();

/** What a stand-in of ours stands for; undefined for anything else. */
export const originalOf = (value: object): object | undefined => originals.get(value);

export const standsFor = (standIn: object, original: object): void => void originals.set(standIn, original);

/**
 * `change` runs before the original, and may answer with other arguments; when it fails, the call stays as it is. Then it is done: one
 * frame of ours is on the stack, of the ten that V8 keeps.
 */
export function patchArguments(
  holder: object,
  name: string,
  change: (args: unknown[], self: unknown) => unknown[] | undefined,
): void {
  replace(holder, name, (target, self, args) =>
    apply(target, self, (quietly(() => change(args, self)) ?? args) as never[]),
  );
}

/**
 * The same for a function that runs no code of the program before it returns: an error of it has all frames that it would have.
 * `done` gets what it returned.
 */
export function patchLeaf(
  holder: object,
  name: string,
  change: (args: unknown[]) => unknown[] | undefined,
  done?: (result: unknown) => void,
): void {
  replace(holder, name, (target, self, args) => {
    const changed = quietly(() => change(args)) ?? args;
    const restore = moreFrames(1);
    let result: unknown;
    try {
      result = apply(target, self, changed as never[]);
    } finally {
      restore();
    }
    quietly(() => done?.(result));
    return result;
  });
}

/**
 * V8 keeps this many frames more, for those of ours, which are taken out of traces; until it is restored. No function around the work: that were
 * two frames more, which are missing where the limit is another realm's.
 */
export function moreFrames(own: number): () => void {
  const limit = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit');
  if (limit?.writable !== true || typeof limit.value !== 'number' || limit.value <= 0) return () => {};
  Error.stackTraceLimit = limit.value + own;
  return () => void (Error.stackTraceLimit = limit.value as number);
}

function replace(
  holder: object,
  name: string,
  stand: (target: Callable, self: unknown, args: unknown[]) => unknown,
): void {
  const descriptor = Object.getOwnPropertyDescriptor(holder, name);
  const original = descriptor?.value as Callable | undefined;
  if (descriptor === undefined || typeof original !== 'function') return;
  // As the trap itself, so that no frame of its own comes between.
  const value = new Proxy(original, { apply: stand });
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
