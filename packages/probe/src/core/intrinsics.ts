/**
 * Methods of built-ins as plain functions, taken when this file starts: programs replace and delete them later. None of them runs code of
 * the program when it is given what its name says.
 */
/* oxlint-disable typescript/unbound-method -- bound to `call` */

type Method = (...values: never[]) => unknown;

const { bind, call } = Function.prototype;
/** `uncurried(Map.prototype.get)(map, key)` is `map.get(key)`. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- says what becomes of the method
export const uncurried = bind.bind(call) as unknown as <Fn>(method: Method) => Fn;

export const { getOwnPropertyDescriptor, getPrototypeOf } = Object;
export const { apply } = Reflect;

/** The getter of an accessor of a built-in prototype. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- likewise
export const getter = <Fn>(prototype: object, key: PropertyKey): Fn =>
  uncurried<Fn>(getOwnPropertyDescriptor(prototype, key)!.get as Method);

export const charCodeAt = uncurried<(text: string, at: number) => number>(String.prototype.charCodeAt);
export const indexOf = uncurried<(text: string, part: string, from?: number) => number>(
  String.prototype.indexOf,
);
export const slice = uncurried<(text: string, from: number, to?: number) => string>(String.prototype.slice);
export const lastIndexOf = uncurried<(text: string, part: string) => number>(String.prototype.lastIndexOf);
export const lowerCase = uncurried<(text: string) => string>(String.prototype.toLowerCase);
export const digitsOf = uncurried<(value: number, radix: number) => string>(Number.prototype.toString);
export const fromCharCode: (code: number) => string = String.fromCharCode;
/** JSON of a text: only objects and bigints are asked for their `toJSON`. */
export const quoted: (text: string) => string = JSON.stringify;

export const mapSize = getter<(map: object) => number>(Map.prototype, 'size');
export const mapEntries = uncurried<(map: object) => object>(Map.prototype.entries);
export const mapNext = uncurried<(entries: object) => IteratorResult<[unknown, unknown]>>(
  (getPrototypeOf(mapEntries(new Map())) as { next: Method }).next,
);
export const setSize = getter<(set: object) => number>(Set.prototype, 'size');
export const setValues = uncurried<(set: object) => object>(Set.prototype.values);
export const setNext = uncurried<(values: object) => IteratorResult<unknown>>(
  (getPrototypeOf(setValues(new Set())) as { next: Method }).next,
);
export const dateTime = uncurried<(date: object) => number>(Date.prototype.getTime);
export const dateText = uncurried<(date: object) => string>(Date.prototype.toISOString);

const typedArray = getPrototypeOf(Uint8Array.prototype) as object;
export const typedLength = getter<(array: object) => number>(typedArray, 'length');
export const typedName = getter<(array: object) => string>(typedArray, Symbol.toStringTag);
export const bufferLength = getter<(buffer: object) => number>(ArrayBuffer.prototype, 'byteLength');
/** Browsers have the class only for pages that are isolated from others. */
const shared =
  (globalThis as { SharedArrayBuffer?: typeof SharedArrayBuffer }).SharedArrayBuffer ?? ArrayBuffer;
export const sharedLength = getter<(buffer: object) => number>(shared.prototype, 'byteLength');

export const weakHas = uncurried<(set: object, value: object) => boolean>(WeakSet.prototype.has);
export const weakAdd = uncurried<(set: object, value: object) => void>(WeakSet.prototype.add);

/** Methods of `WeakMap`s of ours. */
export const weakMapGet = uncurried<<Value>(map: WeakMap<object, Value>, key: object) => Value | undefined>(
  WeakMap.prototype.get,
);
export const weakMapSet = uncurried<<Value>(map: WeakMap<object, Value>, key: object, value: Value) => void>(
  WeakMap.prototype.set,
);
export const weakMapDelete = uncurried<(map: object, key: object) => void>(WeakMap.prototype.delete);
export const deref = uncurried<<Value extends WeakKey>(reference: WeakRef<Value>) => Value | undefined>(
  WeakRef.prototype.deref,
);

export const symbolText = uncurried<(symbol: symbol) => string>(Symbol.prototype.toString);
export const unboxed = {
  number: uncurried<(boxed: object) => number>(Number.prototype.valueOf),
  string: uncurried<(boxed: object) => string>(String.prototype.valueOf),
  boolean: uncurried<(boxed: object) => boolean>(Boolean.prototype.valueOf),
  bigint: uncurried<(boxed: object) => bigint>(BigInt.prototype.valueOf),
  symbol: uncurried<(boxed: object) => symbol>(Symbol.prototype.valueOf),
};

export const regexpSource = getter<(expression: object) => string>(RegExp.prototype, 'source');
/** `flags` itself would read properties that a program may have replaced. */
const FLAGS: readonly (readonly [key: string, flag: string])[] = [
  ['hasIndices', 'd'],
  ['global', 'g'],
  ['ignoreCase', 'i'],
  ['multiline', 'm'],
  ['dotAll', 's'],
  ['unicode', 'u'],
  ['unicodeSets', 'v'],
  ['sticky', 'y'],
];
const flagGetters = /* @__PURE__ */ FLAGS.flatMap(([key, flag]) => {
  const found = getOwnPropertyDescriptor(RegExp.prototype, key)?.get;
  return found === undefined ? [] : [{ flag, isSet: uncurried<(expression: object) => boolean>(found) }];
});
export function regexpFlags(expression: object): string {
  let flags = '';
  for (let at = 0; at < flagGetters.length; at++) {
    const { flag, isSet } = flagGetters[at];
    if (isSet(expression)) flags += flag;
  }
  return flags;
}
