/**
 * Call sites that say something else than V8's. The methods of V8's refuse any other receiver, and its prototype cannot be changed: so there
 * is an object of ours whose methods pass everything on, but for what was corrected.
 */

// Taken now: programs delete globals.
const { apply } = Reflect;

export interface CallSite {
  getFileName(): string | null | undefined;
  getTypeName(): string | null;
  getFunctionName(): string | null;
  getMethodName(): string | null;
  getLineNumber(): number | null;
  getColumnNumber(): number | null;
  isEval(): boolean;
  getEvalOrigin(): string | undefined;
  toString(): string;
}

/** Answers in place of those of the original. */
export type Corrections = Partial<Record<keyof CallSite, () => unknown>>;

/** What `new` gives is the object that the constructor was given: that is how another object gets a private field. */
const Given = function (object: object): object {
  return object;
} as unknown as new (object: object) => object;

/** Held by the object itself, where nobody else sees it. */
class Stamp extends Given {
  readonly #site: CallSite;
  readonly #corrections: Corrections;

  constructor(object: object, site: CallSite, corrections: Corrections) {
    super(object);
    this.#site = site;
    this.#corrections = corrections;
  }

  static isOn(object: object): boolean {
    return #site in object;
  }

  static answer(object: object, name: string, method: () => unknown): unknown {
    if (!(#site in object)) return apply(method, object, []);
    const correction = object.#corrections[name as keyof CallSite];
    return correction === undefined ? apply(method, object.#site, []) : correction();
  }
}

/** A formatter may be handed on to another realm's `Error`: what is correct already stays. */
export const isCorrected = (site: CallSite): boolean => Stamp.isOn(site);

export function correctedSite(site: CallSite, corrections: Corrections): CallSite {
  const copy = Object.create(prototypeFor(Object.getPrototypeOf(site) as object)) as CallSite;
  // oxlint-disable-next-line no-new -- it is put on the copy
  new Stamp(copy, site, corrections);
  return copy;
}

/** Both from 1. */
export interface Place {
  line: number;
  column: number;
}

export const movedSite = (site: CallSite, { line, column }: Place): CallSite =>
  correctedSite(site, {
    getLineNumber: () => line,
    getColumnNumber: () => column,
    toString: () => site.toString().replace(/:\d+:\d+(\)?)$/, `:${line}:${column}$1`),
  });

/** By V8's prototype, of which each realm has its own. */
const prototypes = new WeakMap<object, object>();

function prototypeFor(native: object): object {
  const known = prototypes.get(native);
  if (known !== undefined) return known;
  const prototype = Object.create(native) as object;
  for (const name of Object.getOwnPropertyNames(native)) {
    const method: unknown = (native as Record<string, unknown>)[name];
    if (name === 'constructor' || typeof method !== 'function') continue;
    const value = new Proxy(method as () => unknown, {
      apply: (target, self: object) => Stamp.answer(self, name, target),
    });
    Object.defineProperty(prototype, name, {
      value,
      writable: false,
      enumerable: false,
      configurable: false,
    });
  }
  prototypes.set(native, prototype);
  return prototype;
}
