/** Own data properties of objects that are no proxies: reading them runs no code of the program. */

// Taken now: programs may replace them later.
const { getOwnPropertyDescriptor, getPrototypeOf, hasOwn, prototype: objectPrototype } = Object;

/** Longer prototype chains are not climbed. */
const MAX_CLIMB = 8;

/** Of the constructor, where that is a data property; '': it is not known. */
export function className(value: object, isProxy: (value: unknown) => boolean): string {
  let prototype = getPrototypeOf(value) as object | null;
  if (prototype === objectPrototype) return 'Object';
  for (let climb = 0; climb < MAX_CLIMB && prototype !== null && !isProxy(prototype); climb++) {
    const found = getOwnPropertyDescriptor(prototype, 'constructor');
    if (found !== undefined && hasOwn(found, 'value')) {
      const maker: unknown = found.value;
      return typeof maker === 'function' && !isProxy(maker) ? ownText(maker, 'name') : '';
    }
    prototype = getPrototypeOf(prototype) as object | null;
  }
  return '';
}

export function ownText(value: object, key: string): string {
  const found = getOwnPropertyDescriptor(value, key);
  const text: unknown = found !== undefined && hasOwn(found, 'value') ? found.value : '';
  return typeof text === 'string' ? text : '';
}

export function lengthOf(value: object): number {
  const found = getOwnPropertyDescriptor(value, 'length');
  const length: unknown = found !== undefined && hasOwn(found, 'value') ? found.value : 0;
  return typeof length === 'number' && length >= 0 ? length : 0;
}
