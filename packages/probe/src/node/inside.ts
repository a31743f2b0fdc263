/** What an object is inside, as the engine knows it. */
import types from 'node:util/types';
import type { Inside } from '../core/index.ts';

// Taken now: programs may replace them later.
const TESTS: readonly (readonly [is: (value: unknown) => boolean, inside: Inside])[] = [
  [types.isNativeError, 'error'],
  [types.isMap, 'map'],
  [types.isSet, 'set'],
  [types.isDate, 'date'],
  [types.isPromise, 'promise'],
  [types.isTypedArray, 'typed array'],
  [types.isRegExp, 'regexp'],
  [types.isArrayBuffer, 'buffer'],
  [types.isSharedArrayBuffer, 'shared buffer'],
  [types.isNumberObject, 'number'],
  [types.isStringObject, 'string'],
  [types.isBooleanObject, 'boolean'],
  [types.isBigIntObject, 'bigint'],
  [types.isSymbolObject, 'symbol'],
];
const { isArgumentsObject } = types;
const { getPrototypeOf, prototype } = Object;

/** @param value no proxy */
export function insideOf(value: object): Inside {
  if (isArgumentsObject(value)) return 'arguments';
  // Nearly all there is: asking further would take longer than all else.
  if (getPrototypeOf(value) === prototype) return 'other';
  for (let at = 0; at < TESTS.length; at++) if (TESTS[at][0](value)) return TESTS[at][1];
  return 'other';
}
